"""The form by which an administrator sets somebody's password."""

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from unfold.forms import AdminPasswordChangeForm

from calfcms.accounts.actions.set_password import set_password


class PasswordForm(AdminPasswordChangeForm):  # type: ignore[misc]
    """Django's, saving through the action."""

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def save(self, commit: bool = True) -> User:  # noqa: ARG002
        """The person, with the new password, or with none when that was asked for."""
        is_usable = self.cleaned_data["set_usable_password"]
        password = self.cleaned_data["password1"] if is_usable else ""
        person: User = self.user
        set_password(person=person, password=password, by=self.by, at=timezone.now())
        return person
