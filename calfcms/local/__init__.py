"""Local mode: calfcms on one machine with its first content, for trying it out."""
