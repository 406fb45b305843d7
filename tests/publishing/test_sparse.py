"""Which members an answer keeps."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from calfcms.publishing.sparse import KEPT, keep_members

WHOLE = {
    "slug": "a",
    "title": "A",
    "red_flags": [],
    "faqs": [],
    "review": {},
    "disclaimer": "No diagnosis.",
}


def test_it_keeps_what_is_wanted_and_what_must_be_said_in_the_order_of_the_whole() -> None:
    kept = keep_members(WHOLE, ("faqs",))

    assert list(kept.items()) == [
        (name, WHOLE[name]) for name in ("slug", "red_flags", "faqs", "review", "disclaimer")
    ]


def test_what_the_value_does_not_have_is_left_out() -> None:
    assert keep_members({"slug": "a"}, ("title",)) == {"slug": "a"}


@given(
    st.dictionaries(st.sampled_from([*KEPT, "title", "faqs", "x"]), st.integers()),
    st.lists(st.sampled_from(["title", "faqs", "y"])),
)
def test_nothing_that_must_be_said_is_ever_lost(value: dict[str, Any], wanted: list[str]) -> None:
    kept = keep_members(value, wanted)

    assert set(kept) == set(value) & (KEPT | set(wanted))
    assert all(kept[name] == value[name] for name in kept)
