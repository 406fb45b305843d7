"""The forms of what pages share. Their fields become a draft, which checks itself."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from pydantic import BaseModel, ValidationError

from conditions.draft import PublisherDraft, TopicDraft

KEY_HINT = "Lower-case letters and digits joined by hyphens. Pages name it by this; it stays."


class SharedRowForm(forms.Form):
    """A form for one row of a shared list. `draft` is what was typed, once the form is valid."""

    draft_model: ClassVar[type[BaseModel]]
    key_name: ClassVar[str]
    groups: ClassVar[Sequence[tuple[str, Sequence[str]]]]
    """The fields under their headings."""

    draft: Any = None

    def __init__(self, data: Any = None, *, says: Any = None) -> None:
        super().__init__(data, initial=self.split(says) if says else None, label_suffix="")
        if says:
            self.fields[self.key_name].disabled = True

    def split(self, says: Any) -> dict[str, Any]:
        """The values of the fields that say what the row says."""
        return dict(says.model_dump(mode="json"))

    def join(self, values: dict[str, Any]) -> dict[str, Any]:
        """What the fields say, for the draft to check."""
        return values

    def field_of(self, location: Sequence[Any]) -> str | None:
        """The field in which a fault of the draft can be mended."""
        return str(location[0]) if location else None

    def list_groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings, to be shown."""
        return [(title, [self[name] for name in names]) for title, names in self.groups]

    def clean(self) -> dict[str, Any]:
        """Build the draft; what it refuses is shown at the field."""
        values: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                self.draft = self.draft_model.model_validate(self.join(values))
            except ValidationError as error:
                self._show_faults(error)
        return values

    def _show_faults(self, error: ValidationError) -> None:
        for fault in error.errors(include_url=False):
            field = self.field_of(fault["loc"])
            message = fault["msg"].removeprefix("Value error, ")
            self.add_error(field if field in self.fields else None, _begin(message))


def _begin(message: str) -> str:
    return message[:1].upper() + message[1:]


class TopicForm(SharedRowForm):
    """A subject that pages are filed under."""

    draft_model = TopicDraft
    key_name = "slug"
    groups = (("The topic", ("slug", "title")),)

    slug = forms.CharField(help_text=KEY_HINT)
    title = forms.CharField()


class PublisherForm(SharedRowForm):
    """Who answers for pages."""

    draft_model = PublisherDraft
    key_name = "slug"
    groups = (("The publisher", ("slug", "name", "url", "is_demonstration")),)

    slug = forms.CharField(help_text=KEY_HINT)
    name = forms.CharField()
    url = forms.CharField(label="Web address", help_text="Complete, with https://")
    is_demonstration = forms.BooleanField(
        label="Only for demonstration",
        required=False,
        help_text="Its pages say everywhere that they are not for real patients.",
    )
