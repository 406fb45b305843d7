"""What a section of a page can be about. https://schema.org/HealthAspectEnumeration"""

from enum import StrEnum


class Aspect(StrEnum):
    """What a section is about: schema.org's HealthAspectEnumeration, and `diagnosis`."""

    OVERVIEW = "overview"
    SYMPTOMS = "symptoms"
    CAUSES = "causes"
    TREATMENTS = "treatments"
    PREVENTION = "prevention"
    PROGNOSIS = "prognosis"
    RISKS_OR_COMPLICATIONS = "risks_or_complications"
    SEE_DOCTOR = "see_doctor"
    SELF_CARE = "self_care"
    LIVING_WITH = "living_with"
    SCREENING = "screening"
    STAGES = "stages"
    TYPES = "types"
    PREGNANCY = "pregnancy"
    MISCONCEPTIONS = "misconceptions"
    HOW_IT_WORKS = "how_it_works"
    GETTING_ACCESS = "getting_access"
    DIAGNOSIS = "diagnosis"
