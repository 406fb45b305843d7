"""`manage.py import_page FILE-or-URL`: a page's JSON-LD into a draft, with a report."""

import json
from argparse import ArgumentParser
from collections import Counter
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from calfcms.publishing.actions.save_draft import SavedDraft
from calfcms.publishing.kinds import get_kind
from calfcms.publishing.models import Document
from calfcms.publishing.operators import get_operator
from calfcms.publishing.problem import Refused
from conditions.actions.import_page import import_page
from conditions.document import KIND
from conditions.draft import ConditionDraft
from conditions.importing.faults import ImportFault
from conditions.importing.notes import About, Note
from conditions.importing.page import ImportedPage, Wishes, import_value
from conditions.importing.parsing import parse_page
from conditions.page_source import Source, read_source
from conditions.selectors import list_publishers, list_topics

NOTHING: Final = "Nothing was imported."
SAID: Final = 10
"""Notes of one kind that are printed; the report has all."""


@dataclass(frozen=True)
class Options:
    """What to do with the page."""

    may_replace: bool
    is_dry_run: bool
    report: Path | None


class Command(BaseCommand):
    """Makes a draft, never more: what a page claims of its review is reported, not taken over."""

    help = "Import a page's schema.org JSON-LD, from a file or an address, as a draft."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The page, what cannot be read from it, and in whose name."""
        parser.add_argument(
            "source", metavar="FILE-or-URL", help="an HTML or JSON file, or http(s)"
        )
        parser.add_argument(
            "--slug", help="its address here; made of the condition's name otherwise"
        )
        parser.add_argument("--locale", help="its language; what the page says otherwise")
        parser.add_argument("--publisher", metavar="SLUG", help="who of ours answers for the page")
        parser.add_argument("--page", help="which page, where there are several: @id, url or name")
        parser.add_argument(
            "--as",
            dest="username",
            metavar="USERNAME",
            help="who imports; needs the editor's right",
        )
        parser.add_argument(
            "--replace", action="store_true", help="write over a draft that is there"
        )
        parser.add_argument("--dry-run", action="store_true", help="report, and write no draft")
        parser.add_argument("--report", metavar="FILE", type=Path, help="where to write it as JSON")

    def handle(self, *, source: str, username: str | None, **given: Any) -> None:
        """Read and map everything, then save in one transaction: all of it or nothing."""
        options = Options(given["replace"], given["dry_run"], given["report"])
        try:
            by = get_operator(username, option="--as")
            found = read_source(source)
            imported = import_value(parse_page(found.page), _read_wishes(given, found))
            self._save(found, imported, by, options)
        except (ImportFault, Refused) as fault:
            raise CommandError(f"{source}: {fault}\n{NOTHING}") from fault
        except OSError as error:
            raise CommandError(f"The report cannot be written: {error}\n{NOTHING}") from error

    def _save(self, found: Source, imported: ImportedPage, by: User, options: Options) -> None:
        base = _read_base(imported.draft)
        imported = replace(imported, notes=[*_note_replaced(base, imported), *imported.notes])
        with transaction.atomic():
            saved = import_page(
                draft=imported.draft,
                base=base,
                source=found.place,
                by=by,
                at=timezone.now(),
                may_replace=options.may_replace,
            )
            outcome = _name_outcome(saved, base)
            if options.report:
                report = _write_report(found, imported, outcome)
                options.report.write_text(report, encoding="utf-8")
            if options.is_dry_run:
                transaction.set_rollback(True)
        self._say(found, imported, outcome, is_dry_run=options.is_dry_run)

    def _say(
        self, found: Source, imported: ImportedPage, outcome: str, *, is_dry_run: bool
    ) -> None:
        draft, say = imported.draft, self.stdout.write
        read = "fetched" if found.address else "read"
        say(f"{read:<9}  {found.place}: {len(found.page.content)} bytes, {_digest(found)}")
        say(f"{outcome:<9}  draft of condition {draft.slug} ({draft.locale}), signed by nobody")
        counts = Counter(note.about for note in imported.notes)
        listed = ", ".join(f"{count} {about}" for about, count in counts.items()) or "nothing"
        say(f"to look at {listed}")
        for about, notes in groupby(imported.notes, key=lambda note: note.about):
            self._say_notes(about, list(notes))
        if is_dry_run:
            say("Dry run: no draft was written.")

    def _say_notes(self, about: About, notes: list[Note]) -> None:
        for note in notes[:SAID]:
            value = f" [{note.value}]" if note.value else ""
            self.stdout.write(f"  {about:<10} {note.pointer or '/'}: {note.reason}{value}")
        if len(notes) > SAID:
            self.stdout.write(f"  {about:<10} and {len(notes) - SAID} more: see --report FILE")


def _read_wishes(given: dict[str, Any], found: Source) -> Wishes:
    return Wishes(
        slug=given["slug"],
        locale=given["locale"],
        publisher=given["publisher"],
        page=given["page"],
        address=found.address,
        default_locale=settings.CALFCMS_DEFAULT_LOCALE,
        publishers=list_publishers(),
        topics=list_topics(),
    )


def _read_base(draft: ConditionDraft) -> ConditionDraft | None:
    """The draft at this address as it is now."""
    document = Document.objects.filter(kind=KIND, slug=draft.slug, locale=draft.locale).first()
    found: ConditionDraft | None = get_kind(KIND).read_draft(document) if document else None
    return found


def _note_replaced(base: ConditionDraft | None, imported: ImportedPage) -> list[Note]:
    """That red flags of a draft that was written over are gone from it: no page brings any."""
    if base is None or not base.red_flags or base == imported.draft:
        return []
    signs = "; ".join(flag.sign for flag in base.red_flags)
    reason = "The draft that this replaces had red flags: bring them back from its history."
    return [Note(About.RED_FLAG, "", reason, signs)]


def _name_outcome(saved: SavedDraft, base: ConditionDraft | None) -> str:
    if not saved.changed:
        return "unchanged"
    return "created" if base is None else "replaced"


def _digest(found: Source) -> str:
    return f"sha256:{sha256(found.page.content).hexdigest()}"


def _write_report(found: Source, imported: ImportedPage, outcome: str) -> str:
    draft = imported.draft
    report = {
        "source": {
            "place": found.place,
            "is_fetched": bool(found.address),
            "bytes": len(found.page.content),
            "digest": _digest(found),
        },
        "draft": {
            "slug": draft.slug,
            "locale": draft.locale,
            "outcome": outcome,
            "members": sorted(draft.model_dump(exclude_defaults=True)),
        },
        "notes": [note.describe() for note in imported.notes],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"
