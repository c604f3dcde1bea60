"""How a roster is found: whole paths per worker by dynamic programming, prices that coordinate them, and a bound that proves."""
