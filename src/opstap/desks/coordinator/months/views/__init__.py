"""Views of months and payments."""
