"""The note: a programme's follow-up as a finished text with tables, a drawing and a method, in four formats."""
