"""The parts of a page as HTML, each with its own id as the anchor."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from conditions.html_style import write_citation, write_link
from conditions.links import LinkOf
from conditions.renditions.labels import Labels, group_by_urgency

Part = dict[str, Any]


def write_block(name: str, heading: str, lines: Iterable[str]) -> str:
    """A block of the page under a heading of level 2; nothing where it has no lines."""
    body = "\n".join(line for line in lines if line)
    if not body:
        return ""
    return (
        f'<section class="{name}" aria-labelledby="page--{name}">\n'
        f'<h2 id="page--{name}">{heading}</h2>\n{body}\n</section>'
    )


def write_condition_link(slug: str, text: str, link_of: LinkOf) -> str:
    """A link to the page of another condition."""
    return write_link(link_of(slug, None) or "", escape(text), f"condition:{slug}")


def write_red_flags(flags: list[Part], labels: Labels) -> str:
    """The red flags by level, the most urgent first."""
    return write_block("red-flags", labels.red_flags, _write_levels(flags, labels))


def _write_levels(flags: list[Part], labels: Labels) -> Iterator[str]:
    for urgency, group in group_by_urgency(flags):
        yield f'<h3 class="urgency-{urgency}">{labels.say_urgency(urgency)}</h3>'
        yield "<ul>"
        yield from (_write_red_flag(flag, labels) for flag in group)
        yield "</ul>"


def _write_red_flag(flag: Part, labels: Labels) -> str:
    numbers = ", ".join(write_citation(n, labels.reference) for n in flag["references"])
    lines = [f"<p><strong>{escape(flag['sign'])}</strong>{' ' + numbers if numbers else ''}</p>"]
    if flag["action"]:
        lines.append(f"<p>{escape(flag['action'])}</p>")
    if flag["suspects"]:
        lines.append(f"<p>{labels.suspects}: {escape(', '.join(flag['suspects']))}</p>")
    return f'<li id="{flag["id"]}">\n' + "\n".join(lines) + "\n</li>"


def write_section(section: Part, *, level: int) -> str:
    """A section with those within it, one level down."""
    heading = f"<h{level}>{escape(section['headline'])}</h{level}>"
    within = [write_section(inner, level=level + 1) for inner in section["sections"]]
    lines = "\n".join(line for line in [heading, section["html"], *within] if line)
    return f'<section id="{section["id"]}" class="aspect-{section["aspect"]}">\n{lines}\n</section>'


def write_cause(cause: Part, labels: Labels, link_of: LinkOf) -> str:
    """A cause, how soon to be seen, and the way to its own page."""
    lines = [
        f"<h3>{escape(cause['name'])}</h3>",
        f'<p class="urgency-{cause["urgency"]}">{labels.urgency_of_cause}:'
        f" {labels.say_urgency(cause['urgency'])}</p>",
        cause["html"],
    ]
    if slug := cause["condition"]:
        link = write_condition_link(slug, f"{labels.read_more} {cause['name']}", link_of)
        lines.append(f"<p>{link}</p>")
    return _write_part(cause["id"], lines)


def write_faq(faq: Part) -> str:
    """A question as a heading, so that it can be found and linked to, and its answer."""
    return _write_part(faq["id"], [f"<h3>{escape(faq['question'])}</h3>", faq["answer"]["html"]])


def _write_part(part_id: str, lines: Iterable[str]) -> str:
    return (
        f'<section id="{part_id}">\n' + "\n".join(line for line in lines if line) + "\n</section>"
    )


def write_figure(figure: Part, labels: Labels) -> str:
    """A picture in all its files, with its caption and credit."""
    picture = _write_picture(figure)
    caption = [escape(figure["caption"])] if figure["caption"] else []
    if figure["credit"]:
        caption.append(f"<small>{labels.credit}: {escape(figure['credit'])}</small>")
    if caption:
        picture += f"\n<figcaption>{' '.join(caption)}</figcaption>"
    return f'<figure id="{figure["id"]}">\n{picture}\n</figure>'


def _write_picture(figure: Part) -> str:
    if not figure["sources"]:
        return f"<p>{escape(figure['alt'])}</p>"
    by_type: dict[str, list[Part]] = {}
    for source in figure["sources"]:
        by_type.setdefault(source["type"], []).append(source)
    *better, fallback = by_type.values()
    widest = max(fallback, key=lambda source: int(source["width"]))
    alternatives = "".join(
        f'<source type="{escape(files[0]["type"])}" srcset="{_write_srcset(files)}">\n'
        for files in better
    )
    image = (
        f'<img src="{escape(widest["url"])}" srcset="{_write_srcset(fallback)}"'
        f' alt="{escape(figure["alt"])}" loading="lazy">'
    )
    return f"<picture>\n{alternatives}{image}\n</picture>"


def _write_srcset(files: list[Part]) -> str:
    # A comma at either end of an address would end the candidate.
    return ", ".join(
        f"{escape(file['url']).replace(',', '%2C')} {int(file['width'])}w" for file in files
    )
