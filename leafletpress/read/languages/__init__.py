"""The languages of locales/: their settings, catalogs, figures and dates."""
