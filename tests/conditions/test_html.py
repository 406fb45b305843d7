"""The article: what it holds, in which order, and how it can be reached."""

import re
from itertools import pairwise
from typing import Any

import html5lib
import pytest

from conditions.renditions.html import render_html
from tests.conditions.examples import make_content, make_edition


def render(**changes: Any) -> str:
    return render_html(make_edition(make_content(**changes))).decode()


def list_headings(html: str) -> list[str]:
    return re.findall(r"<(h[1-6])[ >]", html)


def test_it_is_one_article_in_its_language() -> None:
    html = render(locale="en-GB")

    assert html.startswith(
        '<article class="condition" lang="en-GB" data-slug="ear-glow" data-edition="3">'
    )
    assert html.endswith("</article>\n")


def test_its_blocks_are_in_order_with_red_flags_first() -> None:
    blocks = re.findall(r'<h2 id="page--([a-z-]+)"', render())

    assert blocks == [
        *("red-flags", "summary", "contents", "causes", "figures", "faqs", "related"),
        *("references", "about", "disclaimer"),
    ]


def test_it_is_valid() -> None:
    parser = html5lib.HTMLParser(strict=True)

    parser.parseFragment(render())

    assert parser.errors == []


def test_every_part_is_an_anchor() -> None:
    html = render()

    for part_id in ("symptoms", "at-night", "hum", "smoke", "flicker", "catching", "picture"):
        assert html.count(f' id="{part_id}"') == 1


def test_a_section_for_one_partner_is_not_there() -> None:
    assert "our clinic" not in render()


def test_red_flags_are_grouped_with_the_most_urgent_first() -> None:
    flags = [
        {"id": "a", "sign": "A", "urgency": "routine"},
        {"id": "b", "sign": "B", "urgency": "emergency"},
        {"id": "c", "sign": "C", "urgency": "urgent"},
        {"id": "d", "sign": "D", "urgency": "emergency"},
    ]

    html = render(red_flags=flags)

    assert re.findall(r'<li id="([a-d])">', html) == ["b", "d", "c", "a"]
    assert re.findall(r'<h3 class="urgency-(\w+)">', html) == ["emergency", "urgent", "routine"]


def test_a_red_flag_says_what_to_do_what_it_may_be_and_on_which_source() -> None:
    html = render()

    flag = html[html.index('<li id="smoke">') : html.index("</li>")]
    assert "<strong>Smoke from the ear</strong>" in flag
    assert "<p>Call an ambulance.</p>" in flag
    assert "May be a sign of: ear fire" in flag
    assert 'href="#ref-2"' in flag


def test_questions_are_headings_and_nothing_is_folded_away() -> None:
    html = render()

    assert "<h3>Is it catching?</h3>" in html
    assert "<details" not in html


def test_references_are_numbered_anchors_with_links() -> None:
    html = render()

    assert '<li id="ref-1">Ear Board. Glowing ears [Internet]. <a href="https://ears' in html
    assert '<a href="https://doi.org/10.1234/jim.2019.45">doi:10.1234/jim.2019.45</a>' in html
    assert '(checked on <time datetime="2026-11-20">20 November 2026</time>)' in html


def test_a_picture_has_its_files_its_alt_text_and_its_credit() -> None:
    html = render()

    assert '<source type="image/webp" srcset="https://img.example/ear.webp 800w">' in html
    assert 'alt="An ear that glows" loading="lazy">' in html
    assert "<figcaption>A glowing ear <small>Credit: Ann Artist</small></figcaption>" in html


def test_the_review_is_told_with_its_days() -> None:
    html = render()

    assert 'Last reviewed: <time datetime="2026-11-21">21 November 2026</time>' in html
    assert 'Next review due: <time datetime="2027-11-21">21 November 2027</time>' in html
    assert "Signed by Rex Reviewer (fictional), demonstration only" in html
    assert "Conflicts of interest: none declared" in html


def test_a_page_that_no_clinician_reviewed_says_so() -> None:
    edition = make_edition(make_content())
    edition["review"] = {"last_reviewed": None, "next_review_due": None, "sign_offs": []}

    assert "Not yet reviewed by a clinician" in render_html(edition).decode()


def test_demonstration_content_says_so_at_the_top() -> None:
    html = render()

    assert html.index("Demonstration content") < html.index("page--red-flags")


def test_headings_go_down_one_level_at_a_time() -> None:
    section = {"id": "a", "aspect": "overview", "headline": "A", "body": "###### deep"}

    headings = list_headings(render(sections=[section]))

    levels = [int(heading[1]) for heading in headings]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(
    "changes",
    [
        {"title": '<script>"x"</script>'},
        {"alternate_names": ['<script>"x"</script>']},
        {"attribution": '<script>"x"</script>'},
        {"license": '<script>"x"</script>'},
        {"disclaimer": '<script>"x"</script>'},
        {"red_flags": [{"id": "a", "sign": "<script>", "urgency": "urgent", "action": "<script>"}]},
        {"contributors": [{"role": "author", "name": "<script>", "credentials": "<script>"}]},
        {"figures": [{"id": "a", "alt": '"><script>', "caption": "<script>"}]},
    ],
)
def test_plain_text_is_escaped(changes: dict[str, Any]) -> None:
    html = render(**changes)

    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_an_empty_page_has_no_empty_blocks() -> None:
    bare = dict.fromkeys(
        ["sections", "causes", "red_flags", "faqs", "figures", "related", "contributors"], ()
    )

    html = render(**bare, summary="", disclaimer="")

    assert re.findall(r'<h2 id="page--([a-z-]+)"', html) == ["about"]
