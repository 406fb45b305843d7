"""What publishing asks of protocols: content, drafts of the past, problems, cards."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User
from reversion.models import Revision

from calfcms.publishing.actions.restore import restore
from calfcms.publishing.actions.save_draft import save_draft
from calfcms.publishing.digest import digest_of
from calfcms.publishing.kinds import Effect, get_kind
from calfcms.publishing.models import Document, Edition, Event
from calfcms.publishing.problem import Refused
from conditions.actions.save_reference import save_reference
from conditions.draft import ReferenceDraft
from tests.triage.conftest import Clock, Press
from tests.triage.examples import (
    CASES,
    DRAFT,
    REFERENCES,
    change_part,
    drop_part,
    make_case_set,
    make_content,
    make_draft,
)
from triage.content import ANSWERING
from triage.kind import ProtocolKind
from triage.models import Finding, Protocol, ScoreItem
from triage.stored import read_draft

KIND = ProtocolKind()


@pytest.fixture
def document(press: Press) -> Document:
    """The example protocol, saved."""
    return press.save_protocol()


def get_last_revision() -> Revision:
    revision: Revision = Revision.objects.order_by("-pk")[0]
    return revision


def test_the_kind_is_registered() -> None:
    assert isinstance(get_kind("protocol"), ProtocolKind)


def test_content_has_the_shared_rows_written_out(document: Document) -> None:
    assert KIND.read_content(document) == make_content()


def test_content_gives_back_the_draft(document: Document) -> None:
    assert KIND.draft_of_content(KIND.read_content(document)) == make_draft()


def test_there_is_no_content_without_a_draft(db: None) -> None:
    with pytest.raises(LookupError, match="has no draft"):
        KIND.read_content(Document(kind="protocol", slug="new", locale="en"))


def test_a_corrected_reference_changes_the_digest_of_protocols_that_rest_on_it(
    document: Document, editor: User, at: datetime
) -> None:
    before = digest_of(KIND.read_content(document))

    unchecked = ReferenceDraft(key="ito-2019", csl=REFERENCES["ito-2019"].csl)
    save_reference(reference=unchecked, by=editor, at=at)

    assert digest_of(KIND.read_content(document)) != before


def test_a_revision_holds_the_whole_protocol(document: Document) -> None:
    models = sorted(version.content_type.model for version in get_last_revision().version_set.all())

    assert models == sorted(
        ["protocol", "score"]
        + ["finding"] * len(DRAFT["findings"])
        + ["rule"] * len(DRAFT["rules"])
        + ["scoreitem"] * 4
        + ["cause"] * 2
    )


def test_a_revision_from_before_there_were_risk_classes_and_cases_gives_its_draft(
    document: Document,
) -> None:
    revision = get_last_revision()
    [root] = revision.version_set.filter(content_type__model="protocol")
    root.serialized_data = root.serialized_data.replace('"risk_class": "", ', "")
    root.save()

    assert "risk_class" not in root.serialized_data
    assert KIND.draft_of_revision(document, revision) == make_draft()


def test_the_cases_are_in_the_revision_too(document: Document, press: Press) -> None:
    changes = {"risk_class": "high", **make_case_set(*CASES.values())}
    press.save_protocol(**changes)
    revision = get_last_revision()
    press.save_protocol()

    assert KIND.draft_of_revision(document, revision) == make_draft(**changes)


def test_a_reviewer_sees_the_cases_that_are_answered_differently() -> None:
    before = make_content(**make_case_set(*CASES.values()))
    after = make_content(
        **make_case_set(*CASES.values()), **change_part("rules", "glow_or_fever", urgency="routine")
    )

    [effect] = KIND.list_effects(before, after)

    assert effect == Effect(
        title="Our cases: The gum glows and the baby is hot.",
        before="urgent",
        after="routine",
        note="9 months; present: fever, glowing gum; expected: urgent; "
        "was answered well enough before",
        is_worse=True,
    )


def test_a_protocol_that_cannot_be_compiled_has_no_effects() -> None:
    broken = make_content(
        **make_case_set(*CASES.values()), **change_part("rules", "smoke_seen", when="smok")
    )

    assert KIND.list_effects(make_content(), broken) == []


def test_other_kinds_have_no_effects() -> None:
    assert get_kind("condition").list_effects({}, {}) == []


def test_a_small_change_saves_the_whole_protocol_in_its_revision_too(
    document: Document, press: Press
) -> None:
    before = get_last_revision().version_set.count()

    press.save_protocol(**change_part("rules", "smoke_seen", reason="Fire."))

    assert get_last_revision().version_set.count() == before


def test_saving_the_same_again_writes_nothing(document: Document, press: Press) -> None:
    counts = Revision.objects.count(), Event.objects.count()

    saved = save_draft(
        kind="protocol",
        slug="tooth-hum",
        locale="en",
        draft=make_draft(),
        by=press.editor,
        at=press.clock(),
    )

    assert not saved.changed
    assert (Revision.objects.count(), Event.objects.count()) == counts


def test_an_old_revision_gives_the_draft_of_then(document: Document, press: Press) -> None:
    changes = [
        {},
        {**drop_part("rules", "high_score"), "scores": [], "gates": ["smoke"]},
        {"findings": [], "rules": [], "scores": [], "causes": [], "conflicts": [], "title": "Bare"},
    ]
    revisions = [get_last_revision()]
    for change in changes[1:]:
        press.save_protocol(**change)
        revisions.append(get_last_revision())

    found = [KIND.draft_of_revision(document, revision) for revision in revisions]

    assert found == [make_draft(**change) for change in changes]


def test_restoring_a_revision_makes_its_draft_the_draft_again(
    document: Document, press: Press
) -> None:
    first = get_last_revision()
    press.save_protocol(findings=[], scores=[])

    saved = restore(source=first, document=document, by=press.editor, at=press.clock())

    assert saved.changed
    assert read_draft(document) == make_draft()
    assert (Finding.objects.count(), ScoreItem.objects.count()) == (8, 4)


def test_restoring_an_edition_makes_its_draft_the_draft_again(
    published: Edition, press: Press
) -> None:
    press.publish_protocol(title="Another title")

    saved = restore(
        source=published, document=published.document, by=press.editor, at=press.clock()
    )

    assert saved.changed
    assert read_draft(published.document) == make_draft()


def test_the_revision_of_another_protocol_is_refused(document: Document, press: Press) -> None:
    first = get_last_revision()
    other = press.save_protocol(slug="gum-fire")

    with pytest.raises(Refused, match="did not save"):
        KIND.draft_of_revision(other, first)


@pytest.mark.parametrize(
    ("model", "old", "new"),
    [
        ("finding", '"symptom"', '"omen"'),
        ("cause", '"triage.cause"', '"triage.reason"'),
        ("cause", '"position": 0', '"position": "first"'),
    ],
)
def test_a_revision_from_before_todays_rules_is_refused_with_advice(
    document: Document, model: str, old: str, new: str
) -> None:
    revision = get_last_revision()
    for version in revision.version_set.filter(content_type__model=model):
        version.serialized_data = version.serialized_data.replace(old, new)
        version.save()

    with pytest.raises(Refused, match="Restore from an edition"):
        KIND.draft_of_revision(document, revision)


def test_a_change_to_what_answers_depend_on_is_one_of_safety(
    published: Edition, press: Press, clock: Clock
) -> None:
    content = make_content()

    assert set(KIND.safety_members) == {*ANSWERING, "case_sets"}
    assert set(KIND.safety_members) <= set(content)
    assert "title" not in KIND.safety_members


def test_cards_show_members_that_an_edition_has() -> None:
    assert set(KIND.card_members) <= set(KIND.describe(make_content(), library=None))  # type: ignore[arg-type]


def test_protocols_are_published_as_json_only(published: Edition) -> None:
    assert set(KIND.formats) == {"json"}
    assert set(published.renditions.values_list("format", flat=True)) == {
        *("json", "card"),
        "scorecard",
    }


def test_rows_are_named_for_people(document: Document) -> None:
    protocol = Protocol.objects.get()

    assert str(protocol) == DRAFT["title"]
    assert str(Finding.objects.all()[0]) == "hum"
    assert str(ScoreItem.objects.all()[0]) == "jaw"
