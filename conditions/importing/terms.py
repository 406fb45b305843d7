"""schema.org's names: how they may be written, and what of ours they stand for. Pure.

https://schema.org/HealthAspectEnumeration
"""

import re
from typing import Final

from conditions.aspect import Aspect

_PREFIX = re.compile(r"(?:https?://(?:www\.)?schema\.org/|schema:)", re.IGNORECASE)
_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SUFFIX: Final = "HealthAspect"

PROPERTIES_OF_CONDITIONS: Final = {
    "signOrSymptom": Aspect.SYMPTOMS,
    "cause": Aspect.CAUSES,
    "riskFactor": Aspect.RISKS_OR_COMPLICATIONS,
    "possibleComplication": Aspect.RISKS_OR_COMPLICATIONS,
    "typicalTest": Aspect.DIAGNOSIS,
    "possibleTreatment": Aspect.TREATMENTS,
    "drug": Aspect.TREATMENTS,
    "primaryPrevention": Aspect.PREVENTION,
    "secondaryPrevention": Aspect.PREVENTION,
    "expectedPrognosis": Aspect.PROGNOSIS,
    "naturalProgression": Aspect.PROGNOSIS,
    "stage": Aspect.STAGES,
}
"""What a MedicalCondition says of itself in lists, and the aspect of a section that says it."""

_IN_HEADLINES: Final = (
    (Aspect.SEE_DOCTOR, r"when to (?:see|call|get|seek)|see a (?:doctor|gp)|get (?:medical )?help"),
    (Aspect.SELF_CARE, r"self-?care|at home|help yourself|yourself"),
    (Aspect.DIAGNOSIS, r"diagnos\w+|tests?"),
    (Aspect.RISKS_OR_COMPLICATIONS, r"complications?|risks?|risk factors?"),
    (Aspect.PREVENTION, r"prevent\w*"),
    (Aspect.PROGNOSIS, r"prognosis|outlook|recovery"),
    (Aspect.LIVING_WITH, r"living with"),
    (Aspect.TREATMENTS, r"treat\w*"),
    (Aspect.CAUSES, r"causes?"),
    (Aspect.SYMPTOMS, r"symptoms?|signs?"),
    (Aspect.PREGNANCY, r"pregnan\w*"),
    (Aspect.TYPES, r"types?"),
    (Aspect.STAGES, r"stages?"),
    (Aspect.OVERVIEW, r"overview|what is .*|about .*"),
)


def shorten_term(name: str) -> str:
    """The name without schema.org's address or prefix."""
    return _PREFIX.sub("", name, count=1) if _PREFIX.match(name) else name


def read_aspect(term: str) -> Aspect | None:
    """The aspect that `https://schema.org/SymptomsHealthAspect` means; None for no term of it."""
    short = shorten_term(term.strip())
    if not short.endswith(_SUFFIX):
        return None
    name = _WORDS.sub("_", short.removesuffix(_SUFFIX)).lower()
    return Aspect(name) if name in set(Aspect) else None


def guess_aspect(headline: str) -> Aspect | None:
    """The aspect that an English headline seems to be about."""
    for aspect, words in _IN_HEADLINES:
        if re.search(rf"\b(?:{words})\b", headline, re.IGNORECASE):
            return aspect
    return None


def write_headline(aspect: Aspect) -> str:
    """An English headline for a section whose page gave it none."""
    return aspect.value.replace("_", " ").capitalize()
