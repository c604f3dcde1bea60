"""Tags of the planner's pages."""
