"""Build: what stands already, and who writes the rest."""
