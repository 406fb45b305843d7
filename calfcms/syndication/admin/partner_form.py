"""What is known of a partner, as a form."""

from collections.abc import Sequence
from typing import Any

from django import forms

from calfcms.syndication.checks import MOST_CALLS
from calfcms.syndication.models import Partner
from calfcms.syndication.origins import read_origin


class OriginsField(forms.CharField):
    """Web origins, one on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        """As it is typed."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """Each once, as browsers write it."""
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        return list(dict.fromkeys(_read(line) for line in lines))


class PartnerForm(forms.Form):
    """All of it but the short name, which a partner keeps."""

    name = forms.CharField(max_length=200, help_text="As people know it: City Clinic")
    contact_email = forms.EmailField(
        label="E-mail address",
        required=False,
        help_text="Whom to write to when a key runs out or content is called back.",
    )
    attribution = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text="What it has agreed to show beside our content. Its keys can read this.",
    )
    allowed_origins = OriginsField(
        label="Web origins",
        required=False,
        help_text="Pages that may call with a key from a browser, one on a line: "
        "https://clinic.example. Empty: no page may; servers and apps always may.",
    )
    calls_per_minute = forms.IntegerField(
        label="Calls a minute",
        required=False,
        min_value=1,
        max_value=MOST_CALLS,
        help_text="The quota of each of its keys. Empty: the usual one.",
    )

    groups: tuple[tuple[str, Sequence[str]], ...] = (
        ("Who it is", ("name", "contact_email", "attribution")),
        ("How it may call", ("allowed_origins", "calls_per_minute")),
    )

    def __init__(self, data: Any = None, *, partner: Partner | None = None) -> None:
        initial = {name: getattr(partner, name) for name in self.base_fields} if partner else {}
        super().__init__(data, initial=initial, label_suffix="")

    def list_groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings, to be shown."""
        return [(title, [self[name] for name in names]) for title, names in self.groups]

    def fill(self, partner: Partner) -> Partner:
        """The partner with what the form says."""
        for name, value in self.cleaned_data.items():
            setattr(partner, name, value)
        return partner


class NewPartnerForm(PartnerForm):
    """With the short name."""

    slug = forms.CharField(
        label="Short name",
        max_length=80,
        help_text="Lower-case letters, digits and hyphens: city-clinic. Sections that are for this "
        "partner only name it by this, so it stays.",
    )
    groups = (("Who it is", ("slug", *PartnerForm.groups[0][1])), PartnerForm.groups[1])


def _read(line: str) -> str:
    try:
        return read_origin(line)
    except ValueError as error:
        raise forms.ValidationError(f"“{line[:80]}”: {error}.") from None
