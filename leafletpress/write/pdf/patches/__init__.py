"""The functions of WeasyPrint that are replaced, each with its reason."""
