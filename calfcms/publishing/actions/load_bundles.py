"""Loading bundles: all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.bundles.errors import BundleError, BundleRefused
from calfcms.publishing.actions.locks import lock_documents
from calfcms.publishing.bundle_files import ParsedFile
from calfcms.publishing.bundles import Saved
from calfcms.publishing.problem import Refused
from calfcms.publishing.rights import require_right


@dataclass(frozen=True)
class LoadedFile:
    """What loading one file did."""

    file: ParsedFile
    saved: Saved


@transaction.atomic
def load_bundles(*, files: Sequence[ParsedFile], by: User, at: datetime) -> list[LoadedFile]:
    """Save what the files say, in one transaction.

    Raises `BundleRefused` with every error, by file and line, when any file cannot be saved, and
    `Refused` when the person may not write drafts.
    """
    require_right(by, "edit_draft")
    _lock_existing(files)
    errors: list[BundleError] = []
    loaded = []
    for file in files:
        try:
            loaded.append(_load(file, by=by, at=at))
        except Refused as refused:
            errors += _locate(refused, file)
    if errors:
        raise BundleRefused(errors)
    return loaded


def _lock_existing(files: Sequence[ParsedFile]) -> None:
    """Documents first, then the audit log: the order in which every action takes its locks.

    Translations of what is not there yet too: saving it locks them with it.
    """
    lock_documents(document for file in files for document in file.kind.list_locales(file.parsed))


def _load(file: ParsedFile, *, by: User, at: datetime) -> LoadedFile:
    with transaction.atomic():  # a refusal takes back this file only, so that the next can be tried
        return LoadedFile(file, file.kind.save(file.parsed, by=by, at=at))


def _locate(refused: Refused, file: ParsedFile) -> list[BundleError]:
    return sorted(
        file.bundle.error_at(problem.pointer, problem.message, problem.hint)
        for problem in refused.problems
    )
