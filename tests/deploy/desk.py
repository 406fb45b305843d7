"""What people do while readers read. Usage: desk prepare | publish SUMMARY | withdraw."""

import json
import sys

from tests.processes.scene import now, prepare_people

from calfcms.publishing.actions.publish import publish  # isort: skip
from calfcms.publishing.actions.save_draft import save_draft  # isort: skip
from calfcms.publishing.actions.sign_off import sign_off  # isort: skip
from calfcms.publishing.actions.submit import submit  # isort: skip
from calfcms.publishing.actions.withdraw import withdraw  # isort: skip
from calfcms.publishing.demonstration import get_demonstration_editor  # isort: skip
from calfcms.publishing.digest import digest_of  # isort: skip
from calfcms.publishing.kinds import get_kind  # isort: skip
from calfcms.publishing.models import Document, Edition  # isort: skip
from calfcms.publishing.policy import ChangeClass, Decision, Role  # isort: skip
from calfcms.syndication.actions.make_key import make_key  # isort: skip
from calfcms.syndication.actions.save_partner import save_partner  # isort: skip
from calfcms.syndication.models import Partner, Scope  # isort: skip
from conditions.draft import Section  # isort: skip
from django.contrib.auth.models import User  # isort: skip
from tests.publishing.conftest import make_draft  # isort: skip

OWN_WORDS = "Come to our elbow clinic on Tuesdays."


def prepare() -> None:
    """A page in two languages with a section for one partner only, and the key of that partner."""
    prepare_people()
    manager = User.objects.get(username="demo-partner-manager")
    clinic = Partner(slug="city-clinic", name="City Clinic")
    partner = save_partner(partner=clinic, by=manager, at=now())
    made = make_key(
        partner=partner,
        name="site",
        scopes=[Scope.READ],
        expires_at=None,
        by=manager,
        at=now(),
    )
    publish_page("en", "The old words.")
    publish_page("es", "Las palabras antiguas.")
    print(json.dumps({"key": made.secret}))  # noqa: T201


def publish_page(locale: str, summary: str) -> Edition:
    """Written, signed and published."""
    own = Section(
        id="own", aspect="treatments", headline="How we help", body=OWN_WORDS, partner="city-clinic"
    )
    draft = make_draft(summary=summary, locale=locale, sections=(own,))
    editor = get_demonstration_editor()
    document = save_draft(
        kind="condition", slug=draft.slug, locale=locale, draft=draft, by=editor, at=now()
    ).document
    submit(document=document, by=editor, at=now(), change_class=ChangeClass.CLINICAL, note=summary)
    sign_off(
        document=document,
        content_digest=digest_of(get_kind("condition").read_content(document)),
        role=Role.CLINICAL,
        decision=Decision.APPROVED,
        by=User.objects.get(username="demo-reviewer"),
        at=now(),
        conflicts_of_interest="none declared",
    )
    return publish(document=document, by=_get_publisher(), at=now())


def withdraw_page() -> None:
    """Nobody is to read it any more."""
    document = Document.objects.get(slug="glass-elbow", locale="en")
    withdraw(document=document, by=_get_publisher(), at=now(), reason="The advice was wrong.")


def _get_publisher() -> User:
    return User.objects.get(username="demo-publisher")


if __name__ == "__main__":
    what, *words = sys.argv[1:]
    {"prepare": prepare, "publish": lambda: publish_page("en", *words), "withdraw": withdraw_page}[
        what
    ]()
