"""The HTTP face of conditions."""
