"""Adds a partner whose endpoint is the address given, then publishes a page. Usage: … URL."""

import sys

from tests.processes.scene import now, prepare_draft, prepare_people, publish_now

from calfcms.syndication.actions.save_endpoint import add_endpoint  # isort: skip
from calfcms.syndication.actions.save_partner import save_partner  # isort: skip
from calfcms.syndication.models import EventType, Partner  # isort: skip
from django.contrib.auth.models import User  # isort: skip

if __name__ == "__main__":
    prepare_people()
    manager = User.objects.get(username="demo-partner-manager")
    partner = save_partner(partner=Partner(slug="x", name="X"), by=manager, at=now())
    add_endpoint(
        partner=partner, url=sys.argv[1], event_types=EventType.values, by=manager, at=now()
    )
    prepare_draft("The words.")
    publish_now()
