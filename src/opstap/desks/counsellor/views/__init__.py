"""The pages of the counsellor's desk."""
