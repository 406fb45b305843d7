"""Who may call with which key, where webhooks go, and which edition each partner holds."""

from calfcms.syndication.models.partner import Key, Partner, Scope

__all__ = ["Key", "Partner", "Scope"]
