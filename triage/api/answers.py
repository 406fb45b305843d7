"""The answer of an evaluation as the HTTP contract has it: the core's, with what it points to."""

from collections.abc import Mapping, Sequence
from typing import Any

from conditions.links import link_to_condition
from triage.core.answer import to_answer
from triage.core.evaluation import Evaluation
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
    for match in answer["matched"]:
        if flag := match["red_flag"]:
            flag["url"] = link_to_condition(flag["condition"], flag["id"])
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
