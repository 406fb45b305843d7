"""An invitation that was not used yet can be taken back."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("publishing", "0005_groups"),
    ]

    operations = [
        migrations.AddField("invitation", "revoked_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "invitation",
            "revoked_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            "invitation",
            models.CheckConstraint(
                condition=models.Q(("revoked_at", None), ("revoked_by", None))
                | models.Q(
                    ("revoked_at__isnull", False),
                    ("revoked_by__isnull", False),
                    ("used_at", None),
                ),
                name="invitation_revocation",
            ),
        ),
    ]
