"""The directory of places, for everybody."""
