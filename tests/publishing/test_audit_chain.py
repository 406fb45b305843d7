"""The hash chain: any change to the log shows, and where."""

from dataclasses import replace

from calfcms.publishing.audit import GENESIS, Entry, find_break
from tests.conftest import NOON


def make_chain(length: int) -> list[tuple[Entry, str]]:
    chain: list[tuple[Entry, str]] = []
    previous = GENESIS
    for seq in range(1, length + 1):
        entry = Entry(
            seq=seq,
            at=NOON,
            actor_id="1",
            actor="Eda Editor",
            action="draft.saved",
            document_id="",
            subject=f"document {seq}",
            content_digest="",
            edition=None,
            details={},
            previous_hash=previous,
        )
        previous = entry.compute_hash()
        chain.append((entry, previous))
    return chain


def head_of(chain: list[tuple[Entry, str]]) -> tuple[int, str]:
    return chain[-1][0].seq, chain[-1][1]


def test_a_whole_chain_has_no_break() -> None:
    chain = make_chain(3)

    assert find_break(chain, head=head_of(chain)) is None


def test_an_empty_log_is_whole() -> None:
    assert find_break([], head=(0, GENESIS)) is None


def test_a_changed_event_is_named() -> None:
    chain = make_chain(3)
    tampered = replace(chain[1][0], actor="Somebody Else")

    found = find_break([chain[0], (tampered, chain[1][1]), chain[2]], head=head_of(chain))

    assert found is not None
    assert (found.seq, found.message) == (2, "Event 2 was changed after it was written.")


def test_a_changed_event_with_a_new_hash_breaks_at_the_next_one() -> None:
    chain = make_chain(3)
    tampered = replace(chain[1][0], actor="Somebody Else")

    found = find_break(
        [chain[0], (tampered, tampered.compute_hash()), chain[2]], head=head_of(chain)
    )

    assert found is not None
    assert (found.seq, found.message) == (3, "Event 3 does not continue event 2.")


def test_a_missing_event_is_named() -> None:
    chain = make_chain(3)

    found = find_break([chain[0], chain[2]], head=head_of(chain))

    assert found is not None
    assert (found.seq, found.message) == (2, "Event 2 is missing; event 3 follows.")


def test_a_lost_tail_is_noticed() -> None:
    chain = make_chain(3)

    found = find_break(chain[:2], head=head_of(chain))

    assert found is not None
    assert found.seq == 3
