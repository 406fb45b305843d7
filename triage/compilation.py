"""From a definition's JSON to the core's protocol, with every fault found on the way. Pure.

The JSON is the content of a draft or the published edition: the members that answers depend on are
the same in both.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from calfcms.publishing.problem import Problem
from calfcms.urgency import Urgency
from triage.core.advice import Call, Disposition, Region
from triage.core.applicability import Applicability
from triage.core.expressions import Expression, ExpressionError, NodeError, Vocabulary, parse
from triage.core.parts import (
    Cause,
    Coding,
    Conflict,
    CutOff,
    Disagreement,
    Finding,
    PartError,
    PartLink,
    Performance,
    Rule,
    Score,
    ScoreItem,
    View,
)
from triage.core.problems import ProtocolError, ProtocolProblem
from triage.core.protocol import Protocol
from triage.core.wording import Speaker, Wording

Json = Mapping[str, Any]


class CompilationError(ValueError):
    """The definition makes no protocol; `problems` says everything that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(str(problem) for problem in self.problems))


def compile_definition(definition: Json) -> Protocol:
    """The protocol that a definition describes. Raises `CompilationError` with every fault."""
    return _Compiler(definition).compile()


class _Compiler:
    """One definition on its way to a protocol, collecting the faults of its expressions."""

    def __init__(self, definition: Json) -> None:
        self.definition = definition
        self.problems: list[Problem] = []
        self.vocabulary = Vocabulary(
            frozenset(finding["id"] for finding in definition["findings"]),
            frozenset(score["id"] for score in definition["scores"]),
        )

    def compile(self) -> Protocol:
        definition = self.definition
        parts: dict[str, Any] = {
            "findings": self._each("findings", self._finding),
            "dispositions": self._each("dispositions", self._disposition),
            "regions": self._each("regions", self._region),
            "conflicts": self._each("conflicts", self._conflict),
            "scores": self._each("scores", self._score),
            "rules": self._each("rules", self._rule),
            "causes": self._each("causes", self._cause),
        }
        if self.problems:
            raise CompilationError(self.problems)
        try:
            return Protocol(
                slug=definition["slug"],
                locale=definition["locale"],
                title=definition["title"],
                conditions=tuple(definition["conditions"]),
                gates=tuple(definition["gates"]),
                repeat_contact=definition.get("repeat_contact"),
                **parts,
            )
        except ProtocolError as error:
            raise CompilationError(
                [describe_fault(fault, definition) for fault in error.problems]
            ) from error

    def _each(self, member: str, build: Callable[[Json, str], Any]) -> tuple[Any, ...]:
        return self._build_all(build, self.definition[member], f"/{member}")

    def _build_all(
        self, build: Callable[[Json, str], Any], rows: Sequence[Json], pointer: str
    ) -> tuple[Any, ...]:
        parts = [self._try(build, row, f"{pointer}/{n}") for n, row in enumerate(rows)]
        return tuple(part for part in parts if part is not None)

    def _try(self, build: Callable[[Json, str], Any], row: Json, pointer: str) -> Any | None:
        try:
            return build(row, pointer)
        except _AlreadyReported:
            return None
        except (PartError, NodeError) as error:
            self.problems.append(
                Problem("part_invalid", _sentence(str(error)), "Correct it.", pointer)
            )
            return None

    def _parse(self, text: str, pointer: str) -> Expression:
        try:
            return parse(text, self.vocabulary)
        except ExpressionError as error:
            where = f"line {error.line}, column {error.column}"
            self.problems.append(
                Problem(
                    "expression_invalid",
                    f"At {where}: {error.message}.",
                    _sentence(error.hint),
                    pointer,
                )
            )
            raise _AlreadyReported from error

    def _finding(self, row: Json, _: str) -> Finding:
        return Finding(
            id=row["id"],
            phrase=row["phrase"],
            question=row["question"],
            group=row["group"],
            kind=row["kind"],
            red_flag=row["red_flag"],
            help=row["help"],
            why=row["why"],
            synonyms=tuple(row["synonyms"]),
            codes=tuple(Coding(**code) for code in row["codes"]),
            wordings=tuple(
                Wording(Speaker(wording["speaker"]), wording["question"], wording["help"])
                for wording in row.get("wordings", ())
            ),
            applies=Applicability(**limits) if (limits := row.get("applies")) else None,
            needs_helper=row.get("needs_helper", False),
        )

    def _disposition(self, row: Json, _: str) -> Disposition:
        return Disposition(Urgency(row["urgency"]), row["headline"], row["advice"])

    def _region(self, row: Json, _: str) -> Region:
        calls = (Call(Urgency(call["urgency"]), call["call"]) for call in row["calls"])
        return Region(row["code"], row["name"], tuple(calls))

    def _conflict(self, row: Json, _: str) -> Conflict:
        return Conflict(tuple(row["findings"]), row["read_as"])

    def _score(self, row: Json, pointer: str) -> Score:
        items = self._build_all(self._score_item, row["items"], f"{pointer}/items")
        return Score(
            id=row["id"],
            title=row["title"],
            items=items,
            note=row["note"],
            references=tuple(row["references"]),
            cut_offs=tuple(CutOff(**cut_off) for cut_off in row.get("cut_offs", ())),
            performance=tuple(Performance(**claim) for claim in row.get("performance", ())),
        )

    def _score_item(self, row: Json, pointer: str) -> ScoreItem:
        text = row["when"]
        when = None if text is None else self._parse(text, f"{pointer}/when")
        return ScoreItem(row["id"], row["label"], when, row["points"])

    def _rule(self, row: Json, pointer: str) -> Rule:
        return Rule(
            id=row["id"],
            urgency=Urgency(row["urgency"]),
            when=self._parse(row["when"], f"{pointer}/when"),
            title=row["title"],
            reason=row["reason"],
            suspects=tuple(row["suspects"]),
            red_flags=tuple(PartLink.parse(path) for path in row["red_flags"]),
            references=tuple(row["references"]),
            effective_from=date.fromisoformat(row["effective_from"]),
            review_due=_read_day(row.get("review_due")),
            disagreement=_read_disagreement(row["disagreement"]),
        )

    def _cause(self, row: Json, pointer: str) -> Cause:
        required = row["required"]
        return Cause(
            id=row["id"],
            name=row["name"],
            condition=row["condition"],
            required=self._parse(required, f"{pointer}/required") if required else None,
            supporting=tuple(row["supporting"]),
            opposing=tuple(row["opposing"]),
            described_at=PartLink.parse(path) if (path := row.get("described_at")) else None,
        )


