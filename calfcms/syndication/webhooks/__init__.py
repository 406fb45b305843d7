"""Telling partners over HTTP: where to, what, signed how, and when again (docs/webhooks.md)."""
