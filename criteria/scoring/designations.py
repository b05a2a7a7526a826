"""The standings of communes that thresholds may name, in one vocabulary."""

# A commune of zone III is what the decrees call especially disadvantaged (đặc biệt khó khăn).
DESIGNATIONS = (
    "zone_i",
    "zone_ii",
    "especially_disadvantaged",
    "poor",
    "coastal",
    "border",
    "island",
    "safe_zone",
)
ALIASES = {"zone_iii": "especially_disadvantaged"}
