"""The data, checked and built into one DuckDB file, and the queries on it."""
