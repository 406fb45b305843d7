"""Searches of the audit log that cost the same however long it is."""

from django.db import migrations, models


def _add(name: str, field: str) -> migrations.AddIndex:
    return migrations.AddIndex("event", models.Index(fields=[field, "seq"], name=name))


class Migration(migrations.Migration):
    dependencies = [("publishing", "0012_what_is_frozen_is_kept")]

    operations = [
        _add("event_action", "action"),
        _add("event_actor", "actor_id"),
        _add("event_digest", "content_digest"),
        _add("event_moment", "at"),
    ]
