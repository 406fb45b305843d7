"""Django's entry for the triage app."""

from django.apps import AppConfig


class TriageConfig(AppConfig):
    """Findings in, urgency out."""

    name = "triage"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the kind known to publishing, and let it guard the red flags of conditions."""
        from calfcms.jobs.duties import add_duty
        from calfcms.publishing.bundles import register_bundle_kind
        from calfcms.publishing.editing import register_editor
        from calfcms.publishing.kinds import add_check, register
        from triage.actions.forget_evaluations import forget_old_evaluations
        from triage.admin.addresses import get_edit_url
        from triage.bundles import ProtocolBundles
        from triage.checks import list_condition_problems
        from triage.kind import ProtocolKind
        from triage.versioning import register_models

        register_models()
        register(ProtocolKind())
        add_check("condition", list_condition_problems)
        register_bundle_kind(ProtocolBundles())
        register_editor("protocol", get_edit_url)
        add_duty("triage.forget_old_evaluations", forget_old_evaluations)
