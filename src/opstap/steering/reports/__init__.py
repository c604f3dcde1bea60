"""Reports that can be shown to others: numbers with their definition, never about fewer than five people."""
