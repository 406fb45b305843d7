"""The admin's pages for everything that is published. They read, and call actions to write."""

from django.contrib import admin

from calfcms.publishing.admin import audit_log, documents, home, records, reviewers

admin.site.index_template = "publishing/home.html"
admin.site.index_title = "My work"

__all__ = ["audit_log", "documents", "home", "records", "reviewers"]
