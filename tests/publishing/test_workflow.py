"""The state of a draft follows from digests alone."""

from datetime import date

import pytest

from calfcms.publishing.workflow import State, get_state, list_reviewer_problems

# digest, live, submitted, decision → state
TABLE = [
    ("a", None, set(), None, State.DRAFT),
    ("a", "b", set(), None, State.DRAFT),
    ("a", "b", {"b"}, None, State.DRAFT),
    ("a", "b", {"a", "b"}, None, State.IN_REVIEW),
    ("a", "b", {"a"}, "changes_requested", State.CHANGES_REQUESTED),
    ("a", "b", {"a"}, "approved", State.APPROVED),
    ("a", "a", {"a"}, "approved", State.PUBLISHED),
]


@pytest.mark.parametrize(("digest", "live", "submitted", "decision", "state"), TABLE)
def test_the_state_is_arithmetic(
    digest: str, live: str | None, submitted: set[str], decision: str | None, state: State
) -> None:
    assert get_state(digest=digest, live=live, submitted=submitted, decision=decision) == state


# valid until, specialties, needed → codes
REVIEWERS = [
    (date(2027, 1, 1), ["a"], ["a", "b"], []),
    (date(2026, 11, 21), ["a"], ["a"], []),
    (date(2026, 11, 20), ["a"], ["a"], ["credentials_expired"]),
    (date(2027, 1, 1), [], ["a"], ["credentials_do_not_cover"]),
    (date(2027, 1, 1), [], [], []),
    (date(2026, 11, 20), ["c"], ["a"], ["credentials_expired", "credentials_do_not_cover"]),
    (None, [], ["a"], ["reviewer_without_profile"]),
]


@pytest.mark.parametrize(("valid_until", "specialties", "needed", "codes"), REVIEWERS)
def test_what_credentials_carry(
    valid_until: date | None, specialties: list[str], needed: list[str], codes: list[str]
) -> None:
    problems = list_reviewer_problems(
        valid_until=valid_until, specialties=specialties, needed=needed, on=date(2026, 11, 21)
    )

    assert [problem.code for problem in problems] == codes
