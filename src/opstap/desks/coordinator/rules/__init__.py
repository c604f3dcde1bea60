"""The rules of a programme: every number with its source, and changes by two people."""
