"""What readers send over the API."""
