"""Where webhooks go, and what was delivered."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("syndication", "0001_partners")]

    operations = []
