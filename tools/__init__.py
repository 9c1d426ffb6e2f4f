"""What make calls: assets, messages, the tests' machine."""
