"""Compose: from what was written to what is printed."""
