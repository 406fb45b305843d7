"""A mail server that keeps what it is sent, on a port of this machine."""

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from aiosmtpd.controller import Controller


@dataclass(frozen=True)
class Received:
    """A message as it came over the wire."""

    recipients: list[str]
    content: bytes


class Receiver:
    """Takes every message, or refuses every recipient where `refusal` says how."""

    def __init__(self) -> None:
        self.mails: list[Received] = []
        self.refusal = ""
        self.port = 0
        self._controller: Controller | None = None

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Take a recipient."""
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        """Keep a message."""
        self.mails.append(Received(list(envelope.rcpt_tos), envelope.original_content))
        return "250 kept"

    def open(self) -> None:
        """Listen: on any free port first, on the same one later."""
        self.port = self.port or _find_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def close(self) -> None:
        """Stop listening."""
        if self._controller:
            self._controller.stop()
            self._controller = None


def _find_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


@contextmanager
def receive_mail() -> Iterator[Receiver]:
    """A receiver that listens until the block ends."""
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    receiver = Receiver()
    receiver.open()
    try:
        yield receiver
    finally:
        receiver.close()
