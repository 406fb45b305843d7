"""The evidence pack of a document: who answers for it, on what, since when, and what is missing."""
