"""Rosters: made, looked at, changed, published, repaired."""
