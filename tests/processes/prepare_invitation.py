"""Leaves a submitted draft and an invitation to sign it; says the token."""

from datetime import timedelta

from tests.processes.scene import now, prepare_draft, prepare_people

if __name__ == "__main__":
    from django.contrib.auth.models import User

    from calfcms.publishing.actions.invite import invite
    from calfcms.publishing.models import ReviewerProfile

    prepare_people()
    at = now()
    sent = invite(
        document=prepare_draft("The words."),
        reviewer=ReviewerProfile.objects.get(user__username="demo-reviewer-2"),
        by=User.objects.get(username="demo-editor-2"),
        at=at,
        expires_at=at + timedelta(days=1),
    )
    print(sent.token)  # noqa: T201
