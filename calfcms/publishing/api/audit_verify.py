"""`GET /audit/verify`: whether every event continues the one before, and where it breaks."""

import json
import re
from collections.abc import Mapping
from contextlib import nullcontext, suppress
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from calfcms.api.parameters import Parameter, Parameters, parse_whole_number
from calfcms.api.problems import ApiProblem, InputError
from calfcms.api.reading import JSON, ReadView, require_json
from calfcms.api.schema import Shape, describe_get
from calfcms.publishing.actions.record_key_access import record_key_access
from calfcms.publishing.api.audit_events import PRIVATE
from calfcms.publishing.audit import Break
from calfcms.publishing.models import AuditHead
from calfcms.publishing.selectors import find_audit_break


class AuditHeadShape(Shape):
    """The last event of the log. Keep it: the next time, start from here."""

    seq: int
    hash: str


class AuditBreak(Shape):
    """The first place where the log is not what was written."""

    seq: int
    message: str


class Verification(Shape):
    """What walking the chain found."""

    is_whole: bool
    verified_from: int
    """The number of the first event that was looked at."""
    head: AuditHeadShape
    first_break: AuditBreak | None


def _parse_hash(given: str) -> str:
    if not re.fullmatch(r"sha256:[0-9a-f]{64}", given):
        raise ValueError("Send the hash of that event as an earlier answer gave it: sha256:….")
    return given


PARAMETERS = Parameters(
    Parameter(
        "after",
        parse_whole_number(1, 2**63 - 1),
        "Start behind this event, which was verified earlier; needs `hash`.",
        {"type": "integer", "minimum": 1},
    ),
    Parameter("hash", _parse_hash, "The hash of the event `after`, as an earlier answer gave it."),
)


@describe_get(
    "get_audit_verification",
    tag="audit",
    summary="Walk the hash chain of the audit log, and say where it breaks",
    answers={200: Verification},
    problems=(400, 401, 403, 406),
    parameters=PARAMETERS,
)
class AuditVerifyView(ReadView):
    """For keys with the scope `audit`. That it was verified is itself an event, after the walk."""

    parameters = PARAMETERS
    scope = "audit"
    needs_key = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """The whole log, or what came after a place that was verified before."""
        after = _read_start(self.read_parameters(request))
        require_json(request)
        head = AuditHead.objects.get()
        found = find_audit_break(after=after)
        self._record(found)
        verified = _describe(head, after, found)
        return HttpResponse(json.dumps(verified), content_type=JSON, headers=PRIVATE)

    def _record(self, found: Break | None) -> None:
        assert self.caller is not None  # noqa: S101 - the view needs a key
        result = found.message if found else "whole"
        # A log may be broken so that nothing can be added to it: that must be told all the same.
        with suppress(DatabaseError) if found else nullcontext():
            record_key_access(what="verified", by=self.caller, at=timezone.now(), result=result)


def _read_start(parameters: Mapping[str, Any]) -> tuple[int, str] | None:
    after, known = parameters["after"], parameters["hash"]
    if (after is None) == (known is None):
        return None if after is None else (after, known)
    name = "hash" if known is None else "after"
    detail = f"`after` and `hash` go together: send '{name}' too, or neither."
    raise ApiProblem(
        400, "invalid_parameters", detail, errors=[InputError(f"?{name}", "invalid_value", detail)]
    )


def _describe(
    head: AuditHead, after: tuple[int, str] | None, found: Break | None
) -> dict[str, Any]:
    return {
        "is_whole": found is None,
        "verified_from": after[0] + 1 if after else 1,
        "head": {"seq": head.seq, "hash": head.hash},
        "first_break": {"seq": found.seq, "message": found.message} if found else None,
    }
