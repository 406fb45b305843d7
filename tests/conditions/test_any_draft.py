"""Whatever can be written as a draft can be rendered: whole, valid and harmless in every format."""

import json
import re
from itertools import pairwise
from typing import Any

import html5lib
from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt
from pyld import jsonld

from calfcms.publishing.digest import canonical_json
from conditions.checks import list_problems
from conditions.content import Content
from conditions.document import draft_of_content, to_content
from conditions.draft import ConditionDraft
from conditions.renditions import render_all
from tests.conditions.examples import PUBLISHER, REFERENCES, TOPICS, make_edition
from tests.conditions.schema_org import list_unknown_terms, load_context
from tests.conditions.strategies import drafts

few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])

TAGS = {
    *("article", "header", "section", "nav", "h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol"),
    *("li", "a", "em", "strong", "br", "hr", "blockquote", "table", "thead", "tbody", "tr", "th"),
    *("td", "figure", "picture", "source", "img", "figcaption", "small", "time"),
}
ATTRIBUTES = {
    *("id", "class", "lang", "dir", "href", "hreflang", "role", "aria-label", "aria-labelledby"),
    *("scope", "start", "alt", "src", "srcset", "type", "loading", "datetime"),
    *("data-slug", "data-edition", "data-condition", "data-part"),
}


def publish(draft: ConditionDraft) -> tuple[dict[str, Any], dict[str, bytes]]:
    content = make_content(draft)
    edition = make_edition(content)
    return edition, render_all(edition, content)


def make_content(draft: ConditionDraft) -> Content:
    return to_content(draft, references=REFERENCES, publisher=PUBLISHER, topics=TOPICS)


def list_elements(html: bytes) -> list[tuple[str, dict[str, str]]]:
    """What a browser sees, from a parser that stops at the first error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root = parser.parseFragment(html.decode())
    return [(element.tag, element.attrib) for element in root.iter()][1:]


@few
@given(drafts)
def test_its_content_goes_back_to_the_draft(draft: ConditionDraft) -> None:
    content = make_content(draft)

    assert draft_of_content(json.loads(canonical_json(content))) == draft


@few
@given(drafts)
def test_it_can_be_checked(draft: ConditionDraft) -> None:
    published: dict[str, Content] = {}

    problems = list_problems(make_content(draft), get_condition=published.get)

    found = "no_review_interval" in {problem.code for problem in problems}
    assert found == (draft.risk_class is None)


@few
@given(drafts)
def test_its_json_has_a_canonical_form(draft: ConditionDraft) -> None:
    edition, _ = publish(draft)

    assert json.loads(canonical_json(edition)) == edition


@few
@given(drafts)
def test_its_html_is_valid_and_holds_only_what_pages_are_made_of(draft: ConditionDraft) -> None:
    elements = list_elements(publish(draft)[1]["html"])

    assert {tag for tag, _ in elements} <= TAGS
    assert {name for _, attributes in elements for name in attributes} <= ATTRIBUTES


@few
@given(drafts)
def test_its_links_lead_to_the_web_or_to_a_page(draft: ConditionDraft) -> None:
    elements = list_elements(publish(draft)[1]["html"])

    hrefs = [attributes["href"] for _, attributes in elements if "href" in attributes]
    assert all(re.match(r"https?://|#|/api/v1/conditions/", href) for href in hrefs)


@few
@given(drafts)
def test_its_anchors_are_unique_and_every_reference_is_there(draft: ConditionDraft) -> None:
    edition, renditions = publish(draft)
    elements = list_elements(renditions["html"])

    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    pointed_at = {attributes.get("href", "") for _, attributes in elements}
    wanted = {href[1:] for href in pointed_at if re.match("#(ref-|page--)", href)}
    parts = [*edition["sections"], *edition["causes"], *edition["red_flags"]]
    parts += [*edition["faqs"], *edition["figures"]]
    assert len(ids) == len(set(ids))
    assert wanted | {part["id"] for part in parts} <= set(ids)


@few
@given(drafts)
def test_its_headings_skip_no_level(draft: ConditionDraft) -> None:
    elements = list_elements(publish(draft)[1]["html"])

    levels = [int(tag[1]) for tag, _ in elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@few
@given(drafts)
def test_its_json_ld_expands_with_terms_of_schema_org_only(draft: ConditionDraft) -> None:
    graph = json.loads(publish(draft)[1]["jsonld"])

    options = {"documentLoader": load_context, "base": "https://page.example/"}
    expanded = jsonld.expand(graph, options)
    assert list_unknown_terms(graph["@graph"]) == []
    assert all(node["@id"].startswith("https://page.example/#") for node in expanded)
    assert len(expanded) == len(graph["@graph"])


@few
@given(drafts)
def test_its_json_ld_can_stand_in_a_script_element(draft: ConditionDraft) -> None:
    body = publish(draft)[1]["jsonld"].decode()

    assert not re.search("[<>&\u2028\u2029]", body)


@few
@given(drafts)
def test_its_markdown_is_harmless_to_a_reader_that_allows_html(draft: ConditionDraft) -> None:
    markdown = publish(draft)[1]["md"].decode()

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.validateLink = bool  # type: ignore[assignment,method-assign]
    tokens = [t for token in parser.parse(markdown) for t in (token, *(token.children or ()))]
    links = [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]
    images = [str(token.attrs["src"]) for token in tokens if token.type == "image"]
    sources = [source.url for figure in draft.figures for source in figure.sources]
    assert not {token.type for token in tokens} & {"html_block", "html_inline", "fence", "s_open"}
    assert all(re.match(r"https?://|/api/v1/conditions/", href) for href in links)
    assert len(images) <= len(sources)


@few
@given(drafts)
def test_its_words_are_all_there(draft: ConditionDraft) -> None:
    html = publish(draft)[1]["html"].decode()

    seen = "".join(html5lib.parseFragment(html, namespaceHTMLElements=False).itertext())
    causes = [cause.name for cause in draft.causes]
    signs = [text for flag in draft.red_flags for text in (flag.sign, flag.action, *flag.suspects)]
    questions = [faq.question for faq in draft.faqs]
    for text in [draft.title, *causes, *signs, *questions]:
        assert text in seen
