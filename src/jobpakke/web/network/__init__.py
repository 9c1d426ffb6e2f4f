"""The network around a programme: ambassadors, courses, newsletters."""
