"""Through the browser: the demonstration, as a newcomer gets it, on the database of the run."""
