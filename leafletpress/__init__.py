"""One structured source per condition becomes translated, print-ready patient and clinician leaflets."""

__version__ = "0.1.0"
