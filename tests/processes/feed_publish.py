"""Publishes, withdraws and recalls pages, again and again: `feed_publish NAME… ROUNDS`.

Under each name a thread works on pages of its own. It waits to be told on standard input.
"""

import sys  # noqa: I001 - Django must be started first
from concurrent.futures import ThreadPoolExecutor

from tests.processes.scene import now

from django.contrib.auth.models import User

from calfcms.publishing.actions.publish import publish_together
from calfcms.publishing.actions.recall import recall
from calfcms.publishing.actions.save_draft import save_draft
from calfcms.publishing.actions.sign_off import sign_off
from calfcms.publishing.actions.submit import submit
from calfcms.publishing.actions.withdraw import withdraw
from calfcms.publishing.digest import digest_of
from calfcms.publishing.kinds import get_kind
from calfcms.publishing.models import Document, Edition
from calfcms.publishing.policy import ChangeClass, Decision, Role
from tests.publishing.conftest import make_draft


def _write(slug: str, words: str) -> Document:
    editor = User.objects.get(username="demo-editor")
    draft = make_draft(slug=slug, name=slug.title(), summary=words)
    saved = save_draft(kind="condition", slug=slug, locale="en", draft=draft, by=editor, at=now())
    document = saved.document
    submit(document=document, by=editor, at=now(), change_class=ChangeClass.CLINICAL, note=words)
    sign_off(
        document=document,
        content_digest=digest_of(get_kind("condition").read_content(document)),
        role=Role.CLINICAL,
        decision=Decision.APPROVED,
        by=User.objects.get(username="demo-reviewer"),
        at=now(),
        conflicts_of_interest="none declared",
    )
    return document


def _work(name: str, rounds: int) -> None:
    publisher = User.objects.get(username="demo-publisher")
    for number in range(rounds):
        pages = [_write(f"{name}-{page}", f"Round {number}.") for page in ("one", "two")]
        first, second = publish_together(documents=pages, by=publisher, at=now())
        if number % 3 == 1:
            withdraw(document=first.document, by=publisher, at=now(), reason="For a while.")
        if number % 3 == 2:
            _recall(second, publisher)


def _recall(edition: Edition, by: User) -> None:
    recall(
        document=edition.document,
        number=edition.number,
        severity="major",
        reason="It was wrong.",
        by=by,
        at=now(),
    )


if __name__ == "__main__":
    print("ready", flush=True)  # noqa: T201
    sys.stdin.readline()
    *names, rounds = sys.argv[1:]
    with ThreadPoolExecutor(len(names)) as pool:  # each with a connection of its own
        list(pool.map(lambda name: _work(name, int(rounds)), names))
