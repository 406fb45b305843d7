"""What readers say about pages: taken in over the API, handled in the admin."""
