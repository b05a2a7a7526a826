"""The demonstration: invented figures on real units, from a fixed seed, marked as such."""
