"""Web origins as browsers send them."""

import pytest

from calfcms.syndication.origins import read_origin


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://clinic.example", "https://clinic.example"),
        (" HTTPS://Clinic.Example/ ", "https://clinic.example"),
        ("https://clinic.example:443", "https://clinic.example"),
        ("https://clinic.example:8443", "https://clinic.example:8443"),
        ("https://käse.example", "https://xn--kse-qla.example"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://127.0.0.1", "http://127.0.0.1"),
        ("http://[::1]:80", "http://[::1]"),
    ],
)
def test_it_is_read_as_browsers_write_it(typed: str, origin: str) -> None:
    assert read_origin(typed) == origin
    assert read_origin(origin) == origin


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("clinic.example", "a scheme and a host"),
        ("null", "a scheme and a host"),
        ("ftp://clinic.example", "a scheme and a host"),
        ("https://", "a scheme and a host"),
        ("https://clinic.example/page", "no path"),
        ("https://clinic.example?x", "no path"),
        ("https://me@clinic.example", "no path"),
        ("https://*.clinic.example", "Name each host"),
        ("http://clinic.example", "https only"),
        ("https://clinic.example:port", "no web address"),
        ("https://[::1", "no web address"),
        ("https://" + "a" * 70 + ".example", "no host name"),
    ],
)
def test_what_is_none_is_refused_with_what_to_write(typed: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_origin(typed)
