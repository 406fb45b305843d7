"""What is wrong with a partner or a key as it was filled in: every reason at once."""

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from calfcms.publishing.problem import Problem
from calfcms.syndication.models import Partner, Scope
from calfcms.syndication.origins import read_origin

MOST_CALLS: Final = 1_000_000
"""A minute: more than any server here answers."""
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


def list_partner_problems(partner: Partner) -> list[Problem]:
    """What must be mended before the partner can be saved."""
    return [
        *_check_slug(partner.slug),
        *_check_length("name", partner.name, 200),
        *_check_email(partner.contact_email),
        *_check_origins(partner.allowed_origins),
        *_check_quota(partner.calls_per_minute),
    ]


def list_key_problems(
    *, name: str, scopes: Collection[str], expires_at: datetime | None, at: datetime
) -> list[Problem]:
    """What must be mended before the key can be made."""
    return [
        *_check_length("name", name, 100),
        *_check_scopes(scopes),
        *_check_expiry(expires_at, at),
    ]


def _check_slug(slug: str) -> Iterator[Problem]:
    if not _SLUG.fullmatch(slug) or len(slug) > 80:
        yield Problem(
            "slug_malformed",
            "The short name must be lower-case letters and digits, joined by hyphens.",
            "Write it like city-clinic, with at most 80 characters.",
            "/slug",
        )


def _check_length(field: str, text: str, most: int) -> Iterator[Problem]:
    if not text.strip():
        yield Problem(
            f"{field}_missing", f"There is no {field}.", "Write one that people know.", f"/{field}"
        )
    elif len(text) > most:
        yield Problem(
            f"{field}_too_long",
            f"The {field} has {len(text)} characters; {most} are the most.",
            "Shorten it.",
            f"/{field}",
        )


def _check_email(address: str) -> Iterator[Problem]:
    try:
        if address:
            validate_email(address)
    except ValidationError:
        yield Problem(
            "email_malformed",
            "The address for e-mail is none.",
            "Write it like web@clinic.example, or leave it empty.",
            "/contact_email",
        )


def _check_origins(origins: list[str]) -> Iterator[Problem]:
    for origin in origins:
        try:
            if read_origin(origin) != origin:
                raise ValueError(f"Browsers write it {read_origin(origin)}")
        except ValueError as error:
            yield Problem(
                "origin_malformed", f"“{origin[:80]}”: {error}.", "Mend it.", "/allowed_origins"
            )


def _check_quota(calls: int | None) -> Iterator[Problem]:
    if calls is not None and not 1 <= calls <= MOST_CALLS:
        yield Problem(
            "quota_out_of_range",
            f"A quota is a number from 1 to {MOST_CALLS:,} calls a minute.",
            "Leave it empty for the usual one; close the partner to stop its keys.",
            "/calls_per_minute",
        )


def _check_scopes(scopes: Collection[str]) -> Iterator[Problem]:
    if unknown := sorted(set(scopes) - set(Scope.values)):
        yield Problem(
            "scope_unknown",
            f"There is no scope {', '.join(unknown)}.",
            f"Choose from {', '.join(Scope.values)}.",
            "/scopes",
        )
    if not scopes:
        yield Problem(
            "scopes_missing",
            "The key opens nothing.",
            "Choose at least one scope.",
            "/scopes",
        )


def _check_expiry(expires_at: datetime | None, at: datetime) -> Iterator[Problem]:
    if expires_at is not None and expires_at <= at:
        yield Problem(
            "expiry_past",
            "The key would have expired already.",
            "Choose a moment in the future.",
            "/expires_at",
        )
