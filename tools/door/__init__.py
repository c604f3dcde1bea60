"""The one door: finds or makes everything that Opstap needs and runs it. Standard library only."""
