"""Hela staden: see, discuss and act on segregation in a Swedish city, on open data."""
