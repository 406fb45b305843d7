"""`manage.py import_page`: a page becomes a draft and never more, or nothing at all."""

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from pytest_django import Settings

from calfcms.publishing.actions.save_draft import save_draft
from calfcms.publishing.models import Document, Edition, Event, SignOff, Submission
from calfcms.publishing.problem import Refused
from conditions import page_source
from conditions.actions.import_page import import_page
from conditions.actions.save_publisher import save_publisher
from conditions.actions.save_topic import save_topic
from conditions.draft import ConditionDraft, TopicDraft
from conditions.importing.parsing import MAX_BYTES
from conditions.models import Condition, RedFlag
from tests.conditions.examples import PUBLISHER
from tests.conftest import NOON, make_person

pytestmark = pytest.mark.django_db

PAGES = Path(__file__).parent / "pages"
KNEE = PAGES / "whistling-knee.html"


@pytest.fixture(autouse=True)
def _shared_rows(editor: User) -> None:
    save_publisher(publisher=PUBLISHER, by=editor, at=NOON)
    save_topic(topic=TopicDraft(slug="legs", title="Legs"), by=editor, at=NOON)


def run(source: object, *options: str) -> list[str]:
    """Import as the editor, and give the lines that were printed."""
    out = StringIO()
    call_command("import_page", str(source), "--as", "editor", *options, stdout=out)
    return out.getvalue().splitlines()


def refuse(source: object, *options: str) -> str:
    """The reason why an import was refused, after checking that it left nothing behind."""
    before = count_everything()
    with pytest.raises(CommandError) as refused:
        run(source, *options)
    assert count_everything() == before
    reason, _, last = str(refused.value).rpartition("\n")
    assert last == "Nothing was imported."
    return reason


def count_everything() -> tuple[int, ...]:
    models = (Document, Condition, Event, Submission, SignOff, Edition)
    return tuple(model._default_manager.count() for model in models)


