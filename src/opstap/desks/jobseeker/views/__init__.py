"""What a job seeker can do here."""
