"""Reading what a revision saved, from its own copies: nothing is reverted to read it."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from reversion.errors import RevertError
from reversion.models import Revision

from calfcms.publishing.problem import refuse

Row = Mapping[str, Any]


def read_copies(revision: Revision) -> dict[Any, list[Row]]:
    """The copies of rows that a revision holds, by model.

    Raises `Refused` where a table has changed so much that a copy cannot be read.
    """
    copies: dict[Any, list[Row]] = defaultdict(list)
    for version in revision.version_set.all():
        model = version._model  # None where the table is gone
        try:
            if model is not None:
                copies[model].append(version.field_dict)
        except (RevertError, LookupError) as error:
            raise refuse(
                "revision_unreadable",
                f"Revision {revision.pk} holds rows of an older form: {error}",
                "Restore from an edition instead.",
            ) from error
    return copies
