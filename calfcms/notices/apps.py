"""Django's entry for notices."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Telling people what waits for them: notices, and the e-mails that carry them."""

    name = "calfcms.notices"
    label = "notices"

    def ready(self) -> None:
        """Have the worker read the log, remind of reviews, and mail."""
        from calfcms.jobs.duties import add_duty
        from calfcms.jobs.handlers import register_handler
        from calfcms.notices.actions.read_log import read_log
        from calfcms.notices.actions.remind import remind
        from calfcms.notices.actions.tell import MAIL
        from calfcms.notices.mailing import mail_notice

        add_duty("notices.read_log", read_log)
        add_duty("notices.remind", remind)
        register_handler(MAIL, mail_notice)
