"""The same rules in two general rule engines: how fast, and what they make of what is not known.

    python -m benchmarks.rivals

Takes 40 rules of the protocols in `fixtures/`, those with negations first, and translates them as
each engine's documentation suggests: a finding is true when present, false when absent, and left
out while it is unknown. Every case is answered in interleaved rounds: whether each rule is true.
Prints ratios to this package in the same rounds, and how many rules that Kleene's logic leaves open
each engine answered as true.
"""

import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import zen
from json_logic import jsonLogic

from benchmarks.setting import set_up

set_up()

from tests.triage.case_files import Case, list_cases, read_protocol  # noqa: E402 - needs set_up
from triage.core.circuits import BOTH, OPEN, TRUE  # noqa: E402
from triage.core.compiled import CompiledRule, compile_protocol  # noqa: E402
from triage.core.expressions import (  # noqa: E402
    And,
    AtLeast,
    Compare,
    Expression,
    FindingRef,
    Not,
    Or,
    list_finding_ids,
    list_nodes,
)
from triage.core.facts import Facts, Presence  # noqa: E402

RULES = 40
ROUNDS = 7
Answer = Callable[[Facts], list[bool]]


def list_rules() -> list[CompiledRule]:
    """Rules that all three can say: findings, `and`, `or`, `not` and ages."""
    compiled = compile_protocol(read_protocol(list_cases()[0].protocol))
    rules = [*compiled.self_care_rules, *compiled.raising_rules]
    return [rule for rule in rules if _is_common(rule.rule.when)][:RULES]


def _is_common(when: Expression) -> bool:
    nodes = list(list_nodes(when))
    scores = [node for node in nodes if isinstance(node, Compare) and not node.quantity.is_age]
    return not scores and not any(isinstance(node, AtLeast) for node in nodes)


def write_data(facts: Facts) -> dict[str, Any]:
    """A person as both engines take it."""
    findings = facts.findings.items()
    data: dict[str, Any] = {
        name: value is Presence.PRESENT for name, value in findings if value != "unknown"
    }
    age = facts.get_age("age_years")
    return data | ({"age_years": age.low} if age else {})


def write_json_logic(node: Expression) -> Any:
    match node:
        case FindingRef(name):
            return {"var": name}
        case Not(operand):
            return {"!": [write_json_logic(operand)]}
        case And(operands):
            return {"and": [write_json_logic(operand) for operand in operands]}
        case Or(operands):
            return {"or": [write_json_logic(operand) for operand in operands]}
        case Compare():
            return {str(node.comparison): [{"var": node.quantity.name}, node.number]}
    raise TypeError(node)


def write_zen(node: Expression) -> str:
    """`not x` of something left out is an error there, so `x != true` stands for it."""
    match node:
        case FindingRef(name):
            return f"({name} == true)"
        case Not(operand):
            return f"({write_zen(operand)} != true)"
        case And(operands):
            return f"({' and '.join(map(write_zen, operands))})"
        case Or(operands):
            return f"({' or '.join(map(write_zen, operands))})"
        case Compare():
            name = node.quantity.name
            return f"({name} != null and {name} {node.comparison} {node.number})"
    raise TypeError(node)


def answer_with_json_logic(rules: list[CompiledRule]) -> Answer:
    logic = [write_json_logic(rule.rule.when) for rule in rules]

    def answer(facts: Facts) -> list[bool]:
        data = write_data(facts)
        return [jsonLogic(tests, data) is True for tests in logic]

    return answer


def answer_with_zen(rules: list[CompiledRule]) -> Answer:
    """One decision with an expression for each rule, so that a person is handed over once."""
    expressions = [
        {"id": rule.rule.id, "key": rule.rule.id, "value": write_zen(rule.rule.when)}
        for rule in rules
    ]
    nodes: list[dict[str, Any]] = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {
            "id": "rules",
            "name": "rules",
            "type": "expressionNode",
            "content": {"expressions": expressions},
        },
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = [
        {"id": "1", "sourceId": "in", "targetId": "rules", "type": "edge"},
        {"id": "2", "sourceId": "rules", "targetId": "out", "type": "edge"},
    ]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    names = [rule.rule.id for rule in rules]

    def answer(facts: Facts) -> list[bool]:
        result = decision.evaluate(write_data(facts))["result"]
        return [result[name] is True for name in names]

    return answer


def answer_ourselves(rules: list[CompiledRule]) -> Answer:
    table = compile_protocol(read_protocol(list_cases()[0].protocol)).table
    circuits = [rule.circuit for rule in rules]

    def answer(facts: Facts) -> list[bool]:
        values = table.read(facts).values
        return [circuit(values, BOTH) == TRUE for circuit in circuits]

    return answer


def list_open(rules: list[CompiledRule], facts: Facts) -> list[bool]:
    """Which rules the answers leave open."""
    table = compile_protocol(read_protocol(list_cases()[0].protocol)).table
    values = table.read(facts).values
    return [rule.circuit(values, BOTH) == OPEN for rule in rules]


def measure(answer: Answer, cases: list[Case]) -> float:
    start = time.process_time()
    for case in cases:
        answer(case.facts)
    return (time.process_time() - start) / len(cases) * 1e6


def main() -> None:
    """A table: time for one person, ratio, open rules answered as true."""
    cases, rules = list_cases(), list_rules()
    engines = {
        "calfcms": answer_ourselves(rules),
        "zen-engine": answer_with_zen(rules),
        "json-logic-qubit": answer_with_json_logic(rules),
    }
    rounds = [{name: measure(run, cases) for name, run in engines.items()} for _ in range(ROUNDS)]
    undecided = [list_open(rules, case.facts) for case in cases]
    findings = {name for rule in rules for name in list_finding_ids(rule.rule.when)}
    total = sum(map(sum, undecided))
    print(f"{len(rules)} rules over {len(findings)} findings, {len(cases)} cases, {total} open")
    for name, run in engines.items():
        median = statistics.median(times[name] for times in rounds)
        ratio = statistics.median(times[name] / times["calfcms"] for times in rounds)
        wrong = sum(
            said and is_open
            for case, opens in zip(cases, undecided, strict=True)
            for said, is_open in zip(run(case.facts), opens, strict=True)
        )
        print(f"{name:18}{median:>9.1f} µs{ratio:>8.1f} ×{wrong:>8} open rules called true")


if __name__ == "__main__":
    main()
