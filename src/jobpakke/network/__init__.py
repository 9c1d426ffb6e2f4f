"""The network around a programme: who spreads the method, their courses, the newsletters, and how it grows."""
