"""Citizens: who they are, what they wish, can and cannot, and their labour-market status over time."""
