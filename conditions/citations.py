"""References as one plain line each, in the manner of NLM/Vancouver, and their numbers.

https://www.ncbi.nlm.nih.gov/books/NBK7256/ (Citing Medicine). Identifiers are not part of the line:
renditions link them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

Csl = Mapping[str, Any]

MAX_NAMED_AUTHORS: Final = 6

_MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_MEDIUM: Final = {
    "webpage": "Internet",
    "post": "Internet",
    "post-weblog": "Internet",
    "article": "Preprint",
    "dataset": "dataset",
    "thesis": "dissertation",
}
_IN_A_SERIAL: Final = {"article-journal", "article-magazine", "article-newspaper"}
_IN_A_BOOK: Final = {"chapter", "paper-conference", "entry-encyclopedia"}


def number_citations(cited: Iterable[str], known: Iterable[str]) -> dict[str, int]:
    """Numbers from 1 in order of first citation, for the references that exist."""
    existing = set(known)
    keys = dict.fromkeys(key for key in cited if key in existing)
    return {key: number for number, key in enumerate(keys, start=1)}


def format_citation(csl: Csl) -> str:
    """One line of plain text, from the authors to the pages."""
    kind = csl["type"]
    names = _format_names(csl.get("author", ())) or _format_editors(csl.get("editor", ()))
    if kind in _IN_A_SERIAL:
        sentences = [names, csl["title"], csl.get("container-title", ""), _format_issue(csl)]
    elif kind in _IN_A_BOOK:
        sentences = [names, csl["title"], _format_host(csl), _format_imprint(csl), _pages(csl)]
    else:
        sentences = [names, _format_title(csl), csl.get("container-title", "")]
        sentences += [_format_edition(csl), _format_imprint(csl), _format_number(csl)]
    return " ".join(_end(sentence) for sentence in sentences if sentence)


def list_identifiers(csl: Csl) -> list[tuple[str, str]]:
    """Where the source can be read: addresses, each with the text to show for it."""
    found = []
    if doi := csl.get("DOI"):
        found.append((link_doi(doi), f"doi:{doi}"))
    if pmid := csl.get("PMID"):
        found.append((f"https://pubmed.ncbi.nlm.nih.gov/{quote(pmid, safe='')}/", f"PMID {pmid}"))
    if url := csl.get("URL"):
        found.append((url, url))
    return found


def link_doi(doi: str) -> str:
    """The address that resolves a DOI."""
    return "https://doi.org/" + quote(doi, safe="/:;()._-~")


def _end(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def _format_names(names: Sequence[Csl]) -> str:
    shown = [_format_name(name) for name in names[:MAX_NAMED_AUTHORS]]
    return ", ".join([*shown, "et al"] if len(names) > MAX_NAMED_AUTHORS else shown)


def _format_name(name: Csl) -> str:
    if "literal" in name:
        return str(name["literal"])
    family = " ".join(filter(None, [name.get("non-dropping-particle"), name["family"]]))
    pieces = [family, _initials(name.get("given", "")), name.get("suffix", "")]
    return " ".join(piece for piece in pieces if piece)


def _initials(given: str) -> str:
    if given.isupper() and given.isalpha() and len(given) <= 3:
        return given
    words = given.replace("-", " ").replace(".", " ").split()
    return "".join(word[0].upper() for word in words)


def _format_editors(names: Sequence[Csl]) -> str:
    if not names:
        return ""
    return f"{_format_names(names)}, {'editor' if len(names) == 1 else 'editors'}"


def _format_title(csl: Csl) -> str:
    medium = csl.get("genre") or _MEDIUM.get(csl["type"])
    return f"{csl['title']} [{medium}]" if medium else str(csl["title"])


def _format_host(csl: Csl) -> str:
    editors = _format_editors(csl.get("editor", ())) if csl.get("author") else ""
    title = csl.get("container-title", "")
    pieces = [_end(piece) for piece in (editors, title, _format_edition(csl)) if piece]
    return " ".join(["In:", *pieces]) if pieces else ""


def _format_edition(csl: Csl) -> str:
    edition = str(csl.get("edition", ""))
    return f"{edition} ed." if edition.isdigit() or edition[-2:] in _ORDINALS else edition


_ORDINALS: Final = {"st", "nd", "rd", "th"}


def _format_imprint(csl: Csl) -> str:
    place = ": ".join(filter(None, [csl.get("publisher-place"), csl.get("publisher")]))
    date = "; ".join(filter(None, [place, _format_date(csl.get("issued"))]))
    cited = _format_date(csl.get("accessed"))
    return f"{date} [cited {cited}]".strip() if cited else date


def _format_number(csl: Csl) -> str:
    number = csl.get("number")
    if not number:
        return ""
    return f"Report No.: {number}" if csl["type"] == "report" else f"No. {number}"


def _format_issue(csl: Csl) -> str:
    volume = csl.get("volume", "") + (f"({csl['issue']})" if csl.get("issue") else "")
    located = ":".join(filter(None, [volume, csl.get("page")]))
    date = _format_date(csl.get("issued"))
    return f"{date};{located}" if date and located else date or located


def _pages(csl: Csl) -> str:
    return f"p. {csl['page']}" if csl.get("page") else ""


def _format_date(date: Csl | None) -> str:
    return "-".join(_format_date_parts(parts) for parts in date["date-parts"]) if date else ""


def _format_date_parts(parts: Sequence[int]) -> str:
    words = [str(parts[0]), *(_MONTHS[month - 1] for month in parts[1:2])]
    return " ".join([*words, *(str(day) for day in parts[2:3])])
