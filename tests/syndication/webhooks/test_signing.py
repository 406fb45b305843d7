"""Signatures, verified by the public library that receivers use."""

import base64
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from calfcms.syndication.webhooks.signing import build_headers, make_secret

BODY = '{"type":"edition.published","data":{"title":"Müsli"}}'.encode()


def sign(*secrets: str, at: datetime | None = None, body: bytes = BODY) -> dict[str, str]:
    moment = at or timezone.now()
    return build_headers(message_id="msg_1", at=moment, body=body, secrets=secrets)


def test_a_receiver_with_the_secret_accepts_it() -> None:
    secret = make_secret()

    read = Webhook(secret).verify(BODY, sign(secret))

    assert read["data"] == {"title": "Müsli"}


def test_while_rotating_receivers_with_either_secret_accept_it() -> None:
    new, old = make_secret(), make_secret()
    headers = sign(new, old)

    assert [signature[:3] for signature in headers["webhook-signature"].split(" ")] == ["v1,"] * 2
    for secret in (new, old):
        assert Webhook(secret).verify(BODY, headers)


@pytest.mark.parametrize("change", ["secret", "body", "id", "timestamp"])
def test_a_receiver_refuses_what_was_tampered_with(change: str) -> None:
    secret = make_secret()
    headers = sign(make_secret() if change == "secret" else secret)
    body = BODY + b" " if change == "body" else BODY
    if change == "id":
        headers["webhook-id"] = "msg_2"
    if change == "timestamp":
        headers["webhook-timestamp"] = str(int(headers["webhook-timestamp"]) + 1)

    with pytest.raises(WebhookVerificationError, match="No matching signature"):
        Webhook(secret).verify(body, headers)


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_receiver_refuses_what_was_kept_for_later(minutes: int) -> None:
    secret = make_secret()

    headers = sign(secret, at=timezone.now() + timedelta(minutes=minutes))

    with pytest.raises(WebhookVerificationError, match="timestamp too"):
        Webhook(secret).verify(BODY, headers)


def test_it_is_the_signature_of_the_public_library() -> None:
    secret, at = make_secret(), timezone.now()

    headers = sign(secret, at=at)

    expected = Webhook(secret).sign("msg_1", at, BODY.decode())
    assert headers["webhook-signature"] == expected


def test_each_secret_is_256_random_bits() -> None:
    first, second = make_secret(), make_secret()

    assert first != second
    assert first.startswith("whsec_")
    assert len(base64.b64decode(first.removeprefix("whsec_"), validate=True)) == 32
