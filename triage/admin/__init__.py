"""The admin's pages for protocols. They read, and call actions to write."""

from calfcms.publishing.admin.pages import add_page
from triage.admin import protocols, rules_page
from triage.admin.scorecard import ScorecardPage

__all__ = ["protocols", "rules_page"]

add_page(ScorecardPage)
