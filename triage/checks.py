"""Every reason why a protocol, or a page that one answers for, must not be published. Pure.

The red flags on a page and the answers of triage can never disagree: a protocol is refused where a
red flag of its pages has no rule at its urgency, and a page where its red flags lose theirs.
"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from calfcms.publishing.kinds import Content, Library
from calfcms.publishing.problem import Problem
from calfcms.urgency import Urgency
from conditions.content import list_public_parts
from conditions.markdown import list_condition_links
from conditions.review_checks import check_review_interval
from triage.case_checks import GetLive, list_case_problems
from triage.compilation import CompilationError, compile_definition, describe_fault
from triage.core.checks import list_problems as list_protocol_problems
from triage.proof.kept import get_proof

if TYPE_CHECKING:
    from triage.proof.proving import Proof


def list_problems(
    content: Content, library: Library, *, today: date, get_live: GetLive = lambda: None
) -> list[Problem]:
    """Every reason against publishing this protocol; `get_live` gives what it would replace.

    What nothing else stands against for good must be proved: see `triage.proof`.
    """
    problems = [
        *_list_core_problems(content, get_live),
        *_list_missing_references(content),
        *_list_page_problems(content, library),
        *_list_link_problems(content, library),
        *_list_part_problems(content, library),
        *check_review_interval(content),
        *_list_overdue_rules(content, today),
        *_list_empty_members(content),
    ]
    if any(not problem.is_acceptable for problem in problems):
        return problems
    return [*problems, *prove(content, library).problems]


def prove(content: Content, library: Library) -> "Proof":
    """The proof of a protocol that can be compiled, for the red flags of its pages."""
    pages = [_find_page(content, library, slug) for slug in content["conditions"]]
    red_flags = {
        f"{page['slug']}/{flag['id']}": Urgency(flag["urgency"])
        for page in pages
        if page
        for flag in page["red_flags"]
    }
    return get_proof(compile_definition(content), red_flags)


def list_condition_problems(content: Content, library: Library) -> list[Problem]:
    """Every reason against publishing this page that lies in the protocols that answer for it.

    Those that answer for the page that it translates answer for a translation too: red flags keep
    their ids in every language, and a protocol in its own language may not be there.
    """
    locales = {content["locale"]}
    if source := content.get("translation_of"):
        locales.add(source["locale"])
    return [
        problem
        for protocol in library.list_contents(kind="protocol")
        if content["slug"] in protocol["conditions"] and protocol["locale"] in locales
        for problem in _list_disagreements(content, protocol)
    ]


def _list_disagreements(page: Content, protocol: Content) -> Iterator[Problem]:
    for number, flag in enumerate(page["red_flags"]):
        if not _has_rule(protocol, page["slug"], flag):
            yield _say_without_rule(flag, protocol["slug"], f"/red_flags/{number}")
    for _, path in _list_unknown_flags(protocol, page):
        yield Problem(
            "red_flag_still_answered",
            f"The protocol `{protocol['slug']}` has a rule for `{path}`, which this page has not.",
            "Keep the red flag, or publish the protocol without it together with the page.",
            "/red_flags",
        )
    for path in sorted(_list_lost_parts(page, protocol)):
        yield Problem(
            "part_still_named",
            f"The protocol `{protocol['slug']}` describes a cause at `{path}`, which this page "
            "has not.",
            "Keep that part, or publish the protocol without it together with the page.",
        )


def _list_lost_parts(page: Content, protocol: Content) -> set[str]:
    """The parts of this page where the protocol says that causes are described, and which it has
    not. Editions from before there was such a member name none; a translation may leave parts out.
    """
    if page["locale"] != protocol["locale"]:
        return set()
    named = {path for cause in protocol["causes"] if (path := cause.get("described_at"))}
    return {path for path in named if path.startswith(f"{page['slug']}/")} - {
        f"{page['slug']}/{part}" for part in list_public_parts(page)
    }


def _list_core_problems(content: Content, get_live: GetLive) -> list[Problem]:
    try:
        protocol = compile_definition(content)
    except CompilationError as error:
        return list(error.problems)
    return [
        *(describe_fault(fault, content) for fault in list_protocol_problems(protocol)),
        *list_case_problems(content, protocol, get_live=get_live),
    ]


def _list_missing_references(content: Content) -> Iterator[Problem]:
    known = {reference["key"] for reference in content["references"]}
    for pointer, key in _walk_references(content):
        if key not in known:
            yield Problem(
                "reference_missing",
                f"There is no reference with the key `{key}`.",
                "Add it to the references, or correct the key.",
                pointer,
            )


def _walk_references(content: Content) -> Iterator[tuple[str, str]]:
    """Every key that is named, with its place."""
    for number, score in enumerate(content["scores"]):
        yield from _point_at(score["references"], f"/scores/{number}/references")
        for place, claim in enumerate(score["performance"]):
            yield f"/scores/{number}/performance/{place}/reference", claim["reference"]
    for number, rule in enumerate(content["rules"]):
        yield from _point_at(rule["references"], f"/rules/{number}/references")
        for place, view in enumerate(rule["disagreement"]["views"] if rule["disagreement"] else ()):
            pointer = f"/rules/{number}/disagreement/views/{place}/references"
            yield from _point_at(view["references"], pointer)


def _point_at(keys: list[str], pointer: str) -> Iterator[tuple[str, str]]:
    return ((f"{pointer}/{place}", key) for place, key in enumerate(keys))


def _list_page_problems(content: Content, library: Library) -> Iterator[Problem]:
    for number, slug in enumerate(content["conditions"]):
        page = _find_page(content, library, slug)
        if page is None:
            yield Problem(
                "condition_not_published",
                f"The page `{slug}`, which this protocol answers for, is not published.",
                "Publish it first or together with the protocol, or take it off the list.",
                f"/conditions/{number}",
            )
            continue
        yield from _list_red_flag_problems(content, page)


def _find_page(content: Content, library: Library, slug: str) -> Content | None:
    """The published page in the protocol's language; for a translation, else in its source's."""
    return next(iter(_list_pages(content, library, slug)), None)


def _list_pages(content: Content, library: Library, slug: str) -> list[Content]:
    locales = [content["locale"]]
    if source := content.get("translation_of"):
        locales.append(source["locale"])
    pages = (library.get_content(kind="condition", slug=slug, locale=one) for one in locales)
    return [page for page in pages if page]


def _list_red_flag_problems(content: Content, page: Content) -> Iterator[Problem]:
    for pointer, path in _list_unknown_flags(content, page):
        yield Problem(
            "red_flag_unknown",
            f"The page `{page['slug']}` has no red flag `{path.partition('/')[2]}`.",
            "Correct the id, or publish the page with that red flag together with this.",
            pointer,
        )
    for flag in page["red_flags"]:
        if not _has_rule(content, page["slug"], flag):
            yield _say_without_rule(flag, content["slug"], "/rules", page=page["slug"])


def _list_unknown_flags(protocol: Content, page: Content) -> Iterator[tuple[str, str]]:
    """The red flags of rules that the page does not have, with where they stand."""
    known = {f"{page['slug']}/{flag['id']}" for flag in page["red_flags"]}
    for number, rule in enumerate(protocol["rules"]):
        for place, path in enumerate(rule["red_flags"]):
            if path.partition("/")[0] == page["slug"] and path not in known:
                yield f"/rules/{number}/red_flags/{place}", path


def _has_rule(protocol: Content, slug: str, flag: dict[str, Any]) -> bool:
    path = f"{slug}/{flag['id']}"
    rank = Urgency(flag["urgency"]).rank
    return any(
        path in rule["red_flags"] and Urgency(rule["urgency"]).rank >= rank
        for rule in protocol["rules"]
    )


def _say_without_rule(flag: dict[str, Any], protocol: str, pointer: str, page: str = "") -> Problem:
    of_page = f" of the page `{page}`" if page else ""
    return Problem(
        "red_flag_without_rule",
        f"The red flag `{flag['id']}`{of_page} has no rule that is at least {flag['urgency']} "
        f"in the protocol `{protocol}`.",
        "Give it one, and publish both together; page and answer must not disagree.",
        pointer,
    )


def _list_link_problems(content: Content, library: Library) -> Iterator[Problem]:
    links = [
        (f"/causes/{number}/condition", cause["condition"])
        for number, cause in enumerate(content["causes"])
        if cause["condition"]
    ]
    links += [("/summary", link.slug) for link in list_condition_links(content["summary"])]
    for pointer, slug in links:
        if _find_page(content, library, slug) is None:
            yield Problem(
                "link_to_unpublished_condition",
                f"The protocol links to `{slug}`, which is not published.",
                "Publish that page first or together with this, or remove the link.",
                pointer,
            )


def _list_part_problems(content: Content, library: Library) -> Iterator[Problem]:
    """Causes that are said to be described on a page, or a part of one, that readers do not get."""
    for number, cause in enumerate(content["causes"]):
        slug, _, part = (cause["described_at"] or "").partition("/")
        if not slug:
            continue
        pages = _list_pages(content, library, slug)
        if not any(part in list_public_parts(page) for page in pages):
            place = f"the part `{part}` of the page `{slug}`" if pages else f"the page `{slug}`"
            yield Problem(
                "description_not_published",
                f"The cause `{cause['id']}` is described at {place}, which is not published.",
                "Correct it, or publish the page with that part first or together with this.",
                f"/causes/{number}/described_at",
            )


def _list_overdue_rules(content: Content, today: date) -> Iterator[Problem]:
    """Demonstration content is for nobody's care, and is published whatever the year."""
    if content["publisher"]["is_demonstration"]:
        return
    for number, rule in enumerate(content["rules"]):
        if rule["review_due"] and date.fromisoformat(rule["review_due"]) < today:
            yield Problem(
                "review_overdue",
                f"The rule `{rule['id']}` was to be reviewed by {rule['review_due']}.",
                "Look at its evidence again, and set the day of the next review.",
                f"/rules/{number}/review_due",
            )


def _list_empty_members(content: Content) -> Iterator[Problem]:
    for member in ("summary", "disclaimer"):
        if not content[member]:
            yield Problem(
                f"{member}_missing",
                f"The protocol has no {member}.",
                "Say what it is for, for whom, and that it is no diagnosis.",
                f"/{member}",
            )
