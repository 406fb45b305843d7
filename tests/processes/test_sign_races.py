"""Several processes sign with one link at the same moment: it works once."""

import pytest

from tests.processes.conftest import OwnDatabase
from tests.processes.test_publish_races import finish

PROCESSES = 4


@pytest.mark.long
def test_a_one_time_link_signs_once(own_database: OwnDatabase) -> None:
    token = own_database.run("prepare_invitation").strip()
    racers = [own_database.start("sign_once") for _ in range(PROCESSES)]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"

    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write(f"{token}\n")
        racer.stdin.flush()

    said = sorted(finish(racer) for racer in racers)
    assert said == ["refused invitation_used"] * (PROCESSES - 1) + ["signed"]
