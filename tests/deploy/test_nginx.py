"""docs/deploy/nginx.conf at work: nginx, granian and the worker as a deployment runs them.

The scenes follow each other with one database, as on one day of a deployment.
"""

import json
import time
from collections.abc import Iterator

import pytest

from tests.deploy.desk import OWN_WORDS
from tests.deploy.services import (
    PURGE_PORT,
    TOKEN,
    Answer,
    Deployment,
    ask,
    end,
    run_nginx,
    wait_for,
)
from tests.processes.conftest import make_database

pytestmark = pytest.mark.long
PAGE = "/api/v1/conditions/glass-elbow"
FIRST = f"{PAGE}/editions/1"
FEED = "/api/v1/changes"


@pytest.fixture(autouse=True)
def _purged(deployment: Deployment) -> None:
    """What an earlier test published is known to the cache."""
    deployment.wait_until_purged()


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """Everything started; a page published in two languages."""
    folder = tmp_path_factory.mktemp("deployment")
    with make_database(folder, "nginx") as database, run_nginx(folder):
        found = Deployment(folder, database)
        found.key = json.loads(found.at_desk("prepare"))["key"]
        found.start_app()
        worker = found.start_worker()
        try:
            yield found
        finally:
            end(worker)
            found.kill_app()


def read_summary(answer: Answer) -> str:
    return str(json.loads(answer.body)["summary"]["text"])


def purge(tag: str, token: str = TOKEN) -> int:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    return ask(f"http://127.0.0.1:{PURGE_PORT}/purge/{tag}", headers, b"{}").status


def test_what_was_read_once_comes_from_the_cache(deployment: Deployment) -> None:
    first, second = deployment.get(PAGE), deployment.get(PAGE)

    assert (first.status, second.status) == (200, 200)
    assert (first.cached, second.cached) == ("MISS", "HIT")
    assert first.body == second.body
    assert first.headers["ETag"] == second.headers["ETag"]


def test_a_reader_who_holds_it_is_answered_by_the_cache_alone(deployment: Deployment) -> None:
    held = deployment.get(PAGE).headers["ETag"]

    answer = deployment.get(PAGE, {"If-None-Match": held})

    assert (answer.status, answer.cached, answer.body) == (304, "HIT", b"")


def test_head_is_answered_from_the_same_copy(deployment: Deployment) -> None:
    deployment.get(PAGE)

    answer = deployment.get(PAGE, method="HEAD")

    assert (answer.status, answer.cached, answer.body) == (200, "HIT", b"")


def test_languages_and_formats_are_kept_apart(deployment: Deployment) -> None:
    english = {"Accept-Language": "en"}, {"Accept-Language": "es"}
    summaries = [read_summary(deployment.get(PAGE, headers)) for headers in english * 2]
    markdown = [deployment.get(PAGE, {"Accept": "text/markdown"}) for _ in range(2)]

    assert summaries == ["The old words.", "Las palabras antiguas."] * 2
    assert markdown[1].cached == "HIT"
    assert markdown[1].headers["Content-Type"].startswith("text/markdown")
    assert deployment.get(PAGE, english[1]).cached == "HIT"


def test_it_is_compressed_on_the_way_out_from_one_copy(deployment: Deployment) -> None:
    plain = deployment.get(PAGE)

    small = deployment.get(PAGE, {"Accept-Encoding": "gzip"})

    assert small.cached == "HIT"
    assert small.headers["Content-Encoding"] == "gzip"
    assert len(small.body) < len(plain.body)
    assert small.headers["ETag"] == f"W/{plain.headers['ETag']}"


def test_headers_that_protect_readers_come_once(deployment: Deployment) -> None:
    answer = deployment.get(PAGE)

    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Cache-Control"):
        assert len(answer.headers.get_all(name, [])) == 1, name
    assert answer.headers["Server"] == "nginx"


def test_what_a_key_is_sent_is_neither_kept_nor_served_from_the_cache(
    deployment: Deployment,
) -> None:
    own = f"{PAGE}?locale=en"
    before = deployment.get(own)

    keyed = [deployment.get(own, {"Authorization": f"Bearer {deployment.key}"}) for _ in range(2)]
    after = deployment.get(own)

    assert [answer.cached for answer in keyed] == ["BYPASS", "BYPASS"]
    assert all(OWN_WORDS.encode() in answer.body for answer in keyed)
    assert keyed[0].headers["Cache-Control"].startswith("private")
    assert OWN_WORDS.encode() not in before.body + after.body
    assert (after.cached, after.body) == ("HIT", before.body)


def test_a_wrong_key_is_refused_although_the_page_is_in_the_cache(deployment: Deployment) -> None:
    deployment.get(PAGE)

    assert deployment.get(PAGE, {"Authorization": "Bearer calf_nonsense"}).status == 401


