"""Aftercare: its plan of check-ins, and what it was used for."""
