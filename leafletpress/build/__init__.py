"""Build: which documents are up to date, and who writes the others."""
