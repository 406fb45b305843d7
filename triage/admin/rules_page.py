"""Two wordings of a protocol, rule by rule: what may make people wait longer comes first."""

from typing import Any

from calfcms.publishing.admin.pages import add_page
from calfcms.publishing.admin.pages.compare import ComparePage
from calfcms.publishing.models import Document
from triage.content import KIND
from triage.rule_changes import list_rule_changes


class RulesPage(ComparePage):
    """The compare page of protocols that speaks of rules: `?before=edition:1&after=draft`."""

    path = "rules"
    title = "Rules"
    template_name = "triage/rules.html"

    @classmethod
    def fits(cls, document: Document) -> bool:
        """Only protocols have rules."""
        return document.kind == KIND

    def describe(self) -> dict[str, Any]:
        """The changed rules, and the cases that are answered otherwise because of them."""
        context = super().describe()
        if "after" not in context:
            return context
        before, after = context["before"], context["after"]
        changes = list_rule_changes(before.content if before else None, after.content)
        return {**context, "changes": changes, "weaker": sum(c.is_weaker for c in changes)}


add_page(RulesPage)
