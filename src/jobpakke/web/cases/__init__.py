"""Cases that change hands: to a colleague, or to another municipality."""
