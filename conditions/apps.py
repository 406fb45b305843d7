"""Django's entry for the conditions app."""

from django.apps import AppConfig


class ConditionsConfig(AppConfig):
    """Pages about conditions; knows nothing of triage."""

    name = "conditions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the kind known to publishing, its bundles to the commands, its rows to reversion."""
        from calfcms.publishing.editing import register_editor
        from calfcms.publishing.kinds import register
        from conditions.admin.addresses import get_edit_url
        from conditions.bundles import register_bundles
        from conditions.kind import ConditionKind
        from conditions.versioning import register_models

        register_models()
        register(ConditionKind())
        register_bundles()
        register_editor("condition", get_edit_url)
