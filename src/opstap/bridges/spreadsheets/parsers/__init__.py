"""One parser per habit of writing: dates, telephone numbers, half-days, codes, numbers. Each returns a value, a problem, or both."""
