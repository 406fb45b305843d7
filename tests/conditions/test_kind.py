"""What publishing asks of conditions: content, drafts of the past, problems, renditions."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import reversion
from django.contrib.auth.models import User
from reversion.models import Revision

from calfcms.publishing.actions.restore import restore
from calfcms.publishing.digest import digest_of
from calfcms.publishing.kinds import Content, SourceEdition, get_kind
from calfcms.publishing.models import Document
from calfcms.publishing.problem import Refused
from conditions.actions.save_reference import save_reference
from conditions.draft import ReferenceDraft
from conditions.kind import ConditionKind
from conditions.models import Condition, Section
from conditions.stored import read_draft
from tests.conditions.examples import DRAFT, REFERENCES, make_content, make_draft, make_edition
from tests.conditions.shared_rows import save_page, save_shared_rows

KIND = ConditionKind()


class Shelf:
    """A library with these pages."""

    def __init__(self, *contents: Content) -> None:
        self.contents = contents

    def get_content(self, *, kind: str, slug: str, locale: str) -> Content | None:
        """The page at that address."""
        address = (kind, slug, locale)
        return next((c for c in self.contents if _address(c) == address), None)

    def list_contents(self, *, kind: str) -> list[Content]:
        """All pages."""
        return [content for content in self.contents if content["kind"] == kind]

    def list_translations(self, *, kind: str, slug: str) -> list[Content]:
        """The pages at that address in any locale."""
        return [c for c in self.contents if _address(c)[:2] == (kind, slug)]

    def get_source(self, *, kind: str, slug: str, locale: str, number: int) -> SourceEdition | None:
        """The page at that address, as the one edition that there is of it."""
        content = self.get_content(kind=kind, slug=slug, locale=locale)
        if content is None or number != 1:
            return None
        return SourceEdition(content, is_withdrawn=False, is_recalled=False)


def _address(content: Content) -> tuple[str, str, str]:
    return content["kind"], content["slug"], content["locale"]


@pytest.fixture
def document(editor: User, at: datetime) -> Document:
    """The example page, saved."""
    save_shared_rows(by=editor, at=at)
    return save_page(make_draft(), by=editor, at=at)


def get_last_revision() -> Revision:
    """The newest revision."""
    revision: Revision = Revision.objects.order_by("-pk")[0]
    return revision


def test_the_kind_is_registered() -> None:
    assert isinstance(get_kind("condition"), ConditionKind)


def test_content_has_the_shared_rows_written_out(document: Document) -> None:
    assert KIND.read_content(document) == make_content()


def test_content_gives_back_the_draft(document: Document) -> None:
    assert KIND.draft_of_content(KIND.read_content(document)) == make_draft()


def test_there_is_no_content_without_a_draft(document: Document) -> None:
    with pytest.raises(LookupError, match="has no draft"):
        KIND.read_content(Document(kind="condition", slug="new", locale="en"))


def test_a_corrected_reference_changes_the_digest_of_pages_that_cite_it(
    document: Document, editor: User, at: datetime
) -> None:
    before = digest_of(KIND.read_content(document))

    unchecked = ReferenceDraft(key="ito-2019", csl=REFERENCES["ito-2019"].csl)
    save_reference(reference=unchecked, by=editor, at=at)

    assert digest_of(KIND.read_content(document)) != before


def test_a_revision_holds_the_whole_page(document: Document) -> None:
    models = sorted(v.content_type.model for v in get_last_revision().version_set.all())

    assert models == sorted(
        ["condition", "conditiontopic", "conditioncode", "contributor", "cause", "faq", "figure"]
        + ["section"] * 3
        + ["redflag"] * 2
        + ["redflagreference"]
    )


def test_a_small_change_saves_the_whole_page_in_its_revision_too(
    document: Document, editor: User, at: datetime
) -> None:
    before = get_last_revision().version_set.count()

    save_page(make_draft(faqs=[DRAFT["faqs"][0] | {"answer": "Yes."}]), by=editor, at=at)

    assert get_last_revision().version_set.count() == before


def test_an_old_revision_gives_the_draft_of_then(
    document: Document, editor: User, clock: Callable[[], datetime]
) -> None:
    drafts = [
        make_draft(),
        make_draft(sections=DRAFT["sections"][1:], causes=[], red_flags=DRAFT["red_flags"][::-1]),
        make_draft(sections=[], red_flags=[], faqs=[], topics=[], codes=[], title="Bare"),
    ]
    revisions = [get_last_revision()]
    for draft in drafts[1:]:
        save_page(draft, by=editor, at=clock())
        revisions.append(get_last_revision())

    found = [KIND.draft_of_revision(document, revision) for revision in revisions]

    assert found == drafts
    assert read_draft(document) == drafts[-1]


def test_restoring_a_revision_makes_its_draft_the_draft_again(
    document: Document, editor: User, clock: Callable[[], datetime]
) -> None:
    first = get_last_revision()
    save_page(make_draft(sections=[], red_flags=[]), by=editor, at=clock())

    saved = restore(source=first, document=document, by=editor, at=clock())

    assert saved.changed
    assert read_draft(document) == make_draft()
    assert Section.objects.count() == 3


def test_the_revision_of_another_page_is_refused(
    document: Document, editor: User, at: datetime
) -> None:
    first = get_last_revision()
    other = save_page(make_draft(slug="ear-hum"), by=editor, at=at)

    with pytest.raises(Refused, match="did not save"):
        KIND.draft_of_revision(other, first)


def test_a_revision_of_two_pages_gives_each_its_own(document: Document, editor: User) -> None:
    other = Document.objects.create(
        kind="condition",
        slug="ear-hum",
        locale="en",
        content_id="6f1f9d1c-4d53-4c43-9a3e-0d3c1f4f2b12",
        created_at=document.created_at,
        created_by=editor,
    )
    with reversion.create_revision():
        KIND.write_rows(document, make_draft(title="Ear glow"))
        KIND.write_rows(other, make_draft(slug="ear-hum", title="Ear hum", sections=[]))

    revision = get_last_revision()
    assert KIND.draft_of_revision(document, revision) == make_draft(title="Ear glow")
    assert KIND.draft_of_revision(other, revision).title == "Ear hum"
    assert KIND.draft_of_revision(other, revision).sections == ()


def test_a_revision_from_before_todays_rules_is_refused_with_advice(document: Document) -> None:
    revision = get_last_revision()
    version = revision.version_set.get(content_type__model="cause")
    version.serialized_data = version.serialized_data.replace('"routine"', '"whenever"')
    version.save()

    with pytest.raises(Refused, match="Restore from an edition"):
        KIND.draft_of_revision(document, revision)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"conditions.cause"', '"conditions.reason"'),
        ('"position": 0', '"position": "first"'),
    ],
)
def test_a_revision_of_another_form_of_the_tables_is_refused_with_advice(
    document: Document, old: str, new: str
) -> None:
    revision = get_last_revision()
    version = revision.version_set.get(content_type__model="cause")
    version.serialized_data = version.serialized_data.replace(old, new)
    version.save()

    with pytest.raises(Refused, match="Restore from an edition"):
        KIND.draft_of_revision(document, revision)


def test_problems_depend_on_what_is_published_in_the_same_locale() -> None:
    content = make_content()
    hum = make_content(slug="ear-hum", red_flags=[DRAFT["red_flags"][0] | {"id": "loud"}])

    assert KIND.list_problems(content, Shelf(hum)) == []
    assert {problem.code for problem in KIND.list_problems(content, Shelf())} == {
        "link_to_unpublished_condition"
    }
    elsewhere = {**hum, "locale": "hi"}
    assert KIND.list_problems(content, Shelf(elsewhere))


def test_related_pages_go_by_their_published_titles() -> None:
    hum = make_content(slug="ear-hum", title="Ear hum, live")

    described = KIND.describe(make_content(), Shelf(hum))

    assert described["related"] == [{"slug": "ear-hum", "title": "Ear hum, live"}]


def test_every_format_but_json_is_rendered() -> None:
    content = make_content()

    bodies = KIND.render(make_edition(content), content)

    assert set(bodies) | {"json"} == set(KIND.formats)
    assert all(bodies.values())


def test_cards_show_members_that_an_edition_has() -> None:
    edition: dict[str, Any] = make_edition(make_content())

    assert set(KIND.card_members) <= set(edition)
    assert set(KIND.safety_members) <= set(edition)


def test_rows_are_named_for_people(document: Document) -> None:
    page = Condition.objects.get()

    assert str(page) == DRAFT["title"]
    assert [str(row) for row in page.codes.all()] == ["http://codes.example E1"]
    assert [str(row) for row in page.contributors.all()] == ["Ada Author, author"]
    assert [str(row) for row in page.topic_links.all()] == ["ears"]
