"""Why a page cannot be imported at all. Pure."""


class ImportFault(Exception):
    """What is wrong with the page, and what to do about it. Nothing was written."""

    def __init__(self, message: str, hint: str, pointer: str = "") -> None:
        self.pointer = pointer
        """A JSON pointer into what was read, where the fault has a place."""
        where = f"At {pointer}: " if pointer else ""
        super().__init__(f"{where}{message} {hint}")
