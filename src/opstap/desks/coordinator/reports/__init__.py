"""Reports: numbers with their definition, the people behind them, and the same as a file."""
