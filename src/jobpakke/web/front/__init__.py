"""The front door: where each role starts, and the date the pages stand on."""
