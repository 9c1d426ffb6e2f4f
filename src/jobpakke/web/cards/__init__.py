"""Competence cards: asking for one, answering it by its link, and reading it."""
