"""Protocols, as the editor takes them."""

from typing import Final

from conditions.admin.edited import EditedKind
from triage.admin.checking import check_draft, list_missing
from triage.admin.options import describe_form
from triage.content import KIND
from triage.definition import ProtocolDraft

PROTOCOLS: Final = EditedKind(
    name=KIND,
    draft=ProtocolDraft,
    template="triage/editor.html",
    id_groups=(
        ("findings", "scores"),
        ("rules",),
        ("causes",),
        ("case_sets",),
        ("case_sets.cases",),
    ),
    list_missing=list_missing,
    check=check_draft,
    describe_form=describe_form,
)
