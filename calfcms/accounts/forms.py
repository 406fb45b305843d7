"""allauth's forms where our words are plainer."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Passkeys that log in by themselves are the normal case."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "A name to know it by, such as “work laptop”"
        passwordless = self.fields["passwordless"]
        passwordless.initial = True
        passwordless.label = "Logs me in by itself, without a password"
        passwordless.help_text = (
            "Your device asks for your finger, face or PIN, so one touch is both factors. "
            "Without this it is asked for after the password."
        )
