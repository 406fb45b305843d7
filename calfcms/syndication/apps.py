"""Django's entry for syndication."""

from django.apps import AppConfig


class SyndicationConfig(AppConfig):
    """Partners, keys, webhooks, recalls, and who holds which edition."""

    name = "calfcms.syndication"
    label = "syndication"
    verbose_name = "partners"

    def ready(self) -> None:
        """Let the API know who calls; keep count of what goes out to whom."""
        from calfcms.api.callers import set_authenticator
        from calfcms.publishing.deliveries import add_witness
        from calfcms.syndication.authentication import authenticate
        from calfcms.syndication.ledger import ledger

        set_authenticator(authenticate)
        add_witness(ledger.record)
        self._register_outgoing()

    def _register_outgoing(self) -> None:
        """Have the worker tell partners of changes, and caches what to forget."""
        from calfcms.jobs.duties import add_duty
        from calfcms.jobs.handlers import register_handler
        from calfcms.publishing.live_changes import add_follower
        from calfcms.syndication import purging
        from calfcms.syndication.actions.disable_endpoint import TELL_PARTNER
        from calfcms.syndication.actions.find_overdue import find_overdue
        from calfcms.syndication.actions.follow_log import follow_log
        from calfcms.syndication.actions.queue_delivery import DELIVER
        from calfcms.syndication.webhooks import delivering, mailing

        add_duty("syndication.follow_log", follow_log)
        add_duty("syndication.find_overdue", find_overdue)
        register_handler(DELIVER, delivering.deliver, lease=delivering.LEASE, lane=delivering.LANE)
        register_handler(TELL_PARTNER, mailing.mail_disabled)
        register_handler(
            purging.PURGE, purging.purge, first_wait=purging.FIRST_WAIT, lane=purging.LANE
        )
        add_follower(purging.follow)
