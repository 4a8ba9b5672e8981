"""Moves a hospital's Word leaflet into the format of leaflets, and says what became of each of its words."""
