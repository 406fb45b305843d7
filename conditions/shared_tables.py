"""The three lists that pages share, as one kind of thing: what goes by which key, and reads how."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from pydantic import BaseModel

from conditions.draft import PublisherDraft, ReferenceDraft, TopicDraft
from conditions.models import Publisher, Reference, Topic


@dataclass(frozen=True)
class SharedTable:
    """A list of rows that drafts name by a key."""

    name: str
    """As in bundles: `references`."""
    one: str
    """A row of it, in messages and events: `reference`."""
    model: type[models.Model]
    draft_model: type[BaseModel]
    column: str
    """What its rows go by: `key` or `slug`."""

    def read(self, row: models.Model) -> BaseModel:
        """What a row says."""
        return self.read_values(vars(row))

    def read_values(self, values: Mapping[str, Any]) -> BaseModel:
        """What a row with these columns says. Raises pydantic's `ValidationError`."""
        columns = {name: values[name] for name in self.draft_model.model_fields}
        if self.model is Reference:
            columns["checked_by"] = columns["checked_by"] or None
        return self.draft_model.model_validate(columns)

    def get_key(self, row: models.Model) -> str:
        """What the row goes by."""
        return str(getattr(row, self.column))


REFERENCES = SharedTable("references", "reference", Reference, ReferenceDraft, "key")
PUBLISHERS = SharedTable("publishers", "publisher", Publisher, PublisherDraft, "slug")
TOPICS = SharedTable("topics", "topic", Topic, TopicDraft, "slug")
