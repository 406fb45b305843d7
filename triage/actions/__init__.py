"""What triage writes down, and deletes: one action a file."""
