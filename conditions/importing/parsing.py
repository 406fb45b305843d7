"""From the bytes of a page or a file to the JSON-LD in it. Pure."""

import codecs
import json
from dataclasses import dataclass
from typing import Any, Final

from conditions.importing.faults import ImportFault
from conditions.importing.scripts import find_charset, list_jsonld_scripts

MAX_BYTES: Final = 5_000_000
HTML_TYPES: Final = ("text/html", "application/xhtml+xml")
JSON_TYPES: Final = ("application/ld+json", "application/json")

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class RawPage:
    """What was read, with what is known of it from outside."""

    content: bytes
    media_type: str = ""
    """As the server said; empty for a file, which is looked at instead."""
    charset: str = ""


def parse_page(page: RawPage) -> Any:
    """The JSON-LD: the value of a JSON file, or the list of the values of a page's scripts.

    JSON pointers in the report are into this value. Raises `ImportFault`.
    """
    text = _decode(page)
    if not text.strip():
        raise ImportFault("It is empty.", "Check the file, or the address in a browser.")
    if _is_html(page, text):
        return _parse_scripts(text)
    return _parse_json(text)


def _decode(page: RawPage) -> str:
    marked = next((name for mark, name in _MARKS if page.content.startswith(mark)), "")
    named = marked or page.charset or find_charset(page.content) or "utf-8"
    try:
        text = page.content.decode(named)
    except LookupError:
        raise ImportFault(
            f"It says that it is encoded as '{named[:40]}', which is no encoding.",
            "Save it as UTF-8 and import the file.",
        ) from None
    except ValueError as error:
        position = getattr(error, "start", 0)
        raise ImportFault(
            f"Byte {position + 1} is not {named[:40]}.", "Save it as UTF-8 and import the file."
        ) from None
    if "\0" in text:
        raise ImportFault(
            f"Character {text.index(chr(0)) + 1} is NUL, which no text holds.",
            "Check that it is a page or a JSON file, saved as UTF-8.",
        )
    return text


def _is_html(page: RawPage, text: str) -> bool:
    if page.media_type:
        return page.media_type in HTML_TYPES
    return text.lstrip().startswith("<")


def _parse_scripts(text: str) -> list[Any]:
    scripts = list_jsonld_scripts(text)
    if not scripts:
        raise ImportFault(
            'There is no JSON-LD in this page (<script type="application/ld+json">).',
            "Only what a page says of itself as JSON-LD can be imported: write the draft in the "
            "admin, or ask the page's publisher for its content as JSON.",
        )
    return [
        _parse_json(script.text, f"JSON-LD script {number} of {len(scripts)}", script.line)
        for number, script in enumerate(scripts, start=1)
    ]


def _parse_json(text: str, name: str = "It", first_line: int = 1) -> Any:
    hint = "Correct it there." if name == "It" else "Save the page and correct that script."
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        where = f"line {first_line + error.lineno - 1}, column {error.colno}"
        raise ImportFault(f"{name} is not JSON: {error.msg} at {where}.", hint) from None
    except RecursionError:
        raise ImportFault(f"{name} is nested too deeply.", hint) from None
    except ValueError as error:  # Python reads no integers of thousands of digits
        raise ImportFault(f"{name} holds a number that is none: {error}", hint) from None


def _refuse_constant(name: str) -> None:
    raise ValueError(f"JSON has no {name}.")
