"""Synonyms in the admin: Django's own pages, which save through actions."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone
from pydantic import ValidationError
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from calfcms.search.actions.save_synonyms import delete_synonyms, save_synonyms
from calfcms.search.models import SynonymGroup
from calfcms.search.synonym_draft import SynonymDraft


class SynonymForm(forms.ModelForm):  # type: ignore[type-arg]
    """A group of synonyms. `draft` is what was typed, once the form is valid."""

    words = forms.CharField(
        widget=UnfoldAdminTextareaWidget,
        help_text="Two at least, each on a line of its own: cramp, charley horse, muscle spasm.",
    )
    draft: SynonymDraft

    class Meta:
        model = SynonymGroup
        fields = ("slug", "locale", "words")
        help_texts = {
            "slug": "Lower-case letters and digits joined by hyphens. It stays.",
            "locale": "The language, such as en: its regions are included. It stays.",
        }
        widgets = {"slug": UnfoldAdminTextInputWidget, "locale": UnfoldAdminTextInputWidget}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["words"] = "\n".join(self.instance.words)
            for name in self.fields.keys() & {"slug", "locale"}:  # who only reads has none
                self.fields[name].disabled = True

    def clean_words(self) -> list[str]:
        """The lines that say something."""
        lines = (line.strip() for line in self.cleaned_data["words"].splitlines())
        return [line for line in lines if line]

    def clean(self) -> dict[str, Any]:
        """Build the draft; what it refuses is shown at the field."""
        values: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                self.draft = SynonymDraft.model_validate({**values, "words": values["words"]})
            except ValidationError as error:
                for fault in error.errors(include_url=False):
                    message = fault["msg"].removeprefix("Value error, ")
                    self.add_error(str(fault["loc"][0]), message)
        return values


@admin.register(SynonymGroup)
class SynonymGroupAdmin(ModelAdmin):  # type: ignore[misc]
    """Words that people use for one another. Searches heed a change at once."""

    form = SynonymForm
    actions = None
    list_display = ("slug", "locale", "show_words")
    list_filter = ("locale",)
    search_fields = ("slug", "words")

    @admin.display(description="Words")
    def show_words(self, group: SynonymGroup) -> str:
        """All of them in one line."""
        return ", ".join(group.words)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: ARG002
        """Save through the action that everybody uses."""
        save_synonyms(group=form.draft, by=_get_person(request), at=timezone.now())
        obj.pk = SynonymGroup.objects.get(slug=form.draft.slug, locale=form.draft.locale).pk

    def delete_model(self, request: HttpRequest, obj: SynonymGroup) -> None:
        """Delete through the action."""
        delete_synonyms(group=obj, by=_get_person(request), at=timezone.now())


def _get_person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - admin_view lets nobody else in
    return request.user
