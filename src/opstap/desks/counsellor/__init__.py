"""The counsellor's desk: my day, the caseload, the case file, and the team."""
