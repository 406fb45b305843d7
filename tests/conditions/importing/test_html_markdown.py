"""HTML in texts becomes Markdown that our renderer reads, and says the same words."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conditions.importing.faults import ImportFault
from conditions.importing.html_markdown import Converted, convert_html
from conditions.importing.notes import About
from conditions.markdown import list_citations, list_dropped_links, to_html, to_text

words = st.text("ab1.#*_-+>|[]()@!\\`<&;:~= ", min_size=1, max_size=8)
escaped = words.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;"))
tags = st.sampled_from(
    (
        *("p", "b", "em", "ul", "ol", "li", "h2", "h4", "blockquote", "table", "tr", "td", "div"),
        *("pre", "dl", "dt", "dd", "a href='https://e.example/x_y(z)'", "q", "figure", "span"),
        *("i", "code"),
    )
)
html_texts = st.recursive(
    escaped,
    lambda inner: st.builds(
        lambda tag, inside: f"<{tag}>{''.join(inside)}</{tag.split()[0]}>",
        tags,
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


def list_reasons(converted: Converted, about: About) -> list[str]:
    return [note.value for note in converted.notes if note.about == about]


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<b>Bold </b>and <i>not</i>", "**Bold** and *not*"),
        ("a<br>b<br>", "a\\\nb"),
        ("<h2>Title</h2>text", "## Title\n\ntext"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ol start=4><li>a</li><li>b</li></ol>", "4. a\n5. b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<table><tr><th>A</th></tr><tr><td>b|c</td></tr></table>", "| A |\n| --- |\n| b\\|c |"),
        ("<a href='https://e.example/x'>there</a>", "[there](https://e.example/x)"),
        ("<a href='tel:999'>999</a>", "[999](tel:999)"),
        ("<dl><dt>Word</dt><dd>Meaning</dd></dl>", "**Word**\n\nMeaning"),
        ("<pre>a\n  b</pre>", "a\\\nb"),
        ("one<hr>two", "one\n\n* * *\n\ntwo"),
        ("<div>one<div>two</div>three</div>", "one\n\ntwo\n\nthree"),
        ("Fish &amp; chips&nbsp;now", "Fish & chips\xa0now"),
        ("<q>Yes</q>", "“Yes”"),
        ("1. not a list", "1\\. not a list"),
        ("see [@ito-2019] *here*", "see \\[@ito-2019\\] \\*here\\*"),
        ("<p></p><h3> </h3><ul><li></li></ul>", ""),
    ],
)
def test_each_element_has_its_mark(html: str, markdown: str) -> None:
    assert convert_html(html).markdown == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("10<sup>9</sup>/L", "10⁹/L"),
        ("10<sup>-3</sup>", "10⁻³"),
        ("H<sub>2</sub>O", "H₂O"),
        ("x<sup>ab</sup>", "x (ab)"),
    ],
)
def test_raised_figures_stay_raised(html: str, markdown: str) -> None:
    assert convert_html(html).markdown == markdown


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<style>p {}</style>",
        "<iframe src='https://e.example'></iframe>",
        "<svg><script>alert(1)</script></svg>",
        "<form><button>Go</button></form>",
        "<scr<script></script>ipt>alert(1)</script>",
    ],
)
def test_what_is_no_text_is_left_out_and_said(html: str) -> None:
    converted = convert_html(f"Before {html} after")

    assert "alert(1)</" not in to_html(converted.markdown, number_of={}, link_of=lambda *_: None)
    assert list_reasons(converted, About.NOT_MAPPED) != []


@pytest.mark.parametrize(
    "href",
    [
        *("javascript:alert(1)", " java\tscript:alert(1)", "data:text/html,x", "file:///etc/x"),
        *("#part", "condition:ear-hum", "/there", "//", "https://", "http://["),
    ],
)
def test_a_link_that_leads_nowhere_keeps_its_text_only(href: str) -> None:
    converted = convert_html(f'<a href="{href}">there</a>')

    assert converted.markdown == "there"


def test_a_link_without_a_host_gets_that_of_its_page() -> None:
    converted = convert_html('<a href="/stairs">up</a>', base="https://e.example/knee")

    assert converted.markdown == "[up](https://e.example/stairs)"
    assert list_reasons(converted, About.LINK) == ["https://e.example/stairs"]


def test_a_picture_is_noted() -> None:
    converted = convert_html('<p>a<img src="x.png" alt="A knee"></p>')

    assert converted.markdown == "a"
    assert list_reasons(converted, About.IMAGE) == ["x.png"]


def test_struck_out_text_is_noted() -> None:
    converted = convert_html("two <del>three</del> tablets")

    assert converted.markdown == "two tablets"
    assert list_reasons(converted, About.NOT_MAPPED) == ["three"]


def test_merged_cells_are_noted() -> None:
    converted = convert_html("<table><tr><td colspan=2>a</td></tr></table>")

    assert [note.about for note in converted.notes] == [About.CHANGED]


def test_marks_that_markdown_would_not_read_are_left_out() -> None:
    assert convert_html('<b>"a"</b>b').markdown == '"a"b'


def test_lists_nested_deeper_than_we_read_lose_no_word() -> None:
    html = "".join(f"<ul><li>x{n}" for n in range(12))

    converted = convert_html(html)

    assert re.findall(r"x\d+", to_text(converted.markdown)) == [f"x{n}" for n in range(12)]


@pytest.mark.parametrize("tag", ["div", "blockquote", "ul><li", "b", "table><tr><td"])
def test_absurd_nesting_is_refused(tag: str) -> None:
    with pytest.raises(ImportFault, match="nested more than 60 deep"):
        convert_html(f"<{tag}>" * 4_000 + "x")


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(html_texts)
def test_no_letter_is_lost_or_invented_whatever_the_html(html: str) -> None:
    converted = convert_html(html)

    assert About.CHANGED not in {note.about for note in converted.notes}
    heard = to_text(converted.markdown)
    assert list_citations(converted.markdown) == []
    assert list_dropped_links(converted.markdown) == []
    told = re.sub(r"<[^>]*>", "", html).replace("&lt;", "<").replace("&amp;", "&")
    assert sorted(re.findall("[ab]", heard)) == sorted(re.findall("[ab]", told))
