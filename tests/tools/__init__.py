"""The tools that hold the project together."""
