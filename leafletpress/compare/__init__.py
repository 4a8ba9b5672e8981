"""The change report: what differs between two output folders, and what to look at first."""
