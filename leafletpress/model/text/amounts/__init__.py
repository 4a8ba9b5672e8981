"""Amounts in a text of any language: what each of them says, and whether a translation says the same."""
