"""Finding references by what people remember of them: names, words of the title, year, DOI."""

import json
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from conditions.models import Reference

MAX_TERMS: Final = 8
_TEXTS: Final = (
    "key",
    "doi",
    "pmid",
    "url",
    "csl__title",
    "csl__container-title",
    "csl__publisher",
)
_LISTS: Final = ("csl__author", "csl__editor", "csl__issued")


def search_references(query: str) -> QuerySet[Reference]:
    """The references in which every word of the query is found; the best fitting key first.

    A word that starts with `@` is looked for in keys only.
    """
    terms = query.split()[:MAX_TERMS]
    found = Reference.objects.all()
    for term in terms:
        found = found.filter(_find_term(term))
    if not terms:
        return found.order_by("key")
    return found.order_by(_rank(terms[0].removeprefix("@")), "key")


def _rank(key: str) -> Case:
    return Case(
        When(key__iexact=key, then=Value(0)),
        When(key__istartswith=key, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def _find_term(term: str) -> Q:
    if term.startswith("@"):
        return _contains("key", term[1:])
    forms = _list_cases(term)
    texts = [_contains(column, form) for column in _TEXTS for form in forms]
    stored = forms | {json.dumps(form)[1:-1] for form in forms}  # SQLite keeps lists escaped
    return reduce(or_, [*texts, *(_contains(member, form) for member in _LISTS for form in stored)])


def _list_cases(term: str) -> set[str]:
    """SQLite finds `a` for `A`, but not `ü` for `Ü`."""
    if term.isascii():
        return {term}
    return {term, term.lower(), term.capitalize(), term.upper()}


def _contains(column: str, text: str) -> Q:
    return Q(**{f"{column}__icontains": text})
