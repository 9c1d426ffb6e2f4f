"""What is printed: plans to be signed on paper."""
