"""The hazard log names controls that exist: rules and cases of the first protocol, and tests."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.triage.case_files import list_cases, read_protocol

ROOT = Path(__file__).parents[1]
LOG = ROOT / "docs" / "safety.md"
COLUMNS = 7
NAMED = re.compile(r"`([^`]+)`")
TEST = re.compile(r"tests/[\w/]+\.py::test_\w+")


def list_hazards() -> list[list[str]]:
    """The cells of every row of the log, without heads."""
    lines = LOG.read_text().partition("## Hazard log")[2].splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith("|") and not line.startswith(("| id |", "|---"))
    ]


HAZARDS = list_hazards()


@cache
def list_tests(path: str) -> set[str]:
    """The functions of a file of tests."""
    nodes = ast.walk(ast.parse((ROOT / path).read_text()))
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("row", HAZARDS, ids=lambda row: row[0])
def test_a_hazard_says_everything(row: list[str]) -> None:
    assert len(row) == COLUMNS
    assert all(row)


@pytest.mark.parametrize("row", HAZARDS, ids=lambda row: row[0])
def test_what_a_hazard_names_exists(row: list[str]) -> None:
    rules = {rule.id for rule in read_protocol("calf-pain").rules}
    cases = {f"case {case.id}" for case in list_cases()}
    named = NAMED.findall(row[5])

    missing = [
        name
        for name in named
        if name not in rules | cases and not (TEST.fullmatch(name) and _is_there(name))
    ]

    assert named
    assert missing == []


def _is_there(name: str) -> bool:
    path, _, function = name.partition("::")
    return (ROOT / path).exists() and function in list_tests(path)


def test_every_hazard_has_an_id_of_its_own_and_all_real_harms_are_there() -> None:
    ids = [row[0] for row in HAZARDS]

    assert len(set(ids)) == len(ids)
    assert {f"H{number}" for number in range(1, 9)} <= set(ids)
    assert {f"M{number}" for number in range(1, 12)} <= set(ids)
