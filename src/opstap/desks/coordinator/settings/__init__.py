"""What a coordinator sets for a programme."""
