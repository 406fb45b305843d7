"""What the editor of protocols asks the server for beside saving and checking."""

from dataclasses import asdict
from typing import Any, TypeGuard

from pydantic import ValidationError

from conditions.admin.endpoints import Answer, EditorEndpoint
from conditions.admin.faults import Fault, list_faults
from conditions.admin.reading import Faulty, Unreadable
from triage.admin.expressions import check_expression
from triage.admin.trying import compile_draft, read_facts, try_out
from triage.compilation import CompilationError
from triage.core.facts import FactsError


class ExpressionView(EditorEndpoint):
    """`{text, findings, scores}` → the expression in words, or the error at its character."""

    def answer(self, body: dict[str, Any]) -> Answer:
        """Errors are an answer here, not a refusal."""
        text, findings, scores = body.get("text"), body.get("findings"), body.get("scores")
        if not isinstance(text, str) or not _is_words(findings) or not _is_words(scores):
            raise Unreadable(400, "The browser sent no text.", "Reload the page and try again.")
        return 200, check_expression(text, findings=findings, scores=scores)


class TryView(EditorEndpoint):
    """`{draft, rule, findings, age_years, sex}` → the answer, the rule's trace, the flips.

    Faults of the draft or the facts are an answer too, by pointer: then nothing can be tried.
    """

    def answer(self, body: dict[str, Any]) -> Answer:
        """What the draft as it is on the screen would answer."""
        draft = body.get("draft")
        if not isinstance(draft, dict):
            raise Unreadable(400, "The browser sent no draft.", "Reload the page and try again.")
        data = {**draft, "slug": self.document.slug, "locale": self.document.locale}
        try:
            protocol = compile_draft(data)
            facts = read_facts(body, protocol)
        except ValidationError as error:
            return 200, Faulty(list_faults(error, data, id_groups=self.edited.id_groups)).as_json()
        except CompilationError as error:
            return 200, {"errors": [asdict(problem) for problem in error.problems]}
        except FactsError as error:
            return 200, Faulty([Fault(f"/{error.member}", f"This cannot be: {error}.")]).as_json()
        return 200, try_out(protocol, str(body.get("rule", "")), facts)


def _is_words(value: Any) -> TypeGuard[dict[str, str]]:
    return isinstance(value, dict) and all(isinstance(words, str) for words in value.values())
