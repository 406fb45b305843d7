"""JSON pointers (RFC 6901): the places that problems and errors name."""


def pointer_to(parent: str, key: str | int) -> str:
    """The pointer of a member of what `parent` points to."""
    return f"{parent}/{str(key).replace('~', '~0').replace('/', '~1')}"
