"""`manage.py make_key`: a key for scripts, in somebody's name."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from calfcms.syndication.keys import hash_key
from calfcms.syndication.models import Key, Partner

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    printed = StringIO()
    call_command("make_key", *arguments, stdout=printed)
    return printed.getvalue()


def test_it_prints_the_secret_and_nothing_else(partner: Partner, manager: User) -> None:
    secret = run(
        "city-clinic", "--by=manager", "--name=web", "--scope=read", "--scope=triage", "--days=7"
    )

    key = Key.objects.get(hash=hash_key(secret.strip()))
    assert (key.scopes, key.created_by) == (["read", "triage"], manager)
    assert key.expires_at == key.created_at + timedelta(days=7)


def test_no_days_mean_for_ever(partner: Partner) -> None:
    run("city-clinic", "--by=manager", "--name=web", "--scope=read", "--days=0")

    assert Key.objects.get().expires_at is None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nobody", "--by=manager", "--scope=read"], "There is no partner nobody"),
        (["city-clinic", "--by=nobody", "--scope=read"], "There is no account nobody"),
        (["city-clinic", "--by=manager", "--scope=audit"], "may not give a key the scope audit"),
        (["city-clinic", "--by=manager", "--scope=all"], "invalid choice"),
        (["city-clinic", "--by=manager", "--scope=read", "--days=-1"], "expired already"),
    ],
)
def test_it_refuses_with_a_reason(partner: Partner, arguments: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run("--name=web", *arguments)

    assert not Key.objects.exists()
