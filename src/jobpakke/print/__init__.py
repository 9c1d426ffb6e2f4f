"""Printing: a template of ours and data become an accessible PDF. Knows neither Django nor the clock."""
