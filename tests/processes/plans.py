"""What the worker does by date, prepared and done by name: `plans prepare lapse`, `plans do lapse`.

`do` waits to be told on standard input, and says how many things it did.
"""

import sys  # noqa: I001 - Django must be started first
from collections.abc import Callable
from datetime import timedelta

from tests.processes.scene import now, prepare_draft, prepare_people, publish_now

from django.contrib.auth.models import User

from calfcms.publishing.actions.break_glass import break_glass
from calfcms.publishing.actions.carry_out import carry_out_due
from calfcms.publishing.actions.save_draft import save_draft
from calfcms.publishing.actions.schedule import schedule
from calfcms.publishing.actions.withdraw_overdue import withdraw_overdue
from calfcms.publishing.models import Document, Verb
from tests.publishing.conftest import make_draft

SOON = timedelta(hours=1)
LATER = timedelta(hours=2)
YEARS = timedelta(days=10 * 365)


def _get_publisher() -> User:
    return User.objects.get(username="demo-publisher")


def _prepare_publication() -> None:
    prepare_people()
    prepare_draft("The old words.")
    publish_now()
    document, at = prepare_draft("The new words."), now()
    schedule(document=document, verb=Verb.PUBLISH, due_at=at + SOON, by=_get_publisher(), at=at)


def _prepare_lapse() -> None:
    prepare_people()
    prepare_draft("The old words.")
    publish_now()
    editor, draft = User.objects.get(username="demo-editor"), make_draft(summary="Unsigned words.")
    save_draft(kind="condition", slug=draft.slug, locale="en", draft=draft, by=editor, at=now())
    at = now()
    break_glass(
        document=Document.objects.get(),
        by=_get_publisher(),
        at=at,
        reason="A recall.",
        deadline_at=at + SOON,
    )


def _prepare_overdue() -> None:
    prepare_people()
    prepare_draft("The old words.")
    publish_now()


def _carry_out() -> int:
    return carry_out_due(at=now() + LATER)


def _withdraw_overdue() -> int:
    return withdraw_overdue(at=now() + YEARS)


PREPARE: dict[str, Callable[[], None]] = {
    "publication": _prepare_publication,
    "lapse": _prepare_lapse,
    "overdue": _prepare_overdue,
}
ACT: dict[str, Callable[[], int]] = {
    "publish": publish_now,
    "publication": _carry_out,
    "lapse": _carry_out,
    "overdue": _withdraw_overdue,
}

if __name__ == "__main__":
    verb, name = sys.argv[1:]
    if verb == "prepare":
        PREPARE[name]()
    else:
        print("ready", flush=True)  # noqa: T201
        sys.stdin.readline()
        print(ACT[name]())  # noqa: T201
