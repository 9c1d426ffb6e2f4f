"""The journal: read, searched, written and corrected."""
