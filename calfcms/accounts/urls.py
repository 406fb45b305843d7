"""Log-in, log-out, password, second factor: allauth's views, those that make sense here.

There is no sign-up, no social log-in, and no reset by e-mail: an administrator sets a new password.
"""

from allauth.account import views
from django.urls import include, path

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("confirm/", views.reauthenticate, name="account_reauthenticate"),
    path("password/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("second-factor/", include("allauth.mfa.urls")),
]
