"""What a change of the OpenAPI document breaks for clients that were written against the old one.

What clients send must stay acceptable, and what they read must stay there. Calls, members, optional
parameters and statuses may be added.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Document = dict[str, Any]
Direction = Literal["request", "answer"]

_UPPER_BOUNDS = ("maxLength", "maximum", "exclusiveMaximum", "maxItems")
_LOWER_BOUNDS = ("minLength", "minimum", "exclusiveMinimum", "minItems")
_METHODS = ("get", "post", "put", "patch", "delete")


def list_breaks(old: Document, new: Document) -> list[str]:
    """One sentence for each thing that a client of the old document would trip over."""
    return sorted(set(_Comparison(old, new).list_breaks()))


@dataclass
class _Comparison:
    old: Document
    new: Document
    seen: set[tuple[str, str, Direction]] = field(default_factory=set)

    def list_breaks(self) -> Iterator[str]:
        for path, methods in self.old["paths"].items():
            for method in _METHODS:
                if method not in methods:
                    continue
                where = f"{method.upper()} {path}"
                now = self.new["paths"].get(path, {}).get(method)
                if now is None:
                    yield f"{where} is gone"
                else:
                    yield from self._compare_call(where, methods[method], now)

    def _compare_call(self, where: str, old: Document, new: Document) -> Iterator[str]:
        yield from self._compare_parameters(where, old, new)
        yield from self._compare_body(where, old, new)
        for status, answer in old["responses"].items():
            if status not in new["responses"]:
                yield f"{where} no longer says what {status} is like"
                continue
            media = new["responses"][status].get("content", {})
            for media_type, content in answer.get("content", {}).items():
                place = f"{where}, {status} {media_type}"
                if media_type not in media:
                    yield f"{place} is gone"
                else:
                    yield from self._compare_content(place, content, media[media_type], "answer")
        if not old.get("security", []) and new.get("security", []) and {} not in new["security"]:
            yield f"{where} now takes a key"

    def _compare_parameters(self, where: str, old: Document, new: Document) -> Iterator[str]:
        before, now = _name_parameters(old), _name_parameters(new)
        for key, parameter in before.items():
            place = f"{where}, parameter {key[1]}"
            if key not in now:
                yield f"{place} is gone"
                continue
            yield from self._compare_content(place, parameter, now[key], "request")
        for key, parameter in now.items():
            if parameter.get("required") and not before.get(key, {}).get("required"):
                yield f"{where}, parameter {key[1]} is now required"

    def _compare_body(self, where: str, old: Document, new: Document) -> Iterator[str]:
        before, now = old.get("requestBody"), new.get("requestBody")
        if now and now.get("required") and not (before and before.get("required")):
            yield f"{where} now takes a body"
        for media_type, content in (before or {}).get("content", {}).items():
            place = f"{where}, body {media_type}"
            if media_type not in (now or {}).get("content", {}):
                yield f"{place} is no longer taken"
            else:
                assert now is not None
                yield from self._compare_content(
                    place, content, now["content"][media_type], "request"
                )

    def _compare_content(
        self, where: str, old: Document, new: Document, direction: Direction
    ) -> Iterator[str]:
        yield from self._compare(where, old.get("schema", {}), new.get("schema", {}), direction)

    def _compare(
        self, where: str, old: Document, new: Document, direction: Direction
    ) -> Iterator[str]:
        names = (old.get("$ref", ""), new.get("$ref", ""), direction)
        if all(names[:2]):
            if names in self.seen:
                return
            self.seen.add(names)
        old, new = _resolve(old, self.old), _resolve(new, self.new)
        wide, narrow = (new, old) if direction == "request" else (old, new)
        yield from _compare_types(where, wide, narrow, direction)
        yield from _compare_values(where, wide, narrow, direction)
        if direction == "request":
            yield from _compare_bounds(where, old, new)
        yield from self._compare_members(where, old, new, direction)
        if "items" in old:
            yield from self._compare(f"{where}[]", old["items"], new.get("items", {}), direction)
        yield from self._compare_branches(where, old, new, direction)

    def _compare_members(
        self, where: str, old: Document, new: Document, direction: Direction
    ) -> Iterator[str]:
        now, required = new.get("properties", {}), set(new.get("required", []))
        for name, schema in old.get("properties", {}).items():
            if name in now:
                yield from self._compare(f"{where}.{name}", schema, now[name], direction)
            else:
                yield f"{where}.{name} is gone"
        before = set(old.get("required", []))
        if direction == "request":
            yield from (f"{where}.{name} is now required" for name in required - before)
        else:
            lost = (before - required) & now.keys()
            yield from (f"{where}.{name} may now be missing" for name in lost)

    def _compare_branches(
        self, where: str, old: Document, new: Document, direction: Direction
    ) -> Iterator[str]:
        """Of alternatives, each on the narrow side must fit one on the wide side."""
        for word in ("anyOf", "oneOf"):
            before, now = old.get(word), new.get(word)
            if before is None or now is None:
                if before is not None or now is not None:
                    yield f"{where} has other alternatives"
                continue
            for branch in before if direction == "request" else now:
                pairs = [
                    (branch, other) if direction == "request" else (other, branch)
                    for other in (now if direction == "request" else before)
                ]
                if not any(self._fits(pair, direction) for pair in pairs):
                    yield f"{where} has other alternatives"

    def _fits(self, pair: tuple[Document, Document], direction: Direction) -> bool:
        alone = _Comparison(self.old, self.new, set(self.seen))
        return not list(alone._compare("", *pair, direction))


def _resolve(schema: Document, document: Document) -> Document:
    while "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        schema = document["components"]["schemas"][name]
    if len(schema.get("allOf", [])) == 1:
        return _resolve(schema["allOf"][0], document)
    return schema


def _name_parameters(operation: Document) -> dict[tuple[str, str], Document]:
    """Those that a client sends; OpenAPI lists headers of answers elsewhere."""
    return {(one["in"], one["name"]): one for one in operation.get("parameters", [])}


def _list_types(schema: Document) -> set[str] | None:
    given = schema.get("type")
    if given is None:
        return None
    types = {given} if isinstance(given, str) else set(given)
    return types | {"integer"} if "number" in types else types


def _compare_types(where: str, wide: Document, narrow: Document, kind: Direction) -> Iterator[str]:
    most, some = _list_types(wide), _list_types(narrow)
    if most is not None and (some is None or not some <= most):
        word = "takes" if kind == "request" else "is"
        yield f"{where} {word} {wide.get('type')} against {narrow.get('type')}"


def _compare_values(where: str, wide: Document, narrow: Document, kind: Direction) -> Iterator[str]:
    allowed = wide.get("enum") or ([wide["const"]] if "const" in wide else None)
    given = narrow.get("enum") or ([narrow["const"]] if "const" in narrow else None)
    if allowed is None:
        return
    if given is None or not {str(value) for value in given} <= {str(value) for value in allowed}:
        word = "no longer takes some values" if kind == "request" else "has values that are new"
        yield f"{where} {word}"


def _compare_bounds(where: str, old: Document, new: Document) -> Iterator[str]:
    for name in _UPPER_BOUNDS:
        if name in new and new[name] < old.get(name, float("inf")):
            yield f"{where} has a lower {name}"
    for name in _LOWER_BOUNDS:
        if name in new and new[name] > old.get(name, float("-inf")):
            yield f"{where} has a higher {name}"
    if "pattern" in new and new["pattern"] != old.get("pattern"):
        yield f"{where} has another pattern"