def test_evaluations_and_feedback_are_never_cached(deployment: Deployment) -> None:
    body = json.dumps({"kind": "helpful", "edition": 1}).encode()

    answers = [deployment.post(f"{PAGE}/feedback", body) for _ in range(2)]
    evaluations = [deployment.post("/api/v1/triage/protocols/x/evaluate", b"{}") for _ in range(2)]

    assert [answer.status for answer in answers] == [202, 202]
    assert {answer.headers["X-Cache-Status"] for answer in answers + evaluations} == {None}


def test_problems_are_not_kept_unless_calfcms_says_so(deployment: Deployment) -> None:
    answers = [deployment.get(f"{PAGE}?format=nonsense") for _ in range(2)]

    assert [(answer.status, answer.cached) for answer in answers] == [(400, "MISS")] * 2


def test_only_who_knows_the_token_may_purge(deployment: Deployment) -> None:
    deployment.get(PAGE)

    assert purge("condition/glass-elbow", token="guess") == 403
    assert deployment.get(PAGE).cached == "HIT"


def test_a_purge_reaches_every_variant_and_query_and_nothing_else(deployment: Deployment) -> None:
    variants: list[tuple[str, dict[str, str]]] = [
        (PAGE, {}),
        (PAGE, {"Accept-Language": "es"}),
        (f"{PAGE}?format=md", {}),
        (f"{PAGE}/editions", {}),
        (f"{PAGE}?locale=en&fields=title", {}),
    ]
    others = ["/api/v1/conditions", FEED, "/api/v1"]
    for path, headers in variants:
        deployment.get(path, headers)
    for path in others:
        deployment.get(path)

    assert purge("condition/glass-elbow") == 200

    assert [deployment.get(*variant).cached for variant in variants] == ["MISS"] * 5
    assert [deployment.get(path).cached for path in others] == ["HIT"] * 3


def test_a_numbered_edition_may_be_kept_for_ever(deployment: Deployment) -> None:
    first, second = deployment.get(FIRST), deployment.get(FIRST)

    assert (first.body, second.cached) == (second.body, "HIT")
    assert second.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_what_is_published_is_read_at_once(deployment: Deployment) -> None:
    old = [deployment.get(path) for path in (PAGE, "/api/v1/conditions", FEED)]
    assert read_summary(old[0]) == "The old words."

    deployment.at_desk("publish", "The new words.")

    took = wait_for(lambda: read_summary(deployment.get(PAGE)) == "The new words.", 10)
    assert took < 2  # since the process that published has ended
    wait_for(lambda: b"The new words." in deployment.get("/api/v1/conditions").body, 2)
    wait_for(lambda: len(json.loads(deployment.get(FEED).body)["items"]) == 3, 2)
    deployment.wait_until_purged()
    deployment.get(PAGE)
    assert deployment.get(PAGE).cached == "HIT"
    assert read_summary(deployment.get(FIRST)) == "The old words."


def test_what_has_run_out_is_asked_for_again_with_its_tag(deployment: Deployment) -> None:
    """The feed may be kept for five seconds: then nginx asks whether it is still so, and it is."""
    before = deployment.get(FEED)
    time.sleep(6)

    after = deployment.get(FEED)

    assert after.cached == "REVALIDATED"
    assert after.body == before.body


def test_a_page_that_has_run_out_is_served_while_a_fresh_one_is_fetched(
    deployment: Deployment,
) -> None:
    deployment.get(PAGE)
    time.sleep(61)

    answer = deployment.get(PAGE)

    assert (answer.status, answer.cached) == (200, "STALE")
    wait_for(lambda: f"REVALIDATED {PAGE}" in deployment.read_log(), 5)
    assert deployment.get(PAGE).cached == "HIT"


def test_while_calfcms_is_down_what_was_there_is_served_and_then_what_is_new(
    deployment: Deployment,
) -> None:
    deployment.get(FEED)
    deployment.kill_app()
    time.sleep(6)

    answers = [deployment.get(FEED) for _ in range(2)]
    unknown = deployment.get("/api/v1/conditions/never-read")

    assert [(answer.status, answer.cached) for answer in answers] == [(200, "STALE")] * 2
    assert unknown.status == 502
    deployment.at_desk("publish", "The newest words.")
    deployment.start_app()
    wait_for(lambda: len(json.loads(deployment.get(FEED).body)["items"]) == 4, 10)
    wait_for(lambda: read_summary(deployment.get(PAGE)) == "The newest words.", 10)


def test_what_is_withdrawn_is_gone_at_once_also_while_calfcms_is_down(
    deployment: Deployment,
) -> None:
    assert deployment.get(PAGE).status == 200

    deployment.at_desk("withdraw")

    wait_for(lambda: deployment.get(PAGE).status == 410, 10)
    deployment.kill_app()
    assert purge("condition/glass-elbow") == 200
    assert deployment.get(PAGE).status == 502
    deployment.start_app()
    assert deployment.get(PAGE).status == 410