def write(folder: Path, value: Any, name: str = "page.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def make_page(**members: Any) -> dict[str, Any]:
    page = {"@type": "MedicalWebPage", "name": "Green heel", "inLanguage": "en"}
    return page | {"publisher": "Demo Library", "text": "Moss."} | members


def test_it_makes_a_draft_and_says_what_it_read(editor: User) -> None:
    lines = run(KNEE)

    condition = Condition.objects.get()
    assert condition.title == "Whistling knee: why it happens & what helps"
    assert condition.document.slug == "whistling-knee"
    assert lines[0].startswith(f"read       {KNEE}: {KNEE.stat().st_size} bytes, sha256:")
    assert lines[1] == "created    draft of condition whistling-knee (en-GB), signed by nobody"
    assert lines[2].startswith("to look at 9 not_mapped, 5 claim, 2 red_flag")
    assert "  claim      /0/reviewedBy: The page claims a reviewer." in "\n".join(lines)


def test_whatever_the_page_claims_it_is_a_draft_and_signed_by_nobody() -> None:
    run(KNEE)

    assert Condition.objects.count() == 1
    for model in (Submission, SignOff, Edition):
        assert not model._default_manager.exists()
    assert not RedFlag.objects.exists()


def test_it_is_written_by_the_person_who_was_named(editor: User) -> None:
    run(KNEE)

    event = Event.objects.get(action="draft.saved")
    assert event.actor_id == str(editor.pk)
    assert event.details["comment"] == f"Imported from {KNEE}"


def test_importing_again_changes_nothing() -> None:
    run(KNEE)
    before = count_everything()

    assert run(KNEE)[1].startswith("unchanged  ")
    assert count_everything() == before


def test_a_dry_run_reports_and_writes_no_draft(tmp_path: Path) -> None:
    before = count_everything()

    lines = run(KNEE, "--dry-run", "--report", str(tmp_path / "report.json"))

    assert lines[-1] == "Dry run: no draft was written."
    assert count_everything() == before
    assert (tmp_path / "report.json").exists()


def test_of_many_notes_of_one_kind_the_first_are_printed(tmp_path: Path) -> None:
    citations = [{"name": f"Source {n}"} for n in range(12)]

    lines = run(write(tmp_path, make_page(citation=citations)))

    assert sum("Source" in line for line in lines) == 10
    assert "  citation   and 2 more: see --report FILE" in lines


def test_the_report_names_every_place_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "report.json"

    run(KNEE, "--report", str(path))

    report = json.loads(path.read_text(encoding="utf-8"))
    assert report["source"]["place"] == str(KNEE)
    assert report["source"]["bytes"] == KNEE.stat().st_size
    assert report["draft"]["slug"] == "whistling-knee"
    assert report["draft"]["outcome"] == "created"
    assert {
        "about": "image",
        "pointer": "/0/image",
        "reason": "Pictures are not taken over: upload what you may use.",
        "value": "https://library.example/knee.jpg",
    } in report["notes"]


def test_a_report_that_cannot_be_written_imports_nothing(tmp_path: Path) -> None:
    reason = refuse(KNEE, "--report", str(tmp_path / "missing" / "report.json"))

    assert reason.startswith("The report cannot be written: ")


def test_address_language_and_publisher_can_be_said(tmp_path: Path) -> None:
    page = write(tmp_path, make_page(publisher="Nobody we know"))

    run(page, "--slug", "my-heel", "--locale", "hi", "--publisher", "demo-library")

    document = Document.objects.get()
    assert (document.slug, document.locale) == ("my-heel", "hi")


def test_a_draft_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    run(write(tmp_path, make_page()))

    reason = refuse(write(tmp_path, make_page(text="Other moss.")))

    assert "There is a draft at green-heel (en) already. Import with --replace" in reason


def test_it_is_written_over_where_that_is_said(tmp_path: Path) -> None:
    run(write(tmp_path, make_page()))

    lines = run(write(tmp_path, make_page(text="Other moss.")), "--replace")

    assert lines[1].startswith("replaced   draft of condition green-heel")
    assert Condition.objects.get().sections.get().body == "Other moss."


def test_red_flags_of_a_draft_that_is_written_over_are_named(tmp_path: Path, editor: User) -> None:
    flag = {"id": "steam", "sign": "Steam from the heel", "urgency": "emergency"}
    save("green-heel", editor, red_flags=[flag])

    lines = run(write(tmp_path, make_page()), "--replace")

    assert any("bring them back" in line and "Steam from the heel" in line for line in lines)


def save(slug: str, by: User, **members: Any) -> ConditionDraft:
    """A draft that somebody wrote by hand."""
    own = {"slug": slug, "locale": "en", "title": "By hand", "name": "Heel"}
    draft = ConditionDraft.model_validate({**own, "publisher": "demo-library", **members})
    save_draft(kind="condition", slug=slug, locale="en", draft=draft, by=by, at=NOON)
    return draft


@pytest.mark.parametrize("has_draft", [True, False])
def test_what_somebody_saved_in_between_is_not_written_over(editor: User, has_draft: bool) -> None:
    base = save("green-heel", editor) if has_draft else None
    imported = ConditionDraft.model_validate(
        {**(base or save("other", editor)).model_dump(), "slug": "green-heel", "title": "Imported"}
    )
    save("green-heel", editor, title="By somebody else")

    with pytest.raises(Refused, match="saved this draft while"):
        import_page(draft=imported, base=base, source="x", by=editor, at=NOON, may_replace=True)

    assert Condition.objects.get(document__slug="green-heel").title == "By somebody else"


def test_it_takes_the_right_to_write_drafts(tmp_path: Path) -> None:
    make_person("reader")

    with pytest.raises(CommandError, match="the right “edit_draft” is missing"):
        call_command("import_page", str(KNEE), "--as", "reader")

    assert not Condition.objects.exists()


def test_a_person_who_is_not_there_is_refused() -> None:
    with pytest.raises(CommandError, match="There is no user named 'ghost'"):
        call_command("import_page", str(KNEE), "--as", "ghost")


def test_outside_local_mode_somebody_must_be_named(settings: Settings) -> None:
    settings.CALFCMS_LOCAL = False

    with pytest.raises(CommandError, match="say who loads: --as USERNAME"):
        call_command("import_page", str(KNEE))


def test_a_publisher_that_is_not_there_is_refused() -> None:
    assert "There is no publisher with the slug `nobody`" in refuse(KNEE, "--publisher", "nobody")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "It is empty."),
        (b"<p>No scripts</p>", "There is no JSON-LD in this page"),
        (b'{"@type": "MedicalWebPage", "name"', "It is not JSON"),
        (b'{"a": "\x00"}', "is NUL"),
        ('{"name": "Löwe"}'.encode("latin-1"), "is not utf-8"),
        (b"[" * 50_000, "nested too deeply"),
        (b"x" * (MAX_BYTES + 1), "has more than 5000000 bytes"),
    ],
)
def test_what_is_no_page_leaves_nothing_behind(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "page"
    path.write_bytes(content)

    assert said in refuse(path)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("nowhere.html", "nowhere.html is not there, or no ordinary file. Name one HTML"),
        ("/dev/zero", "/dev/zero is not there, or no ordinary file"),
        (str(PAGES), "is a folder. Name one HTML or JSON file."),
        ("file:///etc/passwd", "neither a file nor an address that starts with http"),
        ("ftp://e.example/x", "neither a file nor an address"),
        ("data:text/html,x", "neither a file nor an address"),
        ("http://", "cannot be fetched"),
        ("http://[", "cannot be fetched"),
    ],
)
def test_what_is_neither_a_file_nor_an_address_is_refused(source: str, said: str) -> None:
    assert said in refuse(source)


Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def serve(**answers: Answer) -> Iterator[str]:
    """A real server on this machine: each name is a path that it answers."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answers[self.path.strip("/").partition("?")[0]](self)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def send(
    content: bytes = b"", status: int = 200, media_type: str = "text/html", **headers: str
) -> Answer:
    """An answer with that content."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", media_type)
        handler.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def redirect(target: str) -> Answer:
    return send(status=302, Location=target)


