"""The answer of an evaluation as the HTTP contract has it: the core's, with what it points to."""

from collections.abc import Mapping, Sequence
from typing import Any

from triage.core.answer import to_answer
from triage.core.evaluation import Evaluation
from triage.core.parts import Rule
from triage.published import PublishedProtocol


def build_answer(
    published: PublishedProtocol,
    evaluation: Evaluation,
    *,
    content: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """All members, in the order of the contract. `content` are the live pages behind the answer."""
    answer = to_answer(evaluation)
    for member in (*answer["matched"], *answer["scores"]):
        member["references"] = [
            published.references[key] for key in member["references"] if key in published.references
        ]
    live = {page["condition"]: page["url"] for page in content}
    for member, match in zip(answer["matched"], evaluation.matched, strict=True):
        member["red_flag"] = _point_to_red_flag(match.rule, live)
    return {
        "protocol": {
            "slug": published.protocol.slug,
            "edition": published.edition,
            "digest": published.digest,
        },
        **answer,
        "content": list(content),
        "disclaimer": published.disclaimer,
    }


def _point_to_red_flag(rule: Rule, live: Mapping[str, str]) -> dict[str, str] | None:
    """The first red flag of the rule that is on a live page: nobody is sent to a withdrawn one."""
    for link in rule.red_flags:
        if url := live.get(link.condition):
            return {"condition": link.condition, "id": link.id, "url": f"{url}#{link.id}"}
    return None
