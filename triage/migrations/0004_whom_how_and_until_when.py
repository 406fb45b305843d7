"""Whom a finding can be asked and how, what a score's publication says, until when a rule holds,
and disagreements view by view.
"""

from typing import Any

from django.db import migrations, models


def keep_the_choice(apps: Any, schema_editor: Any) -> None:
    """What was one sentence becomes the choice; its views are for a clinician to write."""
    for rule in apps.get_model("triage", "Rule").objects.exclude(disagreement="").iterator():
        rule.told = {"views": [], "choice": rule.disagreement}
        rule.save(update_fields=["told"])


def back_to_a_sentence(apps: Any, schema_editor: Any) -> None:
    """The views are lost; the choice stays."""
    for rule in apps.get_model("triage", "Rule").objects.exclude(told=None).iterator():
        rule.disagreement = rule.told["choice"]
        rule.save(update_fields=["disagreement"])


class Migration(migrations.Migration):
    dependencies = [("triage", "0003_case_sets")]

    operations = [
        migrations.AddField(
            "cause",
            "described_at",
            models.CharField(blank=True, default="", max_length=161),
            preserve_default=False,
        ),
        migrations.AddField("finding", "wordings", models.JSONField(blank=True, default=list)),
        migrations.AddField("finding", "applies", models.JSONField(blank=True, null=True)),
        migrations.AddField("finding", "needs_helper", models.BooleanField(default=False)),
        migrations.AddField(
            "protocol", "repeat_contact", models.CharField(blank=True, max_length=80, null=True)
        ),
        migrations.AddField("score", "cut_offs", models.JSONField(blank=True, default=list)),
        migrations.AddField("score", "performance", models.JSONField(blank=True, default=list)),
        migrations.AlterField("scoreitem", "when", models.TextField(blank=True, null=True)),
        migrations.AddField("rule", "review_due", models.DateField(blank=True, null=True)),
        migrations.AddField("rule", "told", models.JSONField(blank=True, null=True)),
        migrations.RunPython(keep_the_choice, back_to_a_sentence),
        migrations.RemoveField("rule", "disagreement"),
        migrations.RenameField("rule", "told", "disagreement"),
    ]
