"""The job seeker's desk: no account, one link or code, one step at a time."""
