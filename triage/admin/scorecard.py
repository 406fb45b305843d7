"""How a protocol does on its cases: the draft beside what is live, and what its cases exercise."""

from dataclasses import dataclass
from typing import Any

from calfcms.publishing.admin.pages.base import DocumentPage
from calfcms.publishing.kinds import Content
from calfcms.publishing.models import Document
from calfcms.publishing.selectors import get_live_edition
from calfcms.publishing.sources import read_draft_for_page
from calfcms.publishing.standings import get_standing
from calfcms.urgency import Urgency
from triage.compilation import CompilationError, compile_definition
from triage.confusion_picture import HEIGHT, SIDE, WIDTH, Row, draw_matrix, list_columns
from triage.content import KIND
from triage.coverage import Coverage, cover
from triage.scorecard import Scorecard, Tally, bound_rate, score_cases


@dataclass(frozen=True)
class Scored:
    """A content with its figures; `card` is None where its expressions cannot be read."""

    name: str
    title: str
    card: Scorecard | None = None
    coverage: Coverage | None = None

    @property
    def rows(self) -> list[Row]:
        """The confusion matrix over all its cases."""
        return draw_matrix(self.card.total) if self.card else []

    @property
    def figures(self) -> list[tuple[str, str]]:
        """What a clinician asks first, in words."""
        return list_figures(self.card.total) if self.card else []


class ScorecardPage(DocumentPage):
    """The figures, the confusion matrix as a picture and as a table, and every rule's cases."""

    path = "scorecard"
    title = "Scorecard"
    right = "view_submission"
    template_name = "triage/scorecard.html"

    @classmethod
    def fits(cls, document: Document) -> bool:
        """Only protocols have cases."""
        return document.kind == KIND

    def describe(self) -> dict[str, Any]:
        """The draft where there is one, and the live edition where there is one."""
        scored = self._list_scored()
        return {
            "scored": scored,
            "covered": next((one for one in scored if one.coverage), None),
            "columns": list_columns(),
            "picture": {"width": WIDTH, "height": HEIGHT, "side": SIDE},
        }

    def _list_scored(self) -> list[Scored]:
        scored = []
        if standing := get_standing(self.document):
            draft = read_draft_for_page(self.document, standing)
            scored.append(score("draft", "The draft", draft.content))
        if live := get_live_edition(self.document):
            title = f"Edition {live.number}, which readers get now"
            scored.append(score("live", title, live.read_content()))
        return scored


def score(name: str, title: str, content: Content) -> Scored:
    """What this content answers its cases, as far as it can be read."""
    try:
        protocol = compile_definition(content)
    except CompilationError:
        return Scored(name, title)
    return Scored(name, title, score_cases(protocol, content), cover(protocol, content))


def list_figures(tally: Tally) -> list[tuple[str, str]]:
    """Each figure with its name; without cases only that there are none."""
    if not tally.cases:
        return [("Cases", "0")]
    home = tally.at(Urgency.SELF_CARE)
    bound = bound_rate(tally.hazardous, tally.cases) or 0
    return [
        ("Cases", str(tally.cases)),
        ("Most findings unknown", _write_share(tally.mostly_unknown, tally.cases)),
        ("Exact", _write_share(tally.exact, tally.cases)),
        ("Acceptable", _write_share(tally.acceptable, tally.cases)),
        ("Safe (at least as urgent as expected)", _write_share(tally.safe, tally.cases)),
        ("Too urgent", _write_share(tally.over_triaged, tally.cases)),
        ("Self-care exact", _write_share(home.exact, home.cases)),
        (
            "Hazardous (two or more levels too low)",
            f"{tally.hazardous}; rate below {bound:.2%} with 95 % confidence",
        ),
    ]


def _write_share(count: int, of: int) -> str:
    return f"{count} of {of} ({count / of:.1%})" if of else "no such cases"
