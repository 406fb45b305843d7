"""Accounts and groups in the admin, and its log-in. Writing is for actions alone."""

# These register admin pages of their own, which show secrets; imported first to be taken away.
import allauth.account.admin
import allauth.mfa.admin  # noqa: F401
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group, User

from calfcms.accounts.log_in import redirect_to_log_in, redirect_to_password

for model in (Authenticator, EmailAddress, EmailConfirmation, Group, User):
    if admin.site.is_registered(model):
        admin.site.unregister(model)

from calfcms.accounts.admin import groups, people  # noqa: E402 - in the place of Django's

admin.site.login = redirect_to_log_in  # type: ignore[method-assign]
admin.site.password_change = redirect_to_password  # type: ignore[assignment, method-assign]

__all__ = ["groups", "people"]
