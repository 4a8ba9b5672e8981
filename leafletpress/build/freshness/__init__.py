"""Which documents stand already, told by content: timestamps lie."""
