"""What the parties propose to change, and what they are told."""
