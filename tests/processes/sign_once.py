"""Signs with the one-time link that is given on standard input, and says what came of it."""

import sys

from calfcms.publishing.problem import Refused
from tests.processes.scene import now  # sets Django up

if __name__ == "__main__":
    from calfcms.publishing.actions.sign_by_invitation import sign_by_invitation
    from calfcms.publishing.models import Invitation
    from calfcms.publishing.policy import Decision

    print("ready", flush=True)  # noqa: T201
    token = sys.stdin.readline().strip()
    try:
        sign_by_invitation(
            token=token,
            content_digest=Invitation.objects.get().content_digest,
            decision=Decision.APPROVED,
            at=now(),
            conflicts_of_interest="none declared",
            declares_identity=True,
        )
        print("signed")  # noqa: T201
    except Refused as refusal:
        print(f"refused {refusal.problems[0].code}")  # noqa: T201
