"""A confusion matrix as the squares of a picture. Pure: figures in, places and colours out."""

from dataclasses import dataclass

from calfcms.urgency import Urgency
from triage.scorecard import LEVELS, Tally

SIDE = 64
"""Of a square, in units of the picture."""
MARGIN = 104
"""Left of the squares, for the names of the rows."""
HEAD = 44
"""Above them, for the names of the columns."""
WIDTH = MARGIN + SIDE * len(LEVELS) + 2
HEIGHT = HEAD + SIDE * len(LEVELS) + 2
_FAINTEST = 0.5
"""How strong the colour of a single case is: one wrong answer among many must be seen."""

NAMES = {level: level.value.replace("_", "-") for level in LEVELS}


@dataclass(frozen=True)
class Square:
    """How often one level was answered where one was expected."""

    expected: Urgency
    answered: Urgency
    count: int
    x: int
    y: int
    strength: float
    """From 0 for none to 1 for all cases of the row."""

    @property
    def kind(self) -> str:
        """`exact`, `over` where more urgent than expected, `under` where less."""
        distance = self.answered.rank - self.expected.rank
        return "exact" if not distance else "over" if distance > 0 else "under"

    @property
    def middle(self) -> tuple[int, int]:
        """Where the number stands."""
        return self.x + SIDE // 2, self.y + SIDE // 2


@dataclass(frozen=True)
class Row:
    """The squares of one level expected."""

    name: str
    y: int
    squares: tuple[Square, ...]


def draw_matrix(tally: Tally) -> list[Row]:
    """Rows are levels expected, columns levels answered; the most urgent come first."""
    counts = tally.count_answers()
    return [
        Row(
            NAMES[expected],
            HEAD + SIDE * place + SIDE // 2,
            tuple(_draw_square(counts, expected, answered) for answered in LEVELS),
        )
        for place, expected in enumerate(LEVELS)
    ]


def list_columns() -> list[tuple[str, int]]:
    """The name of each column and the middle of it."""
    return [(NAMES[level], MARGIN + SIDE * n + SIDE // 2) for n, level in enumerate(LEVELS)]


def _draw_square(
    counts: dict[tuple[Urgency, Urgency], int], expected: Urgency, answered: Urgency
) -> Square:
    count = counts.get((expected, answered), 0)
    whole = sum(counts.get((expected, level), 0) for level in LEVELS)
    return Square(
        expected,
        answered,
        count,
        MARGIN + SIDE * LEVELS.index(answered),
        HEAD + SIDE * LEVELS.index(expected),
        round(_FAINTEST + (1 - _FAINTEST) * count / whole, 2) if count else 0.0,
    )
