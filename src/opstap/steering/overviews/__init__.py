"""The overviews room."""
