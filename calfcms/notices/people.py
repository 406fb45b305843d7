"""Groups of people by what they may do and did, as the audit log and the rights have it.

Only people who can open the pages that notices link to: active, and staff.
"""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db.models import QuerySet

from calfcms.publishing.models import Document, Event, SignOff
from calfcms.publishing.policy import Decision, Role
from calfcms.publishing.selectors import EDITION_PUBLISHED

_RIGHTS_BACKEND = "django.contrib.auth.backends.ModelBackend"


def list_holders(permission: str) -> QuerySet[User]:
    """Everybody who holds this permission, such as `publishing.sign_off`."""
    holders = User.objects.with_perm(permission, backend=_RIGHTS_BACKEND)
    return holders.filter(is_staff=True)


def list_people(keys: Iterable[str]) -> list[User]:
    """The people with these keys, as the audit log writes them."""
    return list(User.objects.filter(pk__in=list(keys), is_active=True, is_staff=True))


def list_editors_before(event: Event) -> list[User]:
    """Everybody who saved the draft between the edition before this event and the event."""
    before = Event.objects.filter(document_id=event.document_id, seq__lt=event.seq)
    published = before.filter(action=EDITION_PUBLISHED).order_by("-seq").first()
    saved = before.filter(action="draft.saved", seq__gt=published.seq if published else 0)
    return list_people(saved.values_list("actor_id", flat=True).distinct())


def list_submitters_before(event: Event) -> list[User]:
    """Whoever last submitted the content that this event is about."""
    submitted = Event.objects.filter(
        document_id=event.document_id,
        action="draft.submitted",
        content_digest=event.content_digest,
        seq__lt=event.seq,
    )
    last = submitted.order_by("-seq").first()
    return list_people([last.actor_id]) if last else []


def list_carers(document: Document) -> list[User]:
    """Who must know when a review comes near: publishers, and the document's own people.

    Its editors and clinical signers count as long as they may still edit and sign.
    """
    events = Event.objects.filter(document_id=document.pk, action="draft.saved")
    editors = {int(key) for key in events.values_list("actor_id", flat=True).distinct()}
    signed = SignOff.objects.filter(
        document=document, role=Role.CLINICAL, decision=Decision.APPROVED
    )
    signers = set(signed.values_list("signed_by_id", flat=True))
    return merge(
        list_holders("publishing.publish"),
        list_holders("publishing.edit_draft").filter(pk__in=editors),
        list_holders("publishing.sign_off").filter(pk__in=signers),
    )


def merge(*groups: Iterable[User]) -> list[User]:
    """Everybody in any of the groups, once, in the order of their keys."""
    found = {person.pk: person for group in groups for person in group}
    return [found[key] for key in sorted(found)]
