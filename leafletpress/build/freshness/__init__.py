"""Which documents are up to date, by content hash, because timestamps lie."""
