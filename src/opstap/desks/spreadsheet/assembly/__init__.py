"""Rows to the engine and back: the only door of this desk to eligibility and matching."""
