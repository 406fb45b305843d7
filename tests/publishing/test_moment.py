"""Instants of the log, told in words on the admin's pages."""

import pytest

from calfcms.publishing.templatetags.desk import moment


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("2026-12-06T06:41:54.853486Z", "6 Dec 2026, 06:41 UTC"),
        ("2026-12-06T08:41:54+02:00", "6 Dec 2026, 06:41 UTC"),
        ("2026-12-06", "2026-12-06"),
        ("edition 3", "edition 3"),
    ],
)
def test_an_instant_is_told_in_words_and_other_text_stays(said: str, shown: str) -> None:
    assert moment(said) == shown
