"""Telling people what waits for them: notices, and the e-mails that carry them."""
