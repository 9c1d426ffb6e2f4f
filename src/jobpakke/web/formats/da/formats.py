"""Days in tight places; the others are Django's own Danish ones."""

MEDIUM_DATE_FORMAT = "j. b Y"
MEDIUM_DATETIME_FORMAT = "j. b Y H.i"
