"""Values of many communes as an Excel workbook: given out, taken back, foreseen, saved."""
