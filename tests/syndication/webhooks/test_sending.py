"""One request: to a checked address, within a deadline, following nothing."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest

from calfcms.syndication.webhooks import sending
from calfcms.syndication.webhooks.addresses import Address, AllowList
from calfcms.syndication.webhooks.sending import MOST_READ, Answer, send
from tests.syndication.webhooks.certificates import Authority
from tests.syndication.webhooks.receiver import Receiver, Reply, find_closed_port, receive

LOOPBACK = AllowList.read(["127.0.0.0/8"])
HERE = ip_address("127.0.0.1")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receive() as receiver:
        yield receiver


def post(url: str, *, allowed: AllowList = LOOPBACK, timeout: float = 5) -> Answer:
    return send(url, body=b"{}", headers={"x-test": "1"}, allowed=allowed, timeout=timeout)


def lead_to(*addresses: str) -> list[Address]:
    return [ip_address(address) for address in addresses]


def test_it_sends_body_and_headers_and_says_what_was_answered(receiver: Receiver) -> None:
    receiver.reply = Reply(202, body=b"thank you")

    answer = post(receiver.url)

    (request,) = receiver.requests
    assert (request.method, request.path, request.body) == ("POST", "/hook", b"{}")
    assert request.headers["x-test"] == "1"
    assert request.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert (answer.status, answer.error, answer.text) == (202, "", "thank you")
    assert answer.is_success


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(400), "The answer was 400 Bad Request."),
        (Reply(599), "The answer was 599."),
        (
            Reply(302, {"Location": "http://169.254.169.254/"}),
            "Redirects are not followed: 302 to http://169.254.169.254/.",
        ),
        (Reply(304), "Redirects are not followed: 304 to nowhere."),
    ],
)
def test_anything_but_success_is_a_failure(receiver: Receiver, reply: Reply, error: str) -> None:
    receiver.reply = reply

    answer = post(receiver.url)

    assert (answer.error, answer.is_success) == (error, False)
    assert len(receiver.requests) == 1


def test_a_redirect_is_not_followed_although_its_target_is_there(receiver: Receiver) -> None:
    receiver.reply = Reply(307, {"Location": receiver.url})

    post(receiver.url)

    assert len(receiver.requests) == 1


def test_a_closed_port_is_no_connection() -> None:
    answer = post(f"http://127.0.0.1:{find_closed_port()}/")

    assert answer.status is None
    assert answer.error.startswith("There was no connection: ")


def test_a_name_that_does_not_exist_is_said() -> None:
    answer = post("https://no-such-host.invalid/")

    assert "the name no-such-host.invalid cannot be resolved" in answer.error


def test_a_receiver_that_hangs_is_given_up_in_time(receiver: Receiver) -> None:
    receiver.reply = Reply(delay=3)
    began = time.monotonic()

    answer = post(receiver.url, timeout=0.3)

    assert answer.error == "There was no answer within 0.3 seconds."
    assert 0.3 <= time.monotonic() - began < 1.5


def test_the_deadline_holds_for_the_whole_and_not_for_each_byte(receiver: Receiver) -> None:
    receiver.reply = Reply(200, body=b"x" * 100, drip=0.1)
    began = time.monotonic()

    answer = post(receiver.url, timeout=0.5)

    assert answer.is_success  # the status was there in time; the rest is not waited for
    assert time.monotonic() - began < 1.5


def test_a_huge_answer_is_cut_off(receiver: Receiver) -> None:
    receiver.reply = Reply(200, body=b"y" * 20_000_000)

    answer = post(receiver.url)

    assert answer.text == "y" * 500
    assert answer.is_success
    assert MOST_READ < 10_000


def test_what_is_kept_of_an_answer_can_be_stored_and_shown(receiver: Receiver) -> None:
    receiver.reply = Reply(500, body="a\x00b\r\nc\u202ed \xff".encode("latin-1", "replace"))

    answer = post(receiver.url)

    assert answer.text.isprintable()
    assert answer.text.startswith("a b c")


def test_what_is_not_http_is_said(receiver: Receiver) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def answer_nonsense() -> None:
            taken, _ = listening.accept()
            with taken:
                taken.sendall(b"220 mail.example.org ESMTP\r\n")
                taken.shutdown(socket.SHUT_WR)
                while taken.recv(10_000):  # to close with something unread would be a reset
                    pass

        threading.Thread(target=answer_nonsense, daemon=True).start()
        answer = post(f"http://127.0.0.1:{listening.getsockname()[1]}/")

    assert answer.error.startswith("What came back is not HTTP: ")


@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}/", "http://localhost:{port}/"])
def test_an_address_of_this_machine_is_refused_after_it_was_resolved(
    receiver: Receiver, url: str
) -> None:
    answer = post(url.format(port=receiver.port), allowed=AllowList())

    assert "which is not called (this machine)" in answer.error or "not on the" in answer.error
    assert receiver.requests == []


@pytest.mark.parametrize("url", ["http://2130706433:{port}/", "http://0x7f000001:{port}/"])
def test_numbers_that_mean_this_machine_are_refused_too(receiver: Receiver, url: str) -> None:
    answer = post(url.format(port=receiver.port), allowed=AllowList())

    assert "leads to 127.0.0.1, which is not called (this machine)." in answer.error
    assert receiver.requests == []


def test_one_private_address_among_public_ones_is_enough_to_refuse(receiver: Receiver) -> None:
    answer = send(
        f"http://hooks.example.org:{receiver.port}/",
        body=b"",
        headers={},
        allowed=AllowList(),
        resolver=lambda *_: lead_to("8.8.8.8", "127.0.0.1"),
    )

    assert "leads to 127.0.0.1" in answer.error
    assert receiver.requests == []


def test_the_name_is_resolved_once_and_the_connection_goes_to_what_was_checked(
    receiver: Receiver,
) -> None:
    """DNS rebinding: what the name means a moment later is not asked."""
    asked: list[str] = []

    def rebind(host: str, _port: int) -> list[Address]:
        asked.append(host)
        return lead_to("127.0.0.1") if len(asked) == 1 else lead_to("169.254.169.254")

    answer = send(
        f"http://hooks.example.org:{receiver.port}/in",
        body=b"",
        headers={},
        allowed=LOOPBACK,
        resolver=rebind,
    )

    assert answer.is_success
    assert asked == ["hooks.example.org"]
    assert receiver.requests[0].headers["host"] == f"hooks.example.org:{receiver.port}"


def test_the_next_address_is_tried_where_one_does_not_answer(receiver: Receiver) -> None:
    answer = send(
        f"http://hooks.example.org:{receiver.port}/",
        body=b"",
        headers={},
        allowed=LOOPBACK,
        resolver=lambda *_: lead_to("127.0.0.9", "127.0.0.1"),
    )

    assert answer.is_success


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """An authority that this process trusts."""
    authority = Authority(tmp_path)
    trust = ssl.create_default_context(cafile=str(authority.certificate))
    monkeypatch.setattr(sending, "_load_trust", lambda: trust)
    return authority


def test_tls_asks_for_the_name_although_the_connection_goes_to_an_address(
    authority: Authority,
) -> None:
    with receive(authority.make_context("hooks.example.org")) as receiver:
        answer = send(
            f"https://hooks.example.org:{receiver.port}/",
            body=b"",
            headers={},
            allowed=LOOPBACK,
            resolver=lambda *_: [HERE],
        )

    assert answer.is_success
    assert receiver.server_names == ["hooks.example.org"]


@pytest.mark.parametrize("certified", ["other.example.org", "127.0.0.1"])
def test_a_certificate_for_another_name_is_no_connection(
    authority: Authority, certified: str
) -> None:
    with receive(authority.make_context(certified)) as receiver:
        answer = send(
            f"https://hooks.example.org:{receiver.port}/",
            body=b"",
            headers={},
            allowed=LOOPBACK,
            resolver=lambda *_: [HERE],
        )

    assert "certificate verify failed" in answer.error
    assert receiver.requests == []


def test_a_certificate_that_nobody_vouches_for_is_no_connection(tmp_path: Path) -> None:
    with receive(Authority(tmp_path).make_context("localhost")) as receiver:
        answer = post(f"https://localhost:{receiver.port}/", allowed=AllowList.read(["localhost"]))

    assert "certificate verify failed" in answer.error


def test_proxies_of_the_environment_are_not_used(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")

    assert post(receiver.url).is_success
