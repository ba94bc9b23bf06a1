"""Korsbaek Kommune: a whole invented municipality whose vendor systems answer over their real contracts."""
