"""Acts on plans, steps, sub-goals and promises."""
