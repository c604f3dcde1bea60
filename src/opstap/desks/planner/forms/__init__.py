"""Forms of the association's pages."""
