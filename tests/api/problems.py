"""What every problem must look like."""

from typing import Any

from django.http import HttpResponse


def read_problem(response: HttpResponse, status: int, code: str) -> dict[str, Any]:
    """The problem in a response, after checking what all of them have in common."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()  # type: ignore[attr-defined]
    assert problem["status"] == status
    assert problem["code"] == code
    assert problem["type"] == f"/api/v1/problems/{code}"
    assert {"title", "detail", "instance"} <= problem.keys()
    return problem
