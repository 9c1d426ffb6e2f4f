"""Figures from tables of spells: one expression a figure, the same on DuckDB, PostgreSQL and Spark.

Knows nothing of Django, and reads no clock. ``layouts`` says what a table holds, ``figures`` which figures there are.
"""
