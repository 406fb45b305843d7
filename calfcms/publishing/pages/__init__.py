"""Pages for people without an account: previews and the outside reviewer's page."""
