"""calfcms as it is deployed: granian, the worker and nginx, each in a process of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Final

import pytest

from tests.processes.conftest import ROOT, OwnDatabase

CONFIG: Final = ROOT / "docs" / "deploy" / "nginx.conf"
APP_PORT, CACHE_PORT, PURGE_PORT = 8571, 8572, 8573
TOKEN: Final = "token-of-the-test"
MAIN: Final = """
user root;
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log info;
events {{ worker_connections 256; }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    log_format cache '$upstream_cache_status $request_uri';
    access_log {folder}/access.log cache;
    log_subrequest on;
    include {folder}/calfcms.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Message
    body: bytes

    @property
    def cached(self) -> str:
        """What nginx says of its cache."""
        return str(self.headers["X-Cache-Status"])


@dataclass
class Deployment:
    """The services, and how to call them."""

    folder: Path
    database: OwnDatabase
    app: subprocess.Popen[bytes] | None = None
    key: str = ""
    """Of the partner."""

    def get(
        self, path: str, headers: Mapping[str, str] | None = None, *, method: str = "GET"
    ) -> Answer:
        """Ask through nginx."""
        return ask(f"http://127.0.0.1:{CACHE_PORT}{path}", headers or {}, method=method)

    def post(self, path: str, body: bytes) -> Answer:
        """Send JSON through nginx."""
        url = f"http://127.0.0.1:{CACHE_PORT}{path}"
        return ask(url, {"Content-Type": "application/json"}, body)

    def start_app(self) -> None:
        """Start granian, and wait until it answers."""
        program = str(Path(sys.executable).with_name("granian"))
        options = ["--interface=wsgi", "--host=127.0.0.1", f"--port={APP_PORT}", "--workers=1"]
        options += ["--blocking-threads=2", "--log-level=error", "calfcms.wsgi:application"]
        self.app = self._start(program, *options)
        wait_for(lambda: ask(f"http://127.0.0.1:{APP_PORT}/healthz", {}).status == 200)

    def kill_app(self) -> None:
        """As if the machine had lost power."""
        assert self.app is not None
        end(self.app, signal.SIGKILL)
        wait_for(lambda: not is_listening(APP_PORT))

    def start_worker(self) -> subprocess.Popen[bytes]:
        """The real worker, which purges."""
        return self._start(sys.executable, "manage.py", "worker", "--interval=60")

    def at_desk(self, *what: str) -> str:
        """Have somebody publish or withdraw; what they print."""
        command = [sys.executable, "-m", "tests.deploy.desk", *what]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self._get_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def wait_until_purged(self) -> None:
        """Wait until the worker has no more to purge: each tag is purged by itself."""
        url, key = f"http://127.0.0.1:{APP_PORT}/metrics", {"Authorization": f"Bearer {TOKEN}"}
        wait_for(lambda: b'calfcms_jobs{state="due"} 0.0' in ask(url, key).body)

    def read_log(self) -> list[str]:
        """Each request, those in the background too: cache status and address."""
        return (self.folder / "access.log").read_text().splitlines()

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=self._get_environment(),
            start_new_session=True,
            stderr=subprocess.DEVNULL,
        )

    def _get_environment(self) -> dict[str, str]:
        return {
            **self.database.environment,
            "PURGE_URLS": f"http://127.0.0.1:{PURGE_PORT}/purge/{{tag}}",
            "PURGE_TOKEN": TOKEN,
            "TRUSTED_PROXY_COUNT": "1",
            "ANONYMOUS_CALLS_PER_MINUTE": "0",
            "LOG_LEVEL": "WARNING",
            "EMAIL_URL": "dummymail://",
            "METRICS_TOKEN": TOKEN,
        }


def ask(
    url: str, headers: Mapping[str, str], body: bytes | None = None, method: str | None = None
) -> Answer:
    """One request; statuses that urllib takes for errors are answers too."""
    request = urllib.request.Request(url, data=body, headers=dict(headers), method=method)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
            return Answer(response.status, response.headers, response.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())
    except OSError:
        return Answer(0, Message(), b"")


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> float:
    """Wait until it holds; for how long. Fails when it takes longer than that."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, "this did not come about in time"
        time.sleep(0.05)
    return time.monotonic() - began


def is_listening(port: int) -> bool:
    """Whether anybody does."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def end(process: subprocess.Popen[bytes], by: signal.Signals = signal.SIGTERM) -> None:
    """End a process, with those it started: they are a group of their own."""
    if process.poll() is None:
        os.killpg(process.pid, by)
    process.wait(timeout=20)


@contextmanager
def run_nginx(folder: Path) -> Iterator[None]:
    """nginx with the committed file, of which only ports, paths and secrets are replaced."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    if not Path(program).exists():
        pytest.fail("nginx is missing: apt-get install nginx-light")
    (folder / "calfcms.conf").write_text(adapt(CONFIG.read_text(), folder))
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder))
    process = subprocess.Popen(
        [program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")],
        start_new_session=True,
    )
    try:
        wait_for(lambda: is_listening(CACHE_PORT) or process.poll() is not None, 10)
        assert process.poll() is None, (folder / "error.log").read_text()
        yield
    finally:
        end(process)


def adapt(config: str, folder: Path) -> str:
    """The configuration for this machine. Each replacement must find its line."""
    replacements = {
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{APP_PORT};",
        "/var/cache/nginx/": f"{folder}/cache-",
        "listen 80;": f"listen 127.0.0.1:{CACHE_PORT};",
        "127.0.0.1:8081": f"127.0.0.1:{PURGE_PORT}",
        "server_name content.example.org;": "server_name 127.0.0.1;",
        "Bearer change-me": f"Bearer {TOKEN}",
        "/srv/calfcms/media/figures/": f"{folder}/media/figures/",
    }
    for committed, here in replacements.items():
        assert committed in config, committed
        config = config.replace(committed, here)
    return config
