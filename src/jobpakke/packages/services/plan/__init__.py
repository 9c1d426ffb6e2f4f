"""The verbs of a plan: drafting it, laying its steps, agreeing on it."""
