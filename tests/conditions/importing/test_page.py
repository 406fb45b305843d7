"""What JSON-LD becomes of a page, and what is left for a person to look at."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conditions.draft import PublisherDraft, TopicDraft
from conditions.importing.faults import ImportFault
from conditions.importing.notes import About
from conditions.importing.page import ImportedPage, Wishes, import_value
from conditions.importing.parsing import RawPage, parse_page
from tests.conditions.examples import PUBLISHER

PAGES = Path(__file__).parents[1] / "pages"
TOPICS = [TopicDraft(slug="legs", title="Legs"), TopicDraft(slug="elbows", title="Elbows")]
OTHER = PublisherDraft(slug="other", name="Other", url="https://other.example/a")


def import_file(name: str, **wishes: Any) -> ImportedPage:
    return import_one(parse_page(RawPage((PAGES / name).read_bytes())), **wishes)


def import_one(value: Any, **wishes: Any) -> ImportedPage:
    known: dict[str, Any] = {"publishers": [OTHER, PUBLISHER], "topics": TOPICS}
    return import_value(value, Wishes(**known | wishes))


def make_page(**members: Any) -> dict[str, Any]:
    """A small page; members that are None are left out."""
    page = {
        "@type": "MedicalWebPage",
        "name": "Green heel",
        "inLanguage": "en",
        "publisher": {"name": "Demo Library"},
    }
    return {name: value for name, value in (page | members).items() if value is not None}


def list_notes(page: ImportedPage, about: About) -> list[tuple[str, str]]:
    return [(note.pointer, note.value) for note in page.notes if note.about == about]


def refuse(value: Any, **wishes: Any) -> str:
    with pytest.raises(ImportFault) as refused:
        import_one(value, **wishes)
    return str(refused.value)


def test_a_page_of_a_clinic_becomes_a_draft() -> None:
    draft = import_file("whistling-knee.html").draft

    assert (draft.slug, draft.locale) == ("whistling-knee", "en-GB")
    assert draft.title == "Whistling knee: why it happens & what helps"
    assert draft.name == "Whistling knee"
    assert draft.alternate_names == ("singing knee", "stair whistle")
    assert [(code.system, code.code) for code in draft.codes] == [("http://codes.example", "K1")]
    assert draft.topics == ("legs",)
    assert draft.publisher == "demo-library"
    assert draft.license == "https://creativecommons.org/licenses/by/4.0/"
    assert draft.summary.startswith("A knee that whistles")


def test_its_parts_become_sections_with_their_aspects() -> None:
    sections = import_file("whistling-knee.html").draft.sections

    assert [(one.id, one.aspect, one.headline) for one in sections] == [
        ("what-you-hear", "symptoms", "What you hear"),
        ("when-to-get-help", "see_doctor", "When to get help"),
        ("treatments", "treatments", "Treatments"),
    ]
    assert sections[0].body == (
        "A **high** tone, up to 10³ Hz.\n\n"
        "- on [stairs](https://library.example/stairs)\n- when kneeling"
    )
    assert sections[2].body == "- rest: for a week\n- oil"


def test_its_questions_become_questions() -> None:
    [faq] = import_file("whistling-knee.html").draft.faqs

    assert (faq.id, faq.question) == ("will-it-go-away", "Will it go away?")
    assert faq.answer == "Mostly *within a month*."


def test_its_authors_become_contributors_and_its_reviewer_does_not() -> None:
    page = import_file("whistling-knee.html")

    assert [(one.role, one.name, one.credentials) for one in page.draft.contributors] == [
        ("author", "Ola Orchard (fictional)", "BSc, medical writer"),
        ("author", "Library staff", ""),
    ]
    assert "Verified" not in page.draft.model_dump_json()
    assert ("/0/reviewedBy", "Dr Vera Verified (fictional)") in list_notes(page, About.CLAIM)


def test_claimed_reviews_and_dates_are_reported_only() -> None:
    claims = list_notes(import_file("whistling-knee.html"), About.CLAIM)

    assert [pointer for pointer, _ in claims] == [
        "/0/reviewedBy",
        "/0/lastReviewed/0",
        "/0/lastReviewed/1",
        "/0/datePublished",
        "/0/specialty",
    ]


def test_no_page_brings_a_red_flag_but_warnings_are_pointed_out() -> None:
    page = import_file("whistling-knee.html")

    assert page.draft.red_flags == ()
    assert [pointer for pointer, _ in list_notes(page, About.RED_FLAG)] == [
        "/0/hasPart/1/text",
        "/0/hasPart/1",
    ]


def test_everything_else_is_in_the_report_with_its_place() -> None:
    page = import_file("whistling-knee.html")

    assert list_notes(page, About.NOT_MAPPED) == [
        ("/0/hasPart/0/text", ""),
        ("/0/about/code/1", "K2"),
        ("/0/keywords/0", "Knees"),
        ("/0/keywords/1", "noises"),
        ("/0/about/signOrSymptom/0", "a whistle on stairs"),
        ("/1/0/mainEntity/1", "Can I sing along?"),
        ("/0/about/epidemiology", "One knee in a hundred."),
        ("/1/2/telephone", "+00 1 234"),
        ("/1/3", "The site"),
    ]
    assert list_notes(page, About.IMAGE) == [
        ("/0/hasPart/0/text", "note.png"),
        ("/0/image", "https://library.example/knee.jpg"),
    ]
    assert list_notes(page, About.LINK) == [
        ("/0/hasPart/0/text", "https://library.example/stairs"),
        ("/0/hasPart/0/text", "javascript:alert(1)"),
    ]


def test_content_in_the_shape_of_the_nhs_becomes_nested_sections() -> None:
    draft = import_file("velvet-elbow.json").draft

    first, care, diagnosis, rest = draft.sections
    assert (first.aspect, first.headline, first.body) == (
        "overview",
        "What is velvet elbow?",
        "It is soft.",
    )
    assert [(one.headline, one.body) for one in first.sections] == [
        ("How soft", "Very.\n\nSofter than silk.")
    ]
    assert (care.aspect, care.headline) == ("self_care", "Self care")
    assert care.body.startswith("| Day | Do |")
    assert diagnosis.aspect == "diagnosis"
    assert rest.body == "Nobody minds."


def test_what_it_says_twice_is_taken_once() -> None:
    notes = list_notes(import_file("velvet-elbow.json"), About.NOT_MAPPED)

    assert ("/mainEntityOfPage/0/mainEntityOfPage/0/text", "<p>It is soft.</p>") in notes


def test_its_guesses_are_said() -> None:
    pointers = [pointer for pointer, _ in list_notes(import_file("velvet-elbow.json"), About.GUESS)]

    assert pointers == ["", "/hasPart/1", "/hasPart/2/hasHealthAspect", "/hasPart/2", "", ""]


def test_what_the_operator_says_counts_more() -> None:
    draft = import_one(make_page(), slug="my-heel", locale="hi", publisher="other").draft

    assert (draft.slug, draft.locale, draft.publisher) == ("my-heel", "hi", "other")


@pytest.mark.parametrize(
    ("language", "locale"),
    [
        ("en", "en"),
        ("EN_gb", "en-GB"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ({"@type": "Language", "name": "Hindi", "alternateName": "hi"}, "hi"),
        ({"@value": "de"}, "de"),
    ],
)
def test_languages_may_be_written_in_many_ways(language: Any, locale: str) -> None:
    assert import_one(make_page(inLanguage=language)).draft.locale == locale


def test_without_a_language_the_default_is_taken_and_said() -> None:
    page = import_one(make_page(inLanguage=None), default_locale="hi")

    assert page.draft.locale == "hi"
    assert list_notes(page, About.GUESS)[-1][1] == "hi"


@pytest.mark.parametrize(
    "publisher",
    [
        {"name": "OTHER"},
        {"name": "Otherwise", "url": "http://www.other.example/a/"},
        "Other",
        {"@id": "#org"},
    ],
)
def test_a_publisher_is_known_by_name_or_address(publisher: Any) -> None:
    organisation = {"@type": "Organization", "@id": "#org", "name": "Other"}

    draft = import_one([make_page(publisher=publisher), organisation]).draft

    assert draft.publisher == "other"


def test_a_page_may_have_several_types_and_prefixed_names() -> None:
    page = {
        "@type": ["schema:FAQPage", "https://schema.org/MedicalWebPage"],
        "schema:name": "Green heel",
        "http://schema.org/publisher": "Other",
        "schema:mainEntity": {
            "@type": "Question",
            "name": "Why <b>green</b>?",
            "acceptedAnswer": "Moss.",
        },
    }

    draft = import_one({"@context": {"schema": "https://schema.org/"}, "@graph": [page]}).draft

    assert [(faq.question, faq.answer) for faq in draft.faqs] == [("Why green?", "Moss.")]


def test_nodes_are_found_by_their_ids_wherever_they_are() -> None:
    part = {"@id": "#s", "@type": "WebPageElement", "headline": "Causes", "text": "Moss."}
    page = make_page(hasPart=[{"@id": "#s"}, {"@id": "#nowhere"}], about={"@id": "#c"})
    condition = {"@id": "#c", "@type": "MedicalCondition", "name": "Mossy heel"}

    draft = import_one({"@graph": [condition, part, page]}).draft

    assert draft.name == "Mossy heel"
    assert [(one.id, one.body) for one in draft.sections] == [("s", "Moss.")]


def test_sections_deeper_than_ours_become_headings() -> None:
    part: dict[str, Any] = {"headline": "Six", "text": "Deep."}
    for name in ("Five", "Four", "Three", "Two", "One"):
        part = {"headline": name, "hasPart": part}

    section = import_one(make_page(hasPart=part)).draft.sections[0]

    while section.sections:
        [section] = section.sections
    assert (section.headline, section.body) == ("Four", "## Five\n\n## Six\n\nDeep.")


def test_ids_are_unique_and_no_anchors_of_references() -> None:
    parts = [{"@id": "#ref-1", "headline": "ध", "text": f"Text {n}."} for n in range(1)]
    parts += [{"headline": "Moss", "text": f"Moss {n}."} for n in range(2)]

    draft = import_one(make_page(hasPart=parts)).draft

    assert [one.id for one in draft.sections] == ["section", "moss", "moss-2"]


def test_a_plain_text_keeps_its_paragraphs_and_lists() -> None:
    text = "One.\nStill one.\n\n- a\n- b *c*\n\n1. First\n2. Second"

    [section] = import_one(make_page(text=text)).draft.sections

    assert section.body == "One.\nStill one.\n\n- a\n- b \\*c\\*\n\n1. First\n2. Second"


@pytest.mark.parametrize(
    "keywords", ["Legs, Elbows", ["legs", "ELBOWS"], "Heads, shoulders and knees, Legs,Elbows"]
)
def test_keywords_that_are_topics_of_ours_become_topics(keywords: Any) -> None:
    assert import_one(make_page(keywords=keywords)).draft.topics == ("legs", "elbows")


def test_the_title_of_a_topic_may_have_commas() -> None:
    topic = TopicDraft(slug="joints", title="Muscles, bones and joints")

    page = import_one(make_page(keywords=["Muscles, bones and joints"]), topics=[topic])

    assert page.draft.topics == ("joints",)


def test_a_page_without_a_licence_says_so() -> None:
    reasons = [note.reason for note in import_one(make_page()).notes]

    assert any("names no licence" in reason for reason in reasons)


def test_cited_sources_are_reported_with_their_address() -> None:
    citation = {"name": "Moss on heels", "sameAs": "https://doi.org/10.1234/moss"}

    page = import_one(make_page(citation=[citation]))

    assert list_notes(page, About.CITATION) == [
        ("/citation/0", "Moss on heels https://doi.org/10.1234/moss")
    ]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([], "it describes nothing"),
        (7, "it describes nothing"),
        (
            {"@type": "Recipe", "name": "Soup"},
            "it describes Recipe. There must be a MedicalWebPage",
        ),
        (make_page(name=None), "The page has no title. Add `headline` or `name`."),
        (make_page(name="ध"), "No address can be made of 'ध'. Say one: --slug"),
        (make_page(inLanguage="Klingon"), "Its language 'Klingon' is no locale. Say one: --locale"),
        (make_page(publisher=None), "It names no publisher. Say who of ours"),
        (make_page(publisher="Moss & Co"), "publisher (Moss & Co) is not known here. Say who"),
        (make_page(name="x" * 1_001), "title: is 1001 characters long; 1000 are allowed"),
        (make_page(text="x" * 100_001), "sections/0/body: is 100001 characters long"),
        (make_page(text="a\x07b"), "At /text: Character U+0007 at position 2 cannot be published"),
        (make_page(text="a\x00b"), "At /text: Character U+0000 at position 2"),
        (make_page(text="\ud800"), "At /text: Character U+D800"),
        (make_page(text="<b>" * 10_001), "Its texts hold more than 10000 HTML tags"),
        (make_page(text="<div>" * 9_000), "nested more than 60 deep"),
        ([{"n": n} for n in range(20_001)], "It describes more than 20000 things"),
        ([[]] * 200_001, "It holds more than 200000 values"),
    ],
)
def test_what_makes_no_draft_is_refused_with_what_to_do(value: Any, said: str) -> None:
    assert said in refuse(value)


def test_a_deep_nest_of_nodes_is_refused() -> None:
    value: Any = make_page()
    for _ in range(61):
        value = {"hasPart": [value]}

    assert "It is nested more than 60 deep." in refuse(value)


def test_nodes_that_hold_each_other_are_read_once() -> None:
    one = {"@id": "#one", "headline": "One", "text": "1.", "hasPart": {"@id": "#two"}}
    two = {"@id": "#two", "headline": "Two", "text": "2.", "hasPart": [{"@id": "#one"}]}
    page = make_page(hasPart=[{"@id": "#one"}], isPartOf={"@id": "#one"})

    [section] = import_one([page | {"@id": "#page"}, one, two]).draft.sections

    assert [inner.headline for inner in section.sections] == ["Two"]


def test_a_page_that_is_part_of_itself_is_read_once() -> None:
    draft = import_one(make_page(**{"@id": "#p", "hasPart": {"@id": "#p"}, "text": "Moss."})).draft

    assert [section.body for section in draft.sections] == ["Moss."]


def test_references_that_multiply_take_no_time() -> None:
    """Each of sixty nodes refers to the next one ten times: 10⁶⁰ parts if each were read anew."""
    nodes = [
        {"@id": f"#{n}", "headline": f"N{n}", "hasPart": [{"@id": f"#{n + 1}"}] * 10}
        for n in range(50)
    ]
    page = make_page(hasPart=[{"@id": "#0"}] * 10)

    draft = import_one([page, *nodes, {"@id": "#50", "text": "Moss."}]).draft

    assert "Moss." in draft.model_dump_json()


def test_a_chain_of_references_without_end_is_refused() -> None:
    nodes = [{"@id": f"#{n}", "text": "x", "hasPart": {"@id": f"#{n + 1}"}} for n in range(5_000)]

    assert "more than 60 deep" in refuse([make_page(hasPart={"@id": "#0"}), *nodes])


def test_several_pages_are_named() -> None:
    value = parse_page(RawPage((PAGES / "two-pages.jsonld").read_bytes()))

    said = refuse(value)

    assert "There are 2 pages in it" in said
    assert "'https://library.example/one', 'https://library.example/two'" in said
    assert "name one with --page" in said


@pytest.mark.parametrize("wish", ["https://library.example/two", "Green heel"])
def test_one_of_several_can_be_chosen(wish: str) -> None:
    assert import_file("two-pages.jsonld", page=wish).draft.title == "Green heel"


def test_a_page_that_is_not_there_is_refused_naming_those_that_are() -> None:
    value = parse_page(RawPage((PAGES / "two-pages.jsonld").read_bytes()))

    assert "There is no page 'Red heel' in it. There is: " in refuse(value, page="Red heel")


names = st.sampled_from(
    (
        *("@id", "@type", "@graph", "@value", "@list", "name", "headline", "text", "description"),
        *("hasPart", "mainEntity", "mainEntityOfPage", "about", "acceptedAnswer", "author", "code"),
        *("hasHealthAspect", "publisher", "inLanguage", "keywords", "breadcrumb", "reviewedBy"),
        *("itemListElement", "item", "cause", "possibleTreatment", "license", "audience", "url"),
    )
)
texts = st.sampled_from(
    (
        *("MedicalWebPage", "FAQPage", "Question", "MedicalCondition", "BreadcrumbList"),
        *("WebPageElement", "https://schema.org/SymptomsHealthAspect", "Demo Library", "en"),
        *("#a", "#b", "http://[", "\u200b", " ", "1. ", "- a\n - b"),
        *("<p>a<b>b", "&amp;#0;", "<a href='http://['>x</a>"),
    )
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=5),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(values, values)
def test_any_json_makes_a_draft_or_a_clear_refusal(one: Any, other: Any) -> None:
    page = make_page(hasPart=one, mainEntity=other, author=other, about=one)

    for value in (one, [one, other], [page, one, other]):
        with suppress(ImportFault):
            assert import_one(value).draft.title
