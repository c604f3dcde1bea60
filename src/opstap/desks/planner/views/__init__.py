"""The pages of the planner's desk."""
