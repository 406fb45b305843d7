"""The admin's pages for conditions and what they share. They read, and call actions to write."""

from conditions.admin import conditions, figures, publishers, references, topics

__all__ = ["conditions", "figures", "publishers", "references", "topics"]
