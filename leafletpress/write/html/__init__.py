"""HTML: one page that holds all it needs, for a screen of any size."""
