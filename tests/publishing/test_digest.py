"""Digests: one content, one digest, whatever the order or the spelling of its JSON."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calfcms.publishing.digest import canonical_json, digest_of, digest_of_bytes

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
    ),
    max_leaves=10,
)


def test_canonical_json_is_that_of_rfc_8785() -> None:
    # The example of section 3.2.2 of the RFC, less its numbers in floating point.
    value = {
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
        "literals": [None, True, False],
    }

    assert canonical_json(value) == (
        b'{"literals":[null,true,false],"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


def test_keys_are_sorted_by_utf_16_code_units() -> None:
    value = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}

    keys = list(json.loads(canonical_json(value)))

    assert keys == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


@given(JSON)
def test_a_digest_survives_a_round_trip_through_json(value: object) -> None:
    assert digest_of(json.loads(json.dumps(value))) == digest_of(value)


def test_the_order_of_keys_does_not_change_a_digest() -> None:
    assert digest_of({"a": 1, "b": [2]}) == digest_of({"b": [2], "a": 1})


def test_one_changed_letter_changes_the_digest() -> None:
    assert digest_of({"title": "Calf"}) != digest_of({"title": "calf"})


def test_a_digest_names_its_method_and_is_lower_case_hex() -> None:
    assert digest_of_bytes(b"x") == "sha256:" + hashlib.sha256(b"x").hexdigest()


@pytest.mark.parametrize("value", [float("nan"), 2**53 + 1, "\ud800"])
def test_it_refuses_what_json_cannot_hold(value: object) -> None:
    with pytest.raises(ValueError, match="canonical JSON"):
        canonical_json({"value": value})
