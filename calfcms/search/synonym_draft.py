"""A group of synonyms as somebody writes it: checked when it is built. Pure."""

from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, StrictStr, StringConstraints

from calfcms.api.locales import parse_locale

MAX_LENGTH: Final = 80
MAX_WORDS: Final = 40


def _check_words(words: tuple[str, ...]) -> tuple[str, ...]:
    if len(words) < 2:
        raise ValueError("needs two words or phrases at least: a synonym is one of another")
    if len(words) > MAX_WORDS:
        raise ValueError(f"has {len(words)} words and phrases; {MAX_WORDS} are allowed")
    return words


class SynonymDraft(BaseModel):
    """Words and phrases that people use for one another."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: Annotated[
        StrictStr, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=MAX_LENGTH)
    ]
    locale: Annotated[StrictStr, AfterValidator(parse_locale)]
    words: Annotated[
        tuple[
            Annotated[
                StrictStr,
                StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_LENGTH),
            ],
            ...,
        ],
        AfterValidator(_check_words),
    ]
