"""Publishes a first edition and leaves a second one signed."""

from tests.processes.scene import prepare_draft, prepare_people, publish_now

if __name__ == "__main__":
    prepare_people()
    prepare_draft("The old words.")
    publish_now()
    prepare_draft("The new words.")
