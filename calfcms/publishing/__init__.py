"""Publishing: documents, sign-offs, immutable editions, their renditions and the audit log."""
