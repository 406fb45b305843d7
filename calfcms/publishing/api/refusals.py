"""A refused action as a problem: 403 where a right is missing, else 409, with every reason."""

from calfcms.api.problems import ApiProblem, InputError, problem_of
from calfcms.publishing.problem import Refused

NOT_ALLOWED = "not_allowed"


@problem_of.register
def describe_refusal(error: Refused) -> ApiProblem:
    """The reasons become `errors`; their pointers are into the draft."""
    is_forbidden = any(problem.code == NOT_ALLOWED for problem in error.problems)
    return ApiProblem(
        403 if is_forbidden else 409,
        NOT_ALLOWED if is_forbidden else "refused",
        " ".join(f"{problem.message} {problem.hint}" for problem in error.problems),
        errors=[
            InputError(problem.pointer, problem.code, f"{problem.message} {problem.hint}")
            for problem in error.problems
        ],
    )
