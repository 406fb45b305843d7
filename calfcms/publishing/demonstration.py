"""Demonstration people for local mode: plainly fictional, and refused everywhere else."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.contrib.auth.models import Group, User

from calfcms.accounts.groups import (
    ADMINISTRATOR,
    AUDITOR,
    CLINICAL_REVIEWER,
    EDITOR,
    PARTNER_MANAGER,
    PUBLISHER,
)
from calfcms.publishing.actions.publish import publish_together
from calfcms.publishing.actions.sign_off import sign_off
from calfcms.publishing.actions.submit import submit
from calfcms.publishing.digest import digest_of
from calfcms.publishing.kinds import get_kind
from calfcms.publishing.models import Document, Edition, ReviewerProfile
from calfcms.publishing.policy import ChangeClass, Decision, Role
from calfcms.publishing.problem import refuse
from calfcms.publishing.selectors import get_live_edition
from calfcms.publishing.translations import read_pin

PASSWORD: Final = "demonstration"  # noqa: S105 - known on purpose; the accounts are local only
PEOPLE: Final = {
    "demo-editor": EDITOR,
    "demo-editor-2": EDITOR,
    "demo-reviewer": CLINICAL_REVIEWER,
    "demo-reviewer-2": CLINICAL_REVIEWER,
    "demo-publisher": PUBLISHER,
    "demo-partner-manager": PARTNER_MANAGER,
    "demo-auditor": AUDITOR,
    "demo-administrator": ADMINISTRATOR,
}
"""Who there is, and the one group of each."""
NOTE: Final = "Loaded from its bundle, for demonstration"
INTERESTS: Final = "none declared (demonstration; nobody has reviewed this)"


def get_demonstration_editor() -> User:
    """The account that loads bundles in local mode."""
    return _get_person("demo-editor")


def publish_as_demonstration(*, documents: Sequence[Document], at: datetime) -> list[Edition]:
    """Submit, sign and publish these drafts together, as the demonstration people.

    Translations come after the editions that they translate: those must be there to be named.
    Drafts that say what is live already are left alone. Raises `Refused` outside local mode, and
    with every reason that publishing has.
    """
    refuse_outside_local_mode()
    translations = [document for document in documents if _is_translation(document)]
    originals = [document for document in documents if document not in translations]
    return [*_publish(originals, at), *_publish(translations, at)]


def _is_translation(document: Document) -> bool:
    return read_pin(get_kind(document.kind).read_content(document)) is not None


def _publish(documents: Sequence[Document], at: datetime) -> list[Edition]:
    changed = [document for document in documents if _read_digest(document) != _get_live(document)]
    for document in changed:
        _submit_and_sign(document, at)
    if not changed:
        return []
    return publish_together(documents=changed, by=_get_person("demo-publisher"), at=at)


def refuse_outside_local_mode() -> None:
    """Refuse unless this is local mode, which alone has demonstration people."""
    if not settings.CALFCMS_LOCAL:
        raise refuse(
            "not_local_mode",
            "Demonstration people exist in local mode only; nobody else may sign for a clinician.",
            "Load the drafts without --publish; review, sign and publish them in the admin.",
        )


def make_demonstration_people() -> list[str]:
    """Make the accounts, with `PASSWORD`, where they are not there yet. Returns their names."""
    refuse_outside_local_mode()
    for username, group in PEOPLE.items():
        _get_person(username).groups.add(Group.objects.get(name=group))
    return list(PEOPLE)


def _get_person(username: str) -> User:
    refuse_outside_local_mode()
    existing = User.objects.filter(username=username).first()
    return existing or _make_person(username)


def _make_person(username: str) -> User:
    role = username.removeprefix("demo-").replace("-", " ").capitalize()
    person = User.objects.create_user(
        username,
        email=f"{username}@example.org",
        password=PASSWORD,
        first_name="Demonstration",
        last_name=f"{role} (fictional)",
        is_staff=True,
    )
    person.groups.set([Group.objects.get(name=PEOPLE[username])])
    if PEOPLE[username] == CLINICAL_REVIEWER:
        _make_profile(person)
    return person


def _make_profile(person: User) -> None:
    ReviewerProfile.objects.create(
        user=person,
        name=person.get_full_name(),
        credentials="Demonstration only: not a clinician",
        registration_body="No register",
        registration_number="(demonstration)",
        specialties=[],
        valid_until=date(2099, 12, 31),
        conflicts_of_interest=INTERESTS,
    )


def _submit_and_sign(document: Document, at: datetime) -> None:
    _cover_specialties(document)
    submit(
        document=document,
        by=get_demonstration_editor(),
        at=at,
        change_class=ChangeClass.CLINICAL,
        note=NOTE,
    )
    sign_off(
        document=document,
        content_digest=_read_digest(document),
        role=Role.CLINICAL,
        decision=Decision.APPROVED,
        by=_get_person("demo-reviewer"),
        at=at,
        conflicts_of_interest=INTERESTS,
    )


def _cover_specialties(document: Document) -> None:
    needed = get_kind(document.kind).read_content(document).get("specialties", [])
    for username in (name for name, group in PEOPLE.items() if group == CLINICAL_REVIEWER):
        profile = ReviewerProfile.objects.get(user=_get_person(username))
        profile.specialties = sorted({*profile.specialties, *needed})
        profile.save()


def _read_digest(document: Document) -> str:
    return digest_of(get_kind(document.kind).read_content(document))


def _get_live(document: Document) -> str | None:
    live = get_live_edition(document)
    return live.content_digest if live else None
