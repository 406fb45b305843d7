"""A person's own notices in the admin. Everybody on the staff has these pages; nobody another's."""

from calfcms.notices.admin import registration

__all__ = ["registration"]
