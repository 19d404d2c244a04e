"""Reach: how far it is to walk, who can get where, and what stands in the way."""
