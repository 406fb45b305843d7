"""The answer of an evaluation as the HTTP contract has it: the core's, with what it points to."""

from collections.abc import Iterable, Mapping
from typing import Any

from triage.core.answer import to_answer
from triage.core.evaluation import Evaluation
from triage.core.parts import Cause, Disagreement, PartLink, Score
from triage.published import PublishedProtocol
from triage.question import LivePage, Overdue, Question, RepeatContact

Json = dict[str, Any]


def build_answer(published: PublishedProtocol, question: Question, evaluation: Evaluation) -> Json:
    """All members but the receipt, in the order of the contract."""
    answer = to_answer(evaluation, speaker=question.speaker)
    writer = _Writer(published, question)
    for member, match in zip(answer["matched"], evaluation.matched, strict=True):
        member["red_flag"] = writer.point_to_red_flag(match.rule.red_flags)
        member["references"] = writer.cite(match.rule.references)
        member["disagreement"] = writer.show_disagreement(match.rule.disagreement)
    for member, cause in zip(answer["possible_causes"], evaluation.possible_causes, strict=True):
        member["url"] = writer.point_to_cause(cause.cause)
    for member, score in zip(answer["scores"], evaluation.scores, strict=True):
        member |= writer.show_publication(score.score)
    return {
        "protocol": point_to_protocol(published),
        **answer,
        "repeat_contact": _show_repeat_contact(question.repeat_contact),
        "review_overdue": bool(question.overdue),
        "overdue": [_show_overdue(entry) for entry in question.overdue],
        "content": writer.list_content(),
        "disclaimer": published.disclaimer,
    }


def point_to_protocol(published: PublishedProtocol) -> Json:
    """Which edition answered."""
    return {
        "slug": published.protocol.slug,
        "edition": published.edition,
        "digest": published.digest,
    }


def _show_repeat_contact(contact: RepeatContact | None) -> Json | None:
    return {"finding": contact.finding, "because": list(contact.because)} if contact else None


def _show_overdue(entry: Overdue) -> Json:
    return {"rule": entry.rule, "due": entry.due.isoformat()}


class _Writer:
    """Writes out the sources that an answer rests on, and links to pages that are live: nobody is
    sent to a withdrawn one.
    """

    def __init__(self, published: PublishedProtocol, question: Question) -> None:
        self._references = published.references
        self._is_translation = published.source_locale is not None
        self._pages: Mapping[str, LivePage] = {page.slug: page for page in question.pages}

    def cite(self, keys: Iterable[str]) -> list[Mapping[str, Any]]:
        return [self._references[key] for key in keys if key in self._references]

    def list_content(self) -> list[Json]:
        return [
            {"condition": page.slug, "edition": page.edition, "url": self._link(page)}
            for page in self._pages.values()
        ]

    def point_to_red_flag(self, flags: Iterable[PartLink]) -> Json | None:
        """The first red flag of the rule that is on a live page."""
        for flag in flags:
            if page := self._pages.get(flag.condition):
                url = self._link(page, flag.id)
                return {"condition": flag.condition, "id": flag.id, "url": url}
        return None

    def point_to_cause(self, cause: Cause) -> str | None:
        """Its own page, else the part of another that tells about it."""
        if page := self._pages.get(cause.condition or ""):
            return self._link(page)
        link = cause.described_at
        page = self._pages.get(link.condition) if link else None
        return self._link(page, link.id) if page and link else None

    def show_disagreement(self, disagreement: Disagreement | None) -> Json | None:
        if disagreement is None:
            return None
        views = [
            {
                "says": view.says,
                "urgency": view.urgency.value if view.urgency else None,
                "references": self.cite(view.references),
            }
            for view in disagreement.views
        ]
        return {"views": views, "choice": disagreement.choice}

    def show_publication(self, score: Score) -> Json:
        """What was published of the score."""
        return {
            "cut_offs": [{"points": one.points, "label": one.label} for one in score.cut_offs],
            "performance": [
                {"says": claim.says, "references": self.cite([claim.reference])}
                for claim in score.performance
            ],
            "references": self.cite(score.references),
        }

    def _link(self, page: LivePage, part: str | None = None) -> str:
        return page.link(part, is_translation=self._is_translation)
