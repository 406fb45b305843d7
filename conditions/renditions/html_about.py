"""Who stands behind an edition: its review, the people, the publisher and the licence."""

from collections.abc import Iterator
from html import escape
from typing import Any

from conditions.html_style import write_link
from conditions.renditions.html_parts import write_block
from conditions.renditions.labels import Labels

Edition = dict[str, Any]


def write_about(edition: Edition, labels: Labels) -> str:
    review = edition["review"]
    lines = [f"<p>{write_last_review(review, labels)}</p>"]
    if "unsigned" in review:
        lines.append(f"<p>{escape(labels.say_unsigned(review['unsigned']))}</p>")
    if review["next_review_due"]:
        lines.append(
            f"<p>{labels.next_review}: {write_time(review['next_review_due'], labels)}</p>"
        )
    lines += [_write_sign_off(sign_off, labels) for sign_off in review["sign_offs"]]
    lines += [_write_contributor(contributor, labels) for contributor in edition["contributors"]]
    number = f"{labels.edition} {int(edition['edition'])}"
    published = write_time(edition["published_at"], labels)
    lines.append(f"<p>{number}. {labels.published}: {published}</p>")
    lines += _write_ownership(edition, labels)
    return write_block("about", labels.about, lines)


def _write_sign_off(sign_off: dict[str, Any], labels: Labels) -> str:
    reviewer = sign_off["reviewer"]
    who = ", ".join(
        filter(None, [reviewer["name"], reviewer["credentials"], reviewer["registration"]])
    )
    signed = write_time(sign_off["signed_at"], labels)
    conflicts = escape(sign_off["conflicts_of_interest"] or "")
    role = labels.sign_off_roles[sign_off["role"]]
    return (
        f"<p>{labels.signed_by} {escape(who)} ({role}), {signed}."
        f" {labels.conflicts}: {conflicts}</p>"
    )


def _write_contributor(contributor: dict[str, str], labels: Labels) -> str:
    role = labels.contributor_roles[contributor["role"]]
    who = ", ".join(filter(None, [contributor["name"], contributor["credentials"]]))
    return f"<p>{role}: {escape(who)}</p>"


def _write_ownership(edition: Edition, labels: Labels) -> Iterator[str]:
    publisher = edition["publisher"]
    link = write_link(publisher["url"], escape(publisher["name"]))
    yield f"<p>{labels.publisher}: {link}</p>"
    if edition["license"]:
        yield f"<p>{labels.license}: {escape(edition['license'])}</p>"
    if edition["attribution"]:
        yield f"<p>{escape(edition['attribution'])}</p>"


def write_warning(name: str, text: str) -> str:
    """A sentence that nobody should miss, before everything else."""
    return f'<p class="{name}"><strong>{escape(text)}</strong></p>'


def write_translation(translation: dict[str, Any], labels: Labels) -> str:
    """What the page translates, and the way there."""
    source = translation["of"]
    address = escape(f"{source['url']}&format=html")
    link = f'<a href="{address}" hreflang="{escape(source["locale"])}">{labels.read_source}</a>'
    return f'<p class="translation"><strong>{escape(translation["note"])}</strong> {link}</p>'


def write_last_review(review: dict[str, Any], labels: Labels) -> str:
    date = review["last_reviewed"]
    return f"{labels.last_reviewed}: {write_time(date, labels)}" if date else labels.not_reviewed


def write_time(date: str, labels: Labels) -> str:
    return f'<time datetime="{escape(date)}">{escape(labels.say_date(date))}</time>'
