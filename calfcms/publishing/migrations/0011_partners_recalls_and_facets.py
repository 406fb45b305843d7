"""Partner renditions, facets and recalls; when a translation fell behind."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0010_invitations_can_be_revoked"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="document",
            options={
                "default_permissions": ("view",),
                "permissions": [
                    ("edit_draft", "Can write drafts"),
                    ("submit", "Can submit drafts for review"),
                    ("sign_off", "Can sign off what was submitted"),
                    ("publish", "Can publish what was signed off"),
                    ("withdraw", "Can withdraw what is published"),
                    ("recall", "Can call editions back from partners"),
                    ("break_glass", "Can publish unsigned in an emergency"),
                    ("extend_review", "Can let overdue content stay for a while"),
                    ("comment", "Can comment on drafts"),
                    ("invite", "Can send preview links and ask outside reviewers"),
                    ("answer_feedback", "Can handle feedback from readers"),
                    ("read_audit", "Can search the audit log and take evidence"),
                ],
            },
        ),
        migrations.AddField(
            model_name="liveperiod",
            name="source_moved_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="Facet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=20)),
                ("value", models.CharField(max_length=255)),
                (
                    "edition",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facets",
                        to="publishing.edition",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["name", "value", "edition"], name="facet_value")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "name", "value"), name="facet_of_edition"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PartnerRendition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("partner", models.SlugField(max_length=80)),
                ("format", models.CharField(max_length=10)),
                ("media_type", models.CharField(max_length=80)),
                ("body", models.BinaryField()),
                ("digest", models.CharField(max_length=71)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partner_renditions",
                        to="publishing.edition",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "partner", "format"), name="partner_rendition_format"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Recall",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[("critical", "Critical"), ("major", "Major"), ("minor", "Minor")],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField()),
                ("recalled_at", models.DateTimeField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recalls",
                        to="publishing.document",
                    ),
                ),
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recall",
                        to="publishing.edition",
                    ),
                ),
                (
                    "recalled_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": ("view",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("severity__in", ["critical", "major", "minor"])),
                        name="recall_severity",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="recall_has_a_reason",
                    ),
                ],
            },
        ),
    ]
