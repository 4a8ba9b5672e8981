"""Everything on locales/: languages, their catalogs, and how they are kept in step with the source."""
