"""A proof, made before a protocol is published, that it keeps its promises for everybody."""
