"""Publishes another edition."""

from tests.processes.scene import prepare_draft, publish_now

if __name__ == "__main__":
    prepare_draft("More words.")
    publish_now()
