"""Mentors at the coordinator's desk: load, trainings, certificates, and the audit file of the package."""
