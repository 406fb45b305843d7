"""The HTTP face of what is published, for any kind of content."""
