"""Pages about conditions, as the editor takes them."""

from typing import Final

from conditions.admin.checking import check_draft, list_missing
from conditions.admin.edited import EditedKind
from conditions.admin.options import describe_form
from conditions.document import KIND
from conditions.draft import ConditionDraft

CONDITIONS: Final = EditedKind(
    name=KIND,
    draft=ConditionDraft,
    template="conditions/editor.html",
    id_groups=(("sections", "causes", "red_flags", "faqs", "figures"),),
    list_missing=list_missing,
    check=check_draft,
    describe_form=describe_form,
)
