"""Which edition each partner holds, and which recalls it has acknowledged."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("syndication", "0002_webhooks")]

    operations = []
