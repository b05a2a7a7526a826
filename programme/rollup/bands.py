"""The bands of communes, by criteria met, that the programme's plans and reports speak of."""

import json
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "bands.json"
NO_END = 1_000_000  # more criteria than any set has

BANDS = {
    band["counter"]: range(band["least"], band["below"] or NO_END)
    for band in json.loads(FILE.read_text(encoding="utf-8"))["bands"]
}
