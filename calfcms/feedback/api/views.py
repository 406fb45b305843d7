"""`POST /conditions/{slug}/feedback`: was this page helpful?"""

import json
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from calfcms.api.input_errors import InputError
from calfcms.api.json_body import read_json_object
from calfcms.api.parameters import Parameters
from calfcms.api.reading import JSON, ReadView, require_json
from calfcms.api.throttling import Limit
from calfcms.feedback.actions.receive_feedback import receive_feedback
from calfcms.feedback.api.request import FeedbackRequest, read_request, refuse_values
from calfcms.publishing.api.absence import explain_absence
from calfcms.publishing.api.parameters import FIXED_LOCALE
from calfcms.publishing.kinds import Kind
from calfcms.publishing.models import Edition


class FeedbackView(ReadView):
    """Takes in a message about an edition of this kind of document. Nothing about the sender."""

    http_method_names = ["post", "options"]
    kind: ClassVar[type[Kind]]
    parameters = Parameters(FIXED_LOCALE)
    limit = Limit("feedback", calls=20, seconds=60)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """202: it lies in the editors' inbox."""
        locale = self.read_parameters(request)["locale"] or settings.CALFCMS_DEFAULT_LOCALE
        require_json(request)
        said = read_request(read_json_object(request))
        edition = self._get_edition(slug, locale, said)
        self.limit.count(request)
        feedback = receive_feedback(
            edition=edition,
            part=said.part,
            kind=said.kind,
            message=said.message,
            at=timezone.now(),
        )
        return HttpResponse(
            json.dumps({"id": str(feedback.pk), "status": "received"}),
            status=202,
            content_type=JSON,
            headers={"Cache-Control": "no-store"},
        )

    def _get_edition(self, slug: str, locale: str, said: FeedbackRequest) -> Edition:
        editions = Edition.objects.filter(
            document__kind=self.kind.name, document__slug=slug, document__locale=locale
        )
        edition = editions.filter(number=said.edition).first()
        if edition is None and not editions.exists():
            raise explain_absence(self.kind, slug, locales=(locale,), as_of=None)
        if edition is None:
            raise refuse_values([_say_no_edition(said, slug)])
        if said.part and said.part not in _list_part_ids(edition.read_content()):
            raise refuse_values([_say_no_part(said)])
        return edition


def _say_no_edition(said: FeedbackRequest, slug: str) -> InputError:
    return InputError(
        "/edition",
        "unknown_edition",
        f"'{slug}' has no edition {said.edition}. Send the member `edition` of what was read.",
    )


def _say_no_part(said: FeedbackRequest) -> InputError:
    return InputError(
        "/part",
        "unknown_part",
        f"Edition {said.edition} has no part '{said.part}'. Send the `id` of a section, red flag, "
        "question or other part of it, or leave `part` out.",
    )


def _list_part_ids(value: Any) -> set[str]:
    """The ids of all parts, however deep: objects that have an `id`."""
    if isinstance(value, list):
        return {found for item in value for found in _list_part_ids(item)}
    if not isinstance(value, dict):
        return set()
    own = {value["id"]} if isinstance(value.get("id"), str) else set()
    return own | {found for item in value.values() for found in _list_part_ids(item)}
