"""Reading the ledger: who holds which edition, and what they said when it was recalled."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from calfcms.publishing.models import Document, Edition, LivePeriod, Recall
from calfcms.syndication.models import Holding, Partner, RecallAcknowledgement


class Answer(StrEnum):
    """How far a partner is with a recall."""

    NONE = "none"
    """It has said nothing."""
    SEEN = "seen"
    """It knows of the recall."""
    REMOVED = "removed"
    """It says that it shows the edition nowhere any more."""


@dataclass(frozen=True)
class Holder:
    """A partner that was sent an edition."""

    partner: Partner
    keys: Sequence[str]
    """The names of the keys that fetched it."""
    first_fetched_at: datetime
    last_fetched_at: datetime
    fetched_since: int | None
    """A newer edition that every one of these keys has fetched later. None where one has not: then
    the partner must be taken to show this one still."""

    @property
    def still_holds(self) -> bool:
        """Whether one of its keys has not fetched a newer edition since."""
        return self.fetched_since is None


def list_holders(edition: Edition) -> list[Holder]:
    """Everybody who was ever sent this edition: those who hold it still first."""
    return list_holders_by_number(edition.document).get(edition.number, [])


def list_holders_by_number(document: Document) -> dict[int, list[Holder]]:
    """The same for every edition of a document that anybody was sent. One query."""
    holdings = Holding.objects.filter(edition__document=document).select_related("key__partner")
    by_key: defaultdict[int, list[_Fetched]] = defaultdict(list)
    by_number: defaultdict[int, defaultdict[Partner, list[_Fetched]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for holding in holdings.annotate(number=F("edition__number")).order_by("key__name", "pk"):
        fetched = _Fetched(holding, holding.number)
        by_key[holding.key_id].append(fetched)
        by_number[fetched.number][holding.key.partner].append(fetched)
    return {
        number: _sort([_make_holder(partner, rows, by_key) for partner, rows in found.items()])
        for number, found in by_number.items()
    }


class _Fetched(NamedTuple):
    """A row of the ledger, and which edition it is about."""

    holding: Holding
    number: int


def _sort(holders: Iterable[Holder]) -> list[Holder]:
    return sorted(holders, key=lambda one: (not one.still_holds, one.partner.name))


def _make_holder(
    partner: Partner, rows: Sequence[_Fetched], by_key: Mapping[int, Sequence[_Fetched]]
) -> Holder:
    newer = [_find_newer(row, by_key[row.holding.key_id]) for row in rows]
    return Holder(
        partner=partner,
        keys=[row.holding.key.name for row in rows],
        first_fetched_at=min(row.holding.first_fetched_at for row in rows),
        last_fetched_at=max(row.holding.last_fetched_at for row in rows),
        fetched_since=None if None in newer else min(number for number in newer if number),
    )


def _find_newer(row: _Fetched, fetched: Iterable[_Fetched]) -> int | None:
    """The newest edition above this one that the same key has fetched later."""
    return max(
        (
            other.number
            for other in fetched
            if other.number > row.number
            and other.holding.last_fetched_at > row.holding.last_fetched_at
        ),
        default=None,
    )


@dataclass(frozen=True)
class Answered:
    """A holder of a recalled edition, and what it has said."""

    holder: Holder
    acknowledgements: Sequence[RecallAcknowledgement]
    """In the order in which they were made: seen, then removed."""

    @property
    def answer(self) -> Answer:
        """How far it is."""
        if not self.acknowledgements:
            return Answer.NONE
        is_gone = any(one.edition_removed for one in self.acknowledgements)
        return Answer.REMOVED if is_gone else Answer.SEEN

    @property
    def is_open(self) -> bool:
        """Whether the edition may still be shown there."""
        return self.answer != Answer.REMOVED and self.holder.still_holds


def list_answers(recall: Recall) -> list[Answered]:
    """Every holder of the recalled edition with its answer: whoever must still act comes first."""
    said = list_acknowledgements([recall])
    answers = [
        Answered(holder, [one for one in said if one.partner_id == holder.partner.pk])
        for holder in list_holders(recall.edition)
    ]
    order = list(Answer)
    return sorted(answers, key=lambda one: (not one.is_open, order.index(one.answer)))


def list_acknowledgements(recalls: Iterable[Recall]) -> list[RecallAcknowledgement]:
    """What partners said about these recalls, oldest first."""
    rows = RecallAcknowledgement.objects.filter(recall__in=list(recalls))
    return list(rows.select_related("partner", "key").order_by("acknowledged_at", "pk"))


_NEWER = Holding.objects.filter(
    key=OuterRef("key"),
    edition__document=OuterRef("edition__document"),
    edition__number__gt=OuterRef("edition__number"),
    last_fetched_at__gt=OuterRef("last_fetched_at"),
)


def list_open_recalls() -> QuerySet[Recall]:
    """Recalls of editions that some partner still holds and has not said to have removed."""
    holdings = list_open_holdings().filter(edition=OuterRef("edition"))
    return Recall.objects.filter(Exists(holdings)).select_related("document", "edition")


def list_open_holdings() -> QuerySet[Holding]:
    """What is still held and was not said to be removed."""
    removed = RecallAcknowledgement.objects.filter(
        recall__edition=OuterRef("edition"), partner=OuterRef("key__partner"), edition_removed=True
    )
    return Holding.objects.filter(~Exists(_NEWER), ~Exists(removed))


def list_held_by(partner: Partner) -> QuerySet[Any]:
    """What each key of a partner holds, as far as is known; each row says whether it `is_live`."""
    live = LivePeriod.objects.filter(edition=OuterRef("edition"), ended_at=None)
    held = Holding.objects.filter(~Exists(_NEWER), key__partner=partner)
    return (
        held.annotate(is_live=Exists(live))
        .select_related("key", "edition__document", "edition__recall")
        .defer("edition__content")
        .order_by("-last_fetched_at", "-pk")
    )


def list_recalls_of(partner: Partner) -> QuerySet[Recall]:
    """Recalls of editions that this partner was ever sent, or has answered; newest first."""
    sent = Holding.objects.filter(edition=OuterRef("edition"), key__partner=partner)
    said = RecallAcknowledgement.objects.filter(recall=OuterRef("pk"), partner=partner)
    recalls = Recall.objects.filter(Q(Exists(sent)) | Q(Exists(said)))
    return recalls.select_related("document", "edition").order_by("-recalled_at", "-pk")
