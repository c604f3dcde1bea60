"""Months and payments at the coordinator's desk."""
