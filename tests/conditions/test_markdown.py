"""Bodies: what becomes HTML, what becomes text, and what is never let through."""

import html5lib
import pytest

from conditions.markdown import (
    list_citations,
    list_condition_links,
    list_dropped_links,
    list_unread_marks,
    to_html,
    to_text,
)

NUMBERS = {"ito-2019": 2, "ear-board": 1}


def link_of(slug: str, part_id: str | None) -> str | None:
    return None if slug == "hidden" else f"/c/{slug}#{part_id}" if part_id else f"/c/{slug}"


def render(markdown: str, heading_level: int = 3) -> str:
    return to_html(markdown, number_of=NUMBERS, link_of=link_of, heading_level=heading_level)


def parse_fragment(html: str) -> list[tuple[str, dict[str, str]]]:
    """The elements that a browser sees, each with its attributes."""
    root = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return [(element.tag, element.attrib) for element in root.iter() if element is not root]


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("*a* **b** __c__", "<p><em>a</em> <strong>b</strong> <strong>c</strong></p>"),
        ("a\\\nb", "<p>a<br>\nb</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("- a\n\n  b", "<ul>\n<li><p>a</p>\n<p>b</p></li>\n</ul>"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("***", "<hr>"),
        ("[a](https://e.org/?x=1&y=2)", '<p><a href="https://e.org/?x=1&amp;y=2">a</a></p>'),
        ("<https://e.org>", '<p><a href="https://e.org">https://e.org</a></p>'),
        ("[a](mailto:a@e.org)", '<p><a href="mailto:a@e.org">a</a></p>'),
        (
            "| a | b |\n|---|--:|\n| c | d |",
            '<table>\n<thead>\n<tr><th scope="col">a</th><th scope="col">b</th></tr>\n</thead>\n'
            "<tbody>\n<tr><td>c</td><td>d</td></tr>\n</tbody>\n</table>",
        ),
        ('<b> & "q" &amp;lt;', '<p>&lt;b&gt; &amp; "q" &amp;lt;</p>'),
        ("", ""),
    ],
)
def test_it_becomes_html(markdown: str, html: str) -> None:
    assert render(markdown) == html


def test_a_citation_links_to_its_reference() -> None:
    assert render("A [@ito-2019].") == (
        '<p>A <a href="#ref-2" class="citation" role="doc-biblioref"'
        ' aria-label="Reference 2">[2]</a>.</p>'
    )


def test_a_citation_of_two_links_to_both() -> None:
    html = render("A [@ear-board; @ito-2019].")

    assert ">[1]</a>, <a" in html
    assert ">[2]</a>.</p>" in html


def test_a_citation_without_a_number_stays_as_it_was_written() -> None:
    assert render("A [@lost].") == "<p>A [@lost].</p>"


def test_a_citation_within_a_link_is_no_link_in_a_link() -> None:
    html = render("[a *b [@ito-2019]* c](https://e.org)")

    assert html.count("<a ") == 1


def test_a_link_to_a_condition_names_the_slug_too() -> None:
    assert render("[x](condition:ear-hum#loud)") == (
        '<p><a href="/c/ear-hum#loud" data-condition="ear-hum" data-part="loud">x</a></p>'
    )


def test_a_link_to_a_condition_that_readers_do_not_get_leaves_its_text() -> None:
    assert render("[x](condition:hidden)") == "<p>x</p>"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "javascript&colon;alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "vbscript:x",
        "//e.org",
        "/path",
        "#smoke",
        "condition:Ear",
        "https:e.org",
        "",
    ],
)
def test_an_address_that_is_not_allowed_leaves_its_text(address: str) -> None:
    markdown = f"[x]({address})"

    assert render(markdown) == "<p>x</p>"
    assert len(list_dropped_links(markdown)) == 1


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        '<p id="ref-1">forged</p>',
        "&lt;script&gt;alert(1)",
        "```\n<script>\n```",
        "    <script>",
        "`<script>`",
        '[x](https://e.org "onmouseover=alert(1)")',
        '[x](https://e.org/"onmouseover="alert(1))',
        "![x](https://e.org/a.png)",
        "# x {#ref-1}",
    ],
)
def test_no_markup_of_the_author_gets_through(markdown: str) -> None:
    found = parse_fragment(render(markdown))

    assert {tag for tag, _ in found} <= {"p", "a", "h3"}
    assert {name for _, attributes in found for name in attributes} <= {"href"}


def test_headings_start_at_the_level_asked_for_and_skip_none() -> None:
    html = render("##### a\n\n###### b\n\n# c\n\n### d\n\n## e", heading_level=3)

    assert html.split("\n") == [
        "<h3>a</h3>", "<h4>b</h4>", "<h3>c</h3>", "<h4>d</h4>", "<h4>e</h4>",
    ]  # fmt: skip


def test_headings_end_at_level_six() -> None:
    assert render("# a\n\n## b\n\n### c", heading_level=5) == "<h5>a</h5>\n<h6>b</h6>\n<h6>c</h6>"


def test_headings_and_links_without_text_are_left_out() -> None:
    assert render("##\n\n# [](https://e.org)\n\na [ ](https://e.org)b") == "<p>a  b</p>"


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("A **b** [c](https://e.org) [@ito-2019].", "A b c."),
        ("A [@ito-2019] b", "A b"),
        ("## A\n\nb\nc\\\nd", "A\n\nb\nc\nd"),
        ("- a\n- b\n  1. c\n\n> d", "- a\n- b\n  1. c\n\nd"),
        ("| a | b |\n|---|---|\n| c | d |", "a | b\nc | d"),
        ("a&#10;&amp;&lt;b", "a &<b"),
    ],
)
def test_it_becomes_plain_text(markdown: str, text: str) -> None:
    assert to_text(markdown) == text


def test_lists_within_lists_lose_nothing_however_deep() -> None:
    lists = "".join(f"{'  ' * depth}- level {depth}\n" for depth in range(50))

    html, text = render(lists), to_text(lists)

    assert all(f"level {depth}" in html and f"level {depth}" in text for depth in range(50))


def test_it_lists_citations_once_and_in_order() -> None:
    markdown = "# [@b]\n\n- *[@a; @b]*\n\n| x |\n|---|\n| [@c] |"

    assert list_citations(markdown) == ["b", "a", "c"]


def test_it_lists_links_to_conditions() -> None:
    markdown = "[a](condition:ear-hum) [b](https://e.org) [c](condition:ear-hum#loud)"

    assert list_condition_links(markdown) == [("ear-hum", None), ("ear-hum", "loud")]


@pytest.mark.parametrize("mark", ["[@Ito 2019]", "[@ito, p. 4]", "[@ito;@]", "[a](b c)"])
def test_it_lists_marks_that_were_not_understood(mark: str) -> None:
    assert list_unread_marks(f"See {mark}.") == [f"See {mark}."]


def test_it_lists_no_marks_in_a_text_that_was_understood() -> None:
    assert list_unread_marks("a [@ito-2019] [b] (c) [d](https://e.org)") == []
