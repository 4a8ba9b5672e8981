"""Text files as located trees, and those as typed values."""
