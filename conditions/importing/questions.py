"""Questions and answers of a page. Pure. https://schema.org/FAQPage"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from conditions.importing.nodes import Node
from conditions.importing.notes import About
from conditions.importing.reading import Reading

QUESTION_TYPES: Final = frozenset({"Question", "FAQPage", "QAPage"})
_HOLDERS: Final = ("mainEntity", "hasPart")


def read_questions(reading: Reading, pages: Iterable[Node]) -> list[dict[str, Any]]:
    """The questions of these pages that have an answer; what two pages say alike, once."""
    faqs: list[dict[str, Any]] = []
    for page in pages:
        told = [(faq["question"], faq["answer"]) for faq in faqs]
        for node in _list_questions(reading, page, depth=0):
            faq = _read_question(reading, node)
            if faq and (faq["question"], faq["answer"]) in told:
                reason = "The same question and answer are there twice."
                reading.notes.add(About.NOT_MAPPED, node.pointer, reason, faq["question"])
            elif faq:
                faqs.append(faq)
    return faqs


def _list_questions(reading: Reading, holder: Node, *, depth: int) -> Iterator[Node]:
    for name in _HOLDERS:
        for _, value in holder.members_of(name):
            node = reading.graph.find(value)
            if node is None or not node.types & QUESTION_TYPES:
                continue
            holder.used.add(name)
            if "Question" in node.types:
                yield from [node] if reading.enter(node) else []
            elif depth == 0 and reading.enter(node):
                yield from _list_questions(reading, node, depth=1)


def _read_question(reading: Reading, node: Node) -> dict[str, Any] | None:
    question = reading.line(node, "name", "headline", "text")
    answer = _read_answer(reading, node)
    if not question or not answer:
        reason = "A question without an answer." if question else "An answer without a question."
        reading.notes.add(About.NOT_MAPPED, node.pointer, reason, question or answer)
        return None
    part_id = reading.make_id(node, question, stem="question")
    return {"id": part_id, "question": question, "answer": answer}


def _read_answer(reading: Reading, node: Node) -> str:
    for name in ("acceptedAnswer", "suggestedAnswer"):
        for pointer, value in node.get(name):
            found = reading.graph.find(value)
            if found is not None:
                reading.enter(found)
                text = reading.body(found, "text", "description", "name")
            else:
                text = reading.write(value, pointer) if isinstance(value, str) else ""
            if text:
                return text
    return ""
