"""A protocol that could not be evaluated can't be built, and says all that is wrong at once."""

from collections.abc import Callable

import pytest

from calfcms.urgency import Urgency
from tests.triage.core.builders import (
    DISPOSITIONS,
    EMERGENCY,
    ROUTINE,
    make_conflict,
    make_findings,
    make_protocol,
    make_rule,
    make_score,
)
from triage.core.expressions import FindingRef, NodeError
from triage.core.parts import PartError
from triage.core.protocol import (
    Cause,
    Conflict,
    Disposition,
    Finding,
    PartLink,
    ProtocolError,
    Region,
    Rule,
    Score,
    ScoreItem,
)


def test_every_id_that_does_not_resolve_is_listed() -> None:
    links = (PartLink("knee-pain", "x"),)
    with pytest.raises(ProtocolError) as refusal:
        make_protocol(
            [make_rule("r", EMERGENCY, "aa and points >= 2", red_flags=links)],
            make_findings(["a"]),
            scores=(make_score("wells", {"b": 1}),),
            gates=("gate",),
            conflicts=(make_conflict("a other"),),
            causes=(Cause("clot", "clot", supporting=("x",), opposing=("y",)),),
        )

    found = {(problem.code, problem.where, problem.message) for problem in refusal.value.problems}
    assert found == {
        ("unknown_finding", "rules/r", "there is no finding 'aa'"),
        ("unknown_score", "rules/r", "there is no score 'points'"),
        ("unknown_condition", "rules/r", "there is no condition 'knee-pain'"),
        ("unknown_finding", "scores/wells/item_0", "there is no finding 'b'"),
        ("unknown_finding", "gates", "there is no finding 'gate'"),
        ("unknown_finding", "conflicts", "there is no finding 'other'"),
        ("unknown_finding", "causes/clot", "there is no finding 'x'"),
        ("unknown_finding", "causes/clot", "there is no finding 'y'"),
    }
    assert all(problem.hint for problem in refusal.value.problems)


def test_an_unknown_id_comes_with_the_closest_known_one() -> None:
    with pytest.raises(ProtocolError) as refusal:
        make_protocol([make_rule("r", ROUTINE, "calf_sweling")], make_findings(["calf_swelling"]))

    assert refusal.value.problems[0].hint == "did you mean calf_swelling?"


def test_ids_used_twice_are_refused() -> None:
    rule = make_rule("r", ROUTINE, "a")
    with pytest.raises(ProtocolError) as refusal:
        make_protocol(
            [rule, rule],
            make_findings(["a", "a", "wells"]),
            gates=("a", "a"),
            scores=(make_score("wells", {"a": 1}),),
            regions=(Region("GB", "x"), Region("GB", "y")),
            dispositions=(*DISPOSITIONS, DISPOSITIONS[0]),
        )

    assert {problem.code for problem in refusal.value.problems} == {"duplicate_id"}
    places = [problem.where for problem in refusal.value.problems]
    assert places == [
        "findings/a",
        "rules/r",
        "gates/a",
        "regions/GB",
        "dispositions/self_care",
        "scores/wells",
    ]


def test_every_urgency_needs_its_advice() -> None:
    with pytest.raises(ProtocolError) as refusal:
        make_protocol([], dispositions=DISPOSITIONS[:3])

    assert refusal.value.problems[0].code == "disposition_missing"
    assert refusal.value.problems[0].where == "dispositions/emergency"


def test_a_score_does_not_rest_on_a_score() -> None:
    with pytest.raises(ProtocolError) as refusal:
        make_protocol([], scores=(make_score("one", {"a": 1}), make_score("two", {"one >= 1": 1})))

    assert refusal.value.problems[0].code == "nested_score"


@pytest.mark.parametrize(
    "build",
    [
        lambda: Finding("A", "phrase", "question?"),
        lambda: Finding("sex", "phrase", "question?"),
        lambda: Finding("a", "phrase", "question?", kind="colour"),
        lambda: Conflict(("a",), "a"),
        lambda: Conflict(("a", "a"), "a"),
        lambda: Conflict(("a", "b"), "c"),
        lambda: ScoreItem("i", "label", FindingRef("a"), 0),
        lambda: ScoreItem("i", "label", FindingRef("a"), 101),
        lambda: ScoreItem("i", "label", FindingRef("a"), True),
        lambda: Score("Wells", "title", ()),
        lambda: PartLink("calf-pain", ""),
        lambda: PartLink.parse("calf-pain"),
        lambda: Rule("r", "soon", FindingRef("a")),  # type: ignore[arg-type]
        lambda: Rule("Rule", Urgency.ROUTINE, FindingRef("a")),
        lambda: Cause("", "clot"),
    ],
)
def test_a_part_refuses_what_makes_no_sense(build: Callable[[], object]) -> None:
    with pytest.raises((PartError, NodeError)):
        build()


def test_a_red_flag_link_reads_and_writes_as_page_and_part() -> None:
    link = PartLink.parse("calf-pain/chest-symptoms")

    assert (link.condition, link.id) == ("calf-pain", "chest-symptoms")
    assert str(link) == "calf-pain/chest-symptoms"


def test_the_vocabulary_has_findings_and_scores() -> None:
    protocol = make_protocol([], "a b", scores=(make_score("wells", {"a": 1}),))

    assert protocol.vocabulary.findings == {"a", "b"}
    assert protocol.vocabulary.scores == {"wells"}


def test_a_finding_is_found_by_its_id() -> None:
    assert make_protocol([], "a b").get_finding("b").phrase == "b phrase"


def test_protocols_with_the_same_parts_are_equal() -> None:
    assert make_protocol([], "a") == make_protocol([], "a")
    assert make_protocol([], "a") != make_protocol([], "b")


def test_a_disposition_is_plain_data() -> None:
    assert Disposition(ROUTINE, "h", "a") == Disposition(ROUTINE, "h", "a")
