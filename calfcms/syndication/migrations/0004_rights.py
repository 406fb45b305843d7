"""Who may manage partners."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("syndication", "0003_who_holds_what")]

    operations = []
