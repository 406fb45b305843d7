"""What changed between two wordings of a protocol, rule by rule, as a clinician reads it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from calfcms.publishing.wording import Run, compare_words
from calfcms.urgency import Urgency
from triage.core.expressions import ExpressionError, describe, parse

Content = Mapping[str, Any]
Rule = Mapping[str, Any]

TEXTS = ("title", "reason", "effective_from", "review_due")


@dataclass(frozen=True)
class Wording:
    """An expression as it was written, and in words (empty where it cannot be read)."""

    text: str
    words: str


@dataclass(frozen=True)
class RuleChange:
    """One rule that is not the same in both. `before` or `after` is None where it is not there."""

    id: str
    title: str
    before: Urgency | None
    after: Urgency | None
    when_before: Wording
    when_after: Wording
    runs: Sequence[Run]
    """The two texts of the expression, word by word; empty where they are the same."""
    word_runs: Sequence[Run]
    """The same in words."""
    added_sources: tuple[str, ...]
    removed_sources: tuple[str, ...]
    texts: tuple[tuple[str, Sequence[Run]], ...]
    """Other texts that changed, each by its name."""

    @property
    def kind(self) -> str:
        """`added`, `removed`, `lowered`, `raised` or `changed`."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        if self.after.rank == self.before.rank:
            return "changed"
        return "lowered" if self.after.rank < self.before.rank else "raised"

    @property
    def is_weaker(self) -> bool:
        """Whether people may wait longer because of it."""
        return self.kind in ("lowered", "removed")


ORDER = ("lowered", "removed", "raised", "changed", "added")
"""What may make people wait longer comes first."""


def list_rule_changes(before: Content | None, after: Content) -> list[RuleChange]:
    """Every rule that was added, removed or changed, in the order of `ORDER`."""
    old = {rule["id"]: rule for rule in (before or {}).get("rules", ())}
    new = {rule["id"]: rule for rule in after["rules"]}
    changes = [
        _compare(old.get(name), new.get(name), before or {}, after)
        for name in {**old, **new}
        if old.get(name) != new.get(name)
    ]
    return sorted(changes, key=lambda change: ORDER.index(change.kind))


def _compare(old: Rule | None, new: Rule | None, before: Content, after: Content) -> RuleChange:
    shown = new or old or {}
    when = _read_when(old, before), _read_when(new, after)
    sources = [tuple((rule or {}).get("references", ())) for rule in (old, new)]
    return RuleChange(
        id=shown["id"],
        title=shown["title"],
        before=Urgency(old["urgency"]) if old else None,
        after=Urgency(new["urgency"]) if new else None,
        when_before=when[0],
        when_after=when[1],
        runs=_compare_texts(when[0].text, when[1].text),
        word_runs=_compare_texts(when[0].words, when[1].words),
        added_sources=tuple(key for key in sources[1] if key not in sources[0]),
        removed_sources=tuple(key for key in sources[0] if key not in sources[1]),
        texts=tuple(_list_texts(old, new)) if old and new else (),
    )


def _list_texts(old: Rule, new: Rule) -> list[tuple[str, Sequence[Run]]]:
    pairs = [(name, str(old.get(name) or ""), str(new.get(name) or "")) for name in TEXTS]
    return [
        (name.replace("_", " "), compare_words(was, now)) for name, was, now in pairs if was != now
    ]


def _compare_texts(before: str, after: str) -> Sequence[Run]:
    return compare_words(before, after) if before != after else ()


def _read_when(rule: Rule | None, content: Content) -> Wording:
    if rule is None:
        return Wording("", "")
    phrases = {finding["id"]: finding["phrase"] for finding in content["findings"]}
    phrases |= {score["id"]: score["title"] for score in content["scores"]}
    try:
        words = describe(parse(rule["when"]), phrases)
    except ExpressionError:  # a draft that is still being written
        words = ""
    return Wording(rule["when"], words)
