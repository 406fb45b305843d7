"""Django's entry for search."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The index of what is live."""

    name = "calfcms.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow what is live; look after what was live before there was an index."""
        from calfcms.jobs.duties import add_duty
        from calfcms.publishing.live_changes import add_follower
        from calfcms.search.actions.fill import fill_in_rounds
        from calfcms.search.actions.index import follow
        from calfcms.search.bundles import register_bundles

        add_follower(follow)
        add_duty("search.fill_index", fill_in_rounds)
        register_bundles()
