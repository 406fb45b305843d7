"""Prints the state as JSON."""

import json

import tests.processes.scene  # noqa: F401 - starts Django
from tests.processes.state import read_state

if __name__ == "__main__":
    print(json.dumps(read_state()))  # noqa: T201
