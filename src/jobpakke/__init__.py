"""The job package: one plan shared by citizen, company and municipality, from clarification to a job and past it."""

__version__ = "0.1.0"
