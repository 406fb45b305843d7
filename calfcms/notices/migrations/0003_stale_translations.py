"""People are told when a translation of theirs has been left behind."""

from django.db import migrations, models

KINDS = [
    ("submitted", "A draft waits for a sign-off that I may give"),
    ("approved", "My draft was approved"),
    ("changes_requested", "A reviewer asks for changes to my draft"),
    ("published", "What I submitted was published"),
    ("schedule_failed", "What I scheduled could not be done"),
    ("break_glass", "Something was published unsigned, in an emergency"),
    ("feedback", "A reader reported something of high severity"),
    ("translation_stale", "The source of a translation of mine has changed"),
    ("review_due", "A review is due soon, or today"),
    ("review_overdue", "A review is overdue"),
]


def _widen(model: str) -> list[migrations.operations.base.Operation]:
    condition = models.Q(kind__in=[name for name, _ in KINDS])
    return [
        migrations.AlterField(model, "kind", models.CharField(choices=KINDS, max_length=20)),
        migrations.RemoveConstraint(model, f"{model}_kind"),
        migrations.AddConstraint(
            model, models.CheckConstraint(condition=condition, name=f"{model}_kind")
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_cursor_starts_at_the_head")]

    operations = [*_widen("notice"), *_widen("choice")]