def _read_day(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def _read_disagreement(told: Json | str | None) -> Disagreement | None:
    """Early editions have a sentence where later ones have the views one by one."""
    if not told:
        return None
    if isinstance(told, str):
        return Disagreement((), told)
    views = (
        View(
            view["says"],
            Urgency(view["urgency"]) if view["urgency"] else None,
            tuple(view["references"]),
        )
        for view in told["views"]
    )
    return Disagreement(tuple(views), told["choice"])


class _AlreadyReported(PartError):
    """The part cannot be built, and the reason is on the list already."""


def describe_fault(fault: ProtocolProblem, definition: Json) -> Problem:
    """A fault that the core found, in sentences and with its place in the definition."""
    pointer = get_pointer(definition, fault.where)
    return Problem(fault.code, _sentence(fault.message), _sentence(fault.hint), pointer)


def get_pointer(definition: Json, where: str) -> str:
    """The JSON pointer of a place that the core names by ids: `rules/leg_and_chest`.

    As far as the ids lead: `scores/wells/cancer` is an item of a score.
    """
    member, part, item = (*where.split("/"), "", "")[:3]
    place = _find(definition.get(member, []), part)
    if place is None:
        return f"/{member}"
    inner = _find(definition[member][place].get("items", []), item)
    return f"/{member}/{place}" + ("" if inner is None else f"/items/{inner}")


def _find(rows: Sequence[Any], name: str) -> int | None:
    for place, row in enumerate(rows):
        if isinstance(row, Mapping) and name in (
            row.get("id"),
            row.get("code"),
            row.get("urgency"),
        ):
            return place
    return None


def _sentence(text: str) -> str:
    """With a capital and a full stop; ids at the start stay as they are."""
    first = text[:1] if "_" in text.partition(" ")[0] else text[:1].upper()
    return first + text[1:] + ("" if text.endswith((".", "?")) else ".")
