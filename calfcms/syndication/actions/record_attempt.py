"""What came of an attempt: noted, and what follows from it."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.worker_account import get_worker_account
from calfcms.syndication.actions.disable_endpoint import stop_endpoint
from calfcms.syndication.models import Attempt, Delivery, WebhookEndpoint
from calfcms.syndication.webhooks.schedule import plan_next, plan_rest, read_pause
from calfcms.syndication.webhooks.sending import Answer

_ASKS_TO_WAIT: Final = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)


@dataclass(frozen=True)
class _Failure:
    delivery: Delivery
    endpoint: WebhookEndpoint
    answer: Answer
    at: datetime


@transaction.atomic
def record_attempt(
    *, delivery: Delivery, answer: Answer, at: datetime, requested_by: User | None = None
) -> datetime | None:
    """Note one attempt; when the next is due, or None where there is none.

    A success ends the delivery. After 410, or three days of nothing but failures, the endpoint is
    disabled.
    """
    endpoint = WebhookEndpoint.objects.select_for_update().get(pk=delivery.endpoint_id)
    Attempt.objects.create(
        delivery=delivery,
        at=at,
        status=answer.status,
        milliseconds=answer.milliseconds,
        error=answer.error,
        answer=answer.text,
        requested_by=requested_by,
    )
    if answer.is_success:
        _note_success(delivery, endpoint, at)
        return None
    return _note_failure(_Failure(delivery, endpoint, answer, at))


def _note_success(delivery: Delivery, endpoint: WebhookEndpoint, at: datetime) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(delivered_at=at, given_up_at=None)
    if endpoint.failing_since or endpoint.resting_until:
        endpoint.failing_since = endpoint.resting_until = None
        endpoint.save(update_fields=["failing_since", "resting_until"])


def _note_failure(failure: _Failure) -> datetime | None:
    endpoint, at = failure.endpoint, failure.at
    endpoint.failing_since = endpoint.failing_since or at
    endpoint.resting_until = _plan_rest(failure)
    endpoint.save(update_fields=["failing_since", "resting_until"])
    if not endpoint.is_enabled:
        return None
    if failure.answer.status == HTTPStatus.GONE:
        _disable(failure, "It answered 410 Gone.")
        return None
    return _plan_next(failure)


def _plan_rest(failure: _Failure) -> datetime | None:
    answer, at, since = failure.answer, failure.at, failure.endpoint.failing_since
    if answer.status in _ASKS_TO_WAIT and (pause := read_pause(answer.retry_after, at=at)):
        return at + pause
    if answer.status is None and since is not None:
        return plan_rest(failing_since=since, at=at)
    return None


def _plan_next(failure: _Failure) -> datetime | None:
    delivery, endpoint, at = failure.delivery, failure.endpoint, failure.at
    series = list(delivery.attempts.filter(at__gte=delivery.began_at).order_by("pk"))
    next_at = plan_next(failures=len(series), began_at=delivery.began_at, at=at)
    if next_at is not None:
        return max(next_at, endpoint.resting_until or next_at)
    open_now = Delivery.objects.filter(pk=delivery.pk, delivered_at=None)
    open_now.update(given_up_at=at)
    if endpoint.failing_since is not None and endpoint.failing_since <= series[0].at:
        _disable(failure, "Nothing reached it for three days.")
    return None


def _disable(failure: _Failure, why: str) -> None:
    stop_endpoint(
        failure.endpoint,
        by=get_worker_account(),
        at=failure.at,
        reason=f"{why} The last attempt: {failure.answer.error}",
    )
