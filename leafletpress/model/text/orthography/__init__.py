"""How a language spells, whatever a text says: letters, digits, brackets, spaces, and what ends a sentence."""
