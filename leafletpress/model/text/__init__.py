"""The rules of a single text: its markup, its nots, its words, its characters, its direction."""
