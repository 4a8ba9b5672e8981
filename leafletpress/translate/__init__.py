"""The work of translators: catalogs brought up to date and checked, languages added, back-translations."""
