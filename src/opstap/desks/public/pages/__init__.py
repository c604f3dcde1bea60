"""How it works, what is kept, and how accessible it is."""
