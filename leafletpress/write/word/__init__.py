"""The Word file of a handout: the look is that of the base document, the content is written here."""
