"""Lists of people and places: bring one in, look at every row, correct, decide, apply."""
