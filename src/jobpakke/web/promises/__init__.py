"""What the parties promise."""
