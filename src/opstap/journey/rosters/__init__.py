"""Rosters of an employers' association: made by a search, changed and published by a planner."""
