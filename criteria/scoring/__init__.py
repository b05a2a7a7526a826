"""Judging, pure: values and thresholds in, verdicts out; no Django, no clock, no I/O."""
