"""How days are written beside what Django knows, by language."""
