"""What a host can do here."""
