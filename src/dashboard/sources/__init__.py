"""Reads what publishers publish, as files, into one tidy form."""
