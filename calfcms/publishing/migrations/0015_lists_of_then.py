"""An index for lists as they were: live periods in the order of their beginning, ended or not."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0014_translations")]

    operations = [
        migrations.AddIndex(
            model_name="liveperiod",
            index=models.Index(fields=["-started_at", "-id"], name="live_period_started"),
        ),
    ]
