"""What every problem must look like."""

from typing import Any


def read_problem(response: Any, status: int, code: str) -> dict[str, Any]:
    """The problem in a response, after checking what all of them have in common."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert problem["status"] == status
    assert problem["code"] == code
    assert problem["type"] == f"/api/v1/problems/{code}"
    assert {"title", "detail", "instance"} <= problem.keys()
    return problem
