"""Replaces the figures of the data folder by the newest published ones: fetched, checked, built, then swapped in."""
