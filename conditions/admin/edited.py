"""What the editor must know of a kind of document: its draft, what is checked, where things are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from calfcms.publishing.models import Document
from conditions.admin.faults import Fault, IdGroups


@dataclass(frozen=True)
class EditedKind:
    """One kind of document that has an editor. Each app makes its own and hands it to the views."""

    name: str
    draft: type[BaseModel]
    template: str
    id_groups: IdGroups
    """Lists of parts that share their ids; see `faults`."""
    list_missing: Callable[[Any], list[Fault]]
    """The shared rows that a draft names but nobody made: they stop saving."""
    check: Callable[[Any], dict[str, Any]]
    """Everything that shows beside the fields, for a draft without faults of form."""
    describe_form: Callable[[Document], dict[str, Any]]
    """What the page's script needs beside the draft."""
