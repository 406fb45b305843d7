"""People who work with calfcms: how they log in, and which group may do what."""
