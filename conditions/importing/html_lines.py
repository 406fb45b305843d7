"""Text within a paragraph, from HTML into Markdown: emphasis, links, line breaks. Pure."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from conditions.importing.addresses import join_address
from conditions.importing.html_tree import Element
from conditions.importing.notes import About, Note
from conditions.links import is_external_link, link_to_condition
from conditions.markdown import to_text
from conditions.renditions.markdown_style import MarkdownStyle

STYLE: Final = MarkdownStyle(number_of={}, link_of=link_to_condition, heading_level=2)
BREAK: Final = "\0"
"""Stands for a line break until the line is put together. No text that came this far holds it."""

_SPACE = re.compile(r"[ \t\n\f\r]+")
_RAISED: Final = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED: Final = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


class Lines:
    """Writes lines, and notes what became of links and pictures on the way."""

    def __init__(self, base: str, *, with_marks: bool = True) -> None:
        self.base = base
        """The address of the page, for links that name no host; empty where it is not known."""
        self.notes: list[Note] = []
        self._with_marks = with_marks

    def write(self, children: Sequence[Element | str]) -> str:
        """One paragraph of Markdown. Marks that would be read as something else are left out."""
        marked = _settle(self._write_all(children))
        bare = _settle(Lines(self.base, with_marks=False)._write_all(children))
        return marked if to_text(marked) == to_text(bare) else bare

    def _write_all(self, children: Sequence[Element | str]) -> str:
        written = "".join(
            self._write_element(child)
            if isinstance(child, Element)
            else STYLE.text(_SPACE.sub(" ", child), after_citation=False)
            for child in children
        )
        return re.sub(" +", " ", written)

    def _write_element(self, element: Element) -> str:
        tag = element.tag
        inner = self._write_all(element.children)
        if tag == "br":
            return BREAK
        if tag == "img":
            self._note_image(element)
            return ""
        if tag in ("del", "s", "strike"):
            self._note(About.NOT_MAPPED, "Struck-out text was left out.", inner)
            return ""
        if tag in ("sup", "sub"):
            return self._shift(element, inner)
        if tag == "q":
            return f"“{inner}”"
        if tag == "a":
            return self._write_link(element, inner)
        if self._with_marks and tag in ("b", "strong", "em", "i"):
            return _emphasise(inner, strong=tag in ("b", "strong"))
        return inner

    def _write_link(self, element: Element, inner: str) -> str:
        href = element.attributes.get("href", "").strip()
        address = href if href.startswith("#") else join_address(self.base, href)
        if not inner.strip(" " + BREAK) or not href:
            return inner
        if not is_external_link(address) or re.search(r"\s", address):
            reason = "The link was dropped and its text kept: it leads nowhere outside its page."
            self._note(About.LINK, reason, href)
            return inner
        self._note(About.LINK, "The link was kept. Check that readers should go there.", address)
        if not self._with_marks or BREAK in inner:
            return inner
        return _around(inner, lambda text: STYLE.link(text, address))

    def _shift(self, element: Element, inner: str) -> str:
        """Raised and lowered text: 10⁹ must not become 109."""
        text = inner.strip()
        table = _RAISED if element.tag == "sup" else _LOWERED
        if text and all(ord(character) in table for character in text):
            return text.translate(table)
        if text:
            self._note(About.CHANGED, f"<{element.tag}> became text in brackets.", text)
        return f" ({text})" if text else ""

    def _note_image(self, element: Element) -> None:
        alt, source = element.attributes.get("alt", ""), element.attributes.get("src", "")
        self._note(About.IMAGE, f"A picture in the text was left out (alt text: “{alt}”).", source)

    def _note(self, about: About, reason: str, value: str) -> None:
        self.notes.append(Note(about, "", reason, " ".join(value.replace(BREAK, " ").split())))


def _emphasise(inner: str, *, strong: bool) -> str:
    if BREAK in inner:  # marks hold on one line only
        return BREAK.join(_emphasise(piece, strong=strong) for piece in inner.split(BREAK))
    return _around(inner, lambda text: STYLE.emphasis(text, strong=strong))


def _around(inner: str, write: Callable[[str], str]) -> str:
    """Marks close to the words: Markdown does not read them next to a space."""
    text = inner.strip(" ")
    if not text:
        return inner
    before, after = inner.split(text, 1)
    return f"{before}{write(text)}{after}"


def _settle(written: str) -> str:
    """The lines without breaks at either end, none beginning as a list or a heading would."""
    pieces = [piece.strip(" ") for piece in written.split(BREAK)]
    while pieces and not pieces[0]:
        del pieces[0]
    while pieces and not pieces[-1]:
        del pieces[-1]
    return STYLE.line("\n".join(filter(None, pieces))).replace("\n", STYLE.line_break())
