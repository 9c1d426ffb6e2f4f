"""The log of look-ups, for the data protection officer."""
