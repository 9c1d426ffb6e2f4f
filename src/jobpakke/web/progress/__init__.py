"""The progress measure: answering, the drawing over time, and a municipality's own questions."""
