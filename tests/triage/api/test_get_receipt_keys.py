"""`GET /api/v1/triage/receipt-keys`: with these anybody can check a receipt."""

import base64
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.test import Client

from calfcms.publishing.models import Edition
from tests.api.problems import read_problem
from tests.triage.api.conftest import Send

URL = "/api/v1/triage/receipt-keys"


def decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_a_receipt_is_checked_with_nothing_but_this_and_the_receipt(
    client: Client, send: Send, published: Edition
) -> None:
    receipt = json.loads(send({}).content)["receipt"]
    signed, _, signature = receipt.rpartition(".")

    keys = {key["id"]: key for key in client.get(URL).json()["items"]}

    public = Ed25519PublicKey.from_public_bytes(decode(keys[signed.split(".")[1]]["public_key"]))
    public.verify(decode(signature), signed.encode())


def test_the_key_in_use_comes_first(client: Client, settings: Any, db: None) -> None:
    settings.RECEIPT_KEYS = ["new", "old"]
    both = client.get(URL).json()["items"]
    settings.RECEIPT_KEYS = ["new"]

    assert both[:1] == client.get(URL).json()["items"]
    assert len({key["id"] for key in both}) == 2


def test_no_secret_is_shown(client: Client, settings: Any, db: None) -> None:
    settings.RECEIPT_KEYS = ["a secret that nobody may see"]

    assert "secret" not in client.get(URL).content.decode()


def test_a_query_parameter_is_400(client: Client, db: None) -> None:
    read_problem(client.get(f"{URL}?limit=1"), 400, "invalid_parameters")
