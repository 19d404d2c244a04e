"""What pages are made of: words, numbers, charts, maps, tables, and how they are put together."""
