"""Acts on plans, steps and sub-goals."""