def test_a_page_is_fetched_from_the_web() -> None:
    with serve(knee=send(KNEE.read_bytes())) as host:
        lines = run(f"{host}/knee")

    assert lines[0].startswith(f"fetched    {host}/knee: {KNEE.stat().st_size} bytes, sha256:")
    assert Condition.objects.get().name == "Whistling knee"


def test_links_without_a_host_lead_to_the_server_it_came_from() -> None:
    page = json.dumps(make_page(text='<a href="/moss">Moss</a>')).encode()

    with serve(page=send(page, media_type="application/ld+json")) as host:
        run(f"{host}/page")

    assert Condition.objects.get().sections.get().body == f"[Moss]({host}/moss)"


def test_three_redirects_are_followed_and_the_last_address_is_said() -> None:
    with serve(
        a=redirect("/b"), b=redirect("/c"), c=redirect("knee"), knee=send(KNEE.read_bytes())
    ) as host:
        assert run(f"{host}/a")[0].startswith(f"fetched    {host}/knee: ")


def test_a_fourth_redirect_is_not() -> None:
    with serve(a=redirect("/a")) as host:
        assert "It was redirected more than 3 times" in refuse(f"{host}/a")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://e.example/", "javascript:x"])
def test_a_redirect_off_the_web_is_refused(target: str) -> None:
    with serve(a=redirect(target)) as host:
        assert "which is not on the web" in refuse(f"{host}/a")


def test_a_name_and_password_in_an_address_are_not_repeated() -> None:
    with serve(a=send(status=404)) as host:
        reason = refuse(host.replace("http://", "http://eve:secret@") + "/a")

    assert f"{host}/a answered 404" in reason.partition(": ")[2]


@pytest.mark.parametrize("status", [204, 401, 404, 410, 500, 503])
def test_an_address_that_answers_otherwise_is_refused(status: int) -> None:
    with serve(a=send(status=status)) as host:
        assert f"answered {status}" in refuse(f"{host}/a")


@pytest.mark.parametrize("media_type", ["application/pdf", "image/png", "text/plain", ""])
def test_other_types_of_content_are_refused(media_type: str) -> None:
    with serve(a=send(b"{}", media_type=media_type)) as host:
        assert "not a page or JSON. These can be imported: text/html" in refuse(f"{host}/a")


def test_a_page_without_end_is_refused() -> None:
    def pour(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Connection", "close")
        handler.end_headers()
        try:
            for _ in range(200):
                handler.wfile.write(b"x" * 100_000)
        except OSError:
            handler.close_connection = True

    with serve(a=pour) as host:
        assert "sends more than 5000000 bytes" in refuse(f"{host}/a")


def test_a_small_answer_that_unpacks_to_a_huge_one_is_refused() -> None:
    packed = gzip.compress(b" " * (MAX_BYTES + 1))

    with serve(a=send(packed, Content_Encoding="gzip")) as host:
        assert "sends more than 5000000 bytes" in refuse(f"{host}/a")


def test_a_server_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_source, "READ_SECONDS", 0.1)

    def wait(handler: BaseHTTPRequestHandler) -> None:
        handler.rfile.read(1)

    with serve(a=wait) as host:
        assert "did not answer in time" in refuse(f"{host}/a")


def test_a_server_that_answers_in_drops_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_source, "WHOLE_SECONDS", 0.0)

    with serve(a=send(KNEE.read_bytes())) as host:
        assert "takes longer than 0 seconds" in refuse(f"{host}/a")


def test_a_server_that_is_not_there_is_refused() -> None:
    with serve() as host:
        pass

    assert "cannot be fetched" in refuse(f"{host}/a")


def test_a_page_in_another_encoding_is_read_as_the_server_says() -> None:
    page = json.dumps(make_page(name="Grüne Ferse"), ensure_ascii=False).encode("latin-1")

    with serve(a=send(page, media_type="application/ld+json; charset=latin-1")) as host:
        run(f"{host}/a")

    assert Condition.objects.get().name == "Grüne Ferse"
