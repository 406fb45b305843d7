"""The admin's pages for everything that is published. They read, and call actions to write."""

from calfcms.publishing.admin import documents, records, reviewers

__all__ = ["documents", "records", "reviewers"]
