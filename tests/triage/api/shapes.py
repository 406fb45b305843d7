"""Holding an answer against the shape that the OpenAPI document shows, to the last member."""

from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from pydantic import BaseModel


def list_faults(shape: type[BaseModel], answer: Any) -> list[str]:
    """Where the answer has another shape: a member missing, undocumented, or of another type."""
    schema = _forbid_other_members(shape.model_json_schema(mode="serialization"))
    return [
        f"{error.json_path}: {error.message}"
        for error in Draft202012Validator(schema).iter_errors(answer)
    ]


def _forbid_other_members(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_forbid_other_members(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _forbid_other_members(part) for name, part in schema.items()}
    return {**closed, "additionalProperties": False} if "properties" in schema else closed
