"""Measurements of speed and size; `python -m benchmarks.run` takes them all and writes the table in the docs."""
