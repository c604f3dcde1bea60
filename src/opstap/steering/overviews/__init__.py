"""Screens over many rooms, as frozen data that a desk draws."""
