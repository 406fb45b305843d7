"""Publishes what is signed, when told to on standard input, and says what came of it."""

import sys

from calfcms.publishing.problem import Refused
from tests.processes.scene import publish_now

if __name__ == "__main__":
    print("ready", flush=True)  # noqa: T201
    sys.stdin.readline()
    try:
        print(f"published {publish_now()}")  # noqa: T201
    except Refused as refusal:
        print(f"refused {refusal.problems[0].code}")  # noqa: T201
