"""What is owed for what was done: allowances and travel, from signed hours and dated rates."""
