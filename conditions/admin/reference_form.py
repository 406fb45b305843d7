"""The form of a reference: plain fields for articles, books and websites, CSL-JSON for the rest."""

from collections.abc import Sequence
from typing import Any, Final, get_args

from django import forms

from conditions.admin.shared_forms import KEY_HINT, SharedRowForm
from conditions.draft import ReferenceDraft
from conditions.reference_fields import FIELDS_BY_MEMBER, FieldFault, join_csl, split_csl
from conditions.references import CslType

_TYPES: Final = {
    "article-journal": "Article in a journal",
    "webpage": "Website or web page",
    "book": "Book",
    "report": "Report or guideline",
    "chapter": "Chapter of a book",
    "article": "Preprint",
}
TYPES: Final = [*_TYPES.items()] + [
    (name, name.replace("-", " ").capitalize()) for name in get_args(CslType) if name not in _TYPES
]


class ReferenceForm(SharedRowForm):
    """A source, and who checked last that it says what it is cited for."""

    draft_model = ReferenceDraft
    key_name = "key"
    groups = (
        ("The source", ("key", "type", "title", "author", "issued")),
        (
            "Where it appeared",
            (
                "container_title",
                "volume",
                "issue",
                "page",
                "publisher",
                "publisher_place",
                "edition",
            ),
        ),
        ("Where it can be found", ("doi", "pmid", "url", "accessed")),
        ("Checked", ("checked_on", "checked_by")),
        ("Anything else", ("other",)),
    )

    key = forms.CharField(help_text=KEY_HINT)
    type = forms.ChoiceField(choices=TYPES)
    title = forms.CharField()
    author = forms.CharField(
        label="Authors",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One on each line: “Ito, Hana M”. An organisation without a comma.",
    )
    issued = forms.CharField(
        label="Published", required=False, help_text="2019, 2019-05 or 2019-05-12"
    )
    container_title = forms.CharField(
        label="Journal, book or website", required=False, help_text="The whole that it is part of"
    )
    volume = forms.CharField(required=False)
    issue = forms.CharField(required=False)
    page = forms.CharField(label="Pages", required=False)
    publisher = forms.CharField(required=False)
    publisher_place = forms.CharField(label="Place of the publisher", required=False)
    edition = forms.CharField(required=False)
    doi = forms.CharField(label="DOI", required=False, help_text="10.1234/suffix, no address")
    pmid = forms.CharField(label="PMID", required=False)
    url = forms.CharField(label="Web address", required=False)
    accessed = forms.CharField(
        label="Seen there on", required=False, help_text="The day, for pages that change"
    )
    checked_on = forms.DateField(
        label="Last checked on", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    checked_by = forms.CharField(label="Checked by", required=False)
    other = forms.CharField(
        label="Other members, as CSL-JSON",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text='For editors, ISBN, notes: {"editor": [{"family": "Ito"}], "ISBN": "…"}',
    )

    def split(self, says: ReferenceDraft) -> dict[str, Any]:
        """The fields of the record, and those beside it."""
        beside = {"key": says.key, "checked_on": says.checked_on, "checked_by": says.checked_by}
        return split_csl(says.csl.model_dump(mode="json")) | beside

    def join(self, values: dict[str, Any]) -> dict[str, Any]:
        """The reference that the fields say."""
        return {
            "key": values["key"],
            "csl": values["csl"],
            "checked_on": values["checked_on"],
            "checked_by": values["checked_by"] or None,
        }

    def clean(self) -> dict[str, Any]:
        """Put the record together first."""
        if not self.errors:
            try:
                self.cleaned_data["csl"] = join_csl(self.cleaned_data)
            except FieldFault as fault:
                self.add_error(fault.field, str(fault))
        return super().clean()

    def field_of(self, location: Sequence[Any]) -> str | None:
        """Faults of the record are shown at the field that says that member."""
        if location[:1] != ("csl",):
            return super().field_of(location) or "checked_on"
        return FIELDS_BY_MEMBER.get(str(location[1]), "other") if len(location) > 1 else "title"
