"""The planner's desk: an employers' association, its workers, what sites ask for, and the roster."""
