"""The page as a Markdown file: the words of the HTML in its order, and safe in any reader."""

from typing import Any

import pytest

from conditions.renditions.markdown import render_markdown
from conditions.renditions.markdown_style import escape_line
from tests.conditions.examples import make_content, make_edition


def render(**changes: Any) -> str:
    content = make_content(**changes)
    return render_markdown(make_edition(content), content).decode()


def render_summary(markdown: str) -> str:
    """What a body becomes between its heading and the next."""
    page = render(summary=markdown, sections=[])
    return page[page.index("## In short\n\n") + 13 : page.index("\n\n## Possible causes")]


def test_it_has_the_blocks_of_the_html_in_their_order() -> None:
    lines = render().split("\n")

    assert [line for line in lines if line.startswith(("# ", "## "))] == [
        "# Ear glow: what it is and what to do",
        "## When to get medical help",
        "## In short",
        "## Symptoms",
        "## Possible causes",
        "## Pictures",
        "## Questions people ask",
        "## Related pages",
        "## References",
        "## About this page",
        "## Important",
    ]


def test_a_section_for_one_partner_is_not_there() -> None:
    assert "our clinic" not in render()


def test_a_red_flag_is_an_item_under_its_level() -> None:
    assert (
        "### Emergency: call an ambulance or go to an emergency department now\n\n"
        "- **Smoke from the ear** [2]\\\n"
        "  Call an ambulance.\\\n"
        "  May be a sign of: ear fire\n"
    ) in render()


def test_references_are_a_list_under_their_numbers() -> None:
    assert (
        "\n2. Ito HM. Glow in the ear. J Imaginary Med. 2019 May;12(3):45-51. "
        "[doi:10.1234/jim.2019.45](https://doi.org/10.1234/jim.2019.45)\n"
    ) in render()


@pytest.mark.parametrize(
    ("written", "rendered"),
    [
        ("A *b* __c__ [@ear-board]", "A *b* **c** [1]"),
        ("- a\n- b\n  1. c\n  2. d", "- a\n- b\n  1. c\n  2. d"),
        ("- a\n\n  b\n- c", "- a\n\n  b\n- c"),
        ("> a\n>\n> b", "> a\n>\n> b"),
        ("| a | b |\n|:--|---|\n| c \\| d | |", "| a | b |\n| --- | --- |\n| c \\| d |  |"),
        ("##### a", "### a"),
        ("a\\\nb", "a\\\nb"),
        ("[a](condition:ear-hum#loud)", "[a](/api/v1/conditions/ear-hum?format=html#loud)"),
        ("[a](https://e.org/x_(y)?a=1&b=2)", "[a](https://e.org/x_%28y%29?a=1&amp;b=2)"),
        ("[a](javascript:b)", "a"),
        ("<b>&amp;lt;", "&lt;b&gt;&amp;lt;"),
        ("![a](https://e.org)", "\\![a](https://e.org)"),
        ("[@ear-board](https://e.org)", "[1]\\(https://e.org)"),
        ("[@ear-board]: https://e.org", "[1]\\: https://e.org"),
        ("as in [@ear-board]: a", "as in [1]: a"),
        ("[@lost]", "\\[@lost\\]"),
        ("`a` ~b~ \\*c\\*", "\\`a\\` \\~b\\~ \\*c\\*"),
        ("\\# a\n\\+ b\n1\\. c\n\\- d", "\\# a\n\\+ b\n1\\. c\n\\- d"),
    ],
)
def test_a_body_is_written_again(written: str, rendered: str) -> None:
    assert render_summary(written) == rendered


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain, (simple) text & more: 5 < 6!", "plain, (simple) text & more: 5 &lt; 6\\!"),
        ("# no heading", "\\# no heading"),
        ("2026. A year", "2026\\. A year"),
        ("<script>", "&lt;script&gt;"),
        ("&lt; [x](y) *z* a|b", "&amp;lt; \\[x\\](y) \\*z\\* a\\|b"),
    ],
)
def test_plain_text_is_taken_for_itself(text: str, escaped: str) -> None:
    assert escape_line(text) == escaped
