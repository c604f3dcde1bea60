"""Rosters for an employers' association: who works where, week by week and day by day, proven and explained."""
