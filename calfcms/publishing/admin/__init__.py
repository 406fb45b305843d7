"""The admin's pages for everything that is published. They read, and call actions to write."""

from django.contrib import admin

from calfcms.publishing.admin import audit_log, documents, records, reviewers
from calfcms.publishing.admin.home_panels import register_panels

admin.site.index_template = "publishing/home.html"
register_panels()
admin.site.index_title = "My work"

__all__ = ["audit_log", "documents", "records", "reviewers"]
