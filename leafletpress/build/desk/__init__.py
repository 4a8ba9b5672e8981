"""The review desk: what each leaflet of a project waits for."""
