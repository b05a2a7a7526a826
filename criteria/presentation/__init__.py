"""What the pages of assessments show, worked out from rows: no request, no writing."""
