"""The PDF of a handout: laid out by WeasyPrint, proved against the handout, finished for print, archive and readers."""
