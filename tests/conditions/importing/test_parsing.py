"""From bytes to JSON-LD: what is no page is refused with a sentence on what to do."""

import json
from typing import Any

import pytest

from conditions.importing.faults import ImportFault
from conditions.importing.parsing import RawPage, parse_page

PAGE = '{"@type": "WebPage", "name": "Löwe"}'


def parse(content: str | bytes, **known: str) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    return parse_page(RawPage(raw, **known))


def wrap(script: str, attributes: str = 'type="application/ld+json"') -> str:
    return f"<!DOCTYPE html><html><head><script {attributes}>{script}</script></head></html>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_json_file_is_read_in_the_encodings_that_json_has(encoding: str) -> None:
    assert parse(PAGE.encode(encoding)) == {"@type": "WebPage", "name": "Löwe"}


def test_the_scripts_of_a_page_are_a_list_in_their_order() -> None:
    html = wrap("[1]") + wrap("{}", "type='APPLICATION/LD+JSON; charset=utf-8' id=x")

    assert parse(html) == [[1], {}]


@pytest.mark.parametrize(
    "html",
    [
        wrap("{}", 'type="text/javascript"'),
        wrap("{}", 'data-type="application/ld+json"'),
        wrap("{}", ""),
        "<p>Nothing</p>",
        f"<!-- {wrap('{}')} -->",
        "<!-- never closed " + wrap("{}"),
        '<script type="application/ld+json">{}',
        '<script type="application/ld+json"',
    ],
)
def test_a_page_without_json_ld_is_refused(html: str) -> None:
    with pytest.raises(ImportFault, match=r"There is no JSON-LD in this page.*write the draft"):
        parse(html)


def test_a_page_is_read_as_it_says_it_is_encoded() -> None:
    html = '<meta charset="windows-1252">' + wrap(PAGE)

    [page] = parse(html.encode("windows-1252"))

    assert page["name"] == "Löwe"


def test_what_the_server_says_of_the_encoding_counts_more() -> None:
    html = '<meta charset="utf-8">' + wrap(PAGE)

    [page] = parse(html.encode("latin-1"), media_type="text/html", charset="latin-1")

    assert page["name"] == "Löwe"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "It is empty"),
        (b" \n\t", "It is empty"),
        (PAGE.encode("latin-1"), "Byte 32 is not utf-8. Save it as UTF-8"),
        (b'{"a": "\x00"}', "Character 8 is NUL"),
        (b'<meta charset="klingon"><p>', "'klingon', which is no encoding"),
        (b'<meta charset="base64"><p>', "which is no encoding"),
        (b"{", "not JSON: Expecting property name enclosed in double quotes at line 1, column 2"),
        (PAGE[:20].encode(), "It is not JSON"),
        (b"name: x", "It is not JSON: Expecting value at line 1, column 1"),
        (b'{"a": NaN}', "JSON has no NaN"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "a number that is none"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(content: bytes, said: str) -> None:
    with pytest.raises(ImportFault) as refused:
        parse(content)

    assert said in str(refused.value)


def test_a_broken_script_is_named_with_its_line_on_the_page() -> None:
    html = wrap("{}") + "\n\n" + wrap('{\n"a": }')

    with pytest.raises(ImportFault, match=r"script 2 of 2 is not JSON: .* at line 4, column 6"):
        parse(html)


@pytest.mark.parametrize(
    "piece",
    ["<!--", "<script", "<script ", "<script type='", '<script type="application/ld+json">', "<"],
)
def test_a_page_of_half_tags_takes_no_time(piece: str) -> None:
    with pytest.raises(ImportFault):
        parse(piece * (2_000_000 // len(piece)), media_type="text/html")


def test_json_in_a_page_may_look_like_tags() -> None:
    text = json.dumps({"text": "<p>a</p><!-- b -->"}).replace("</", "<\\/")

    assert parse(wrap(text)) == [{"text": "<p>a</p><!-- b -->"}]
