"""Template tags of conditions."""
