"""What lists of what is live walk: the facets of live editions, in the order of the list."""

import django.db.models.deletion
from django.db import migrations, models

OPEN = (
    "FROM publishing_liveperiod p JOIN publishing_document d ON d.id = p.document_id {join} "
    "WHERE p.ended_at IS NULL"
)
FACETS = "JOIN publishing_facet f ON f.edition_id = p.edition_id"
COPIES = [("'all', ''", ""), ("'locale', d.locale", ""), ("f.name, f.value", FACETS)]


class Migration(migrations.Migration):
    dependencies = [("publishing", "0015_lists_of_then")]

    operations = [
        migrations.CreateModel(
            name="LiveFacet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=20)),
                ("value", models.CharField(max_length=255)),
                ("started_at", models.DateTimeField()),
                (
                    "period",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="live_facets",
                        to="publishing.liveperiod",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        fields=["kind", "name", "value", "-started_at", "-period"],
                        name="live_facet_newest",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("period", "name", "value"), name="live_facet")
                ],
            },
        ),
        *(
            migrations.RunSQL(
                "INSERT INTO publishing_livefacet (period_id, kind, name, value, started_at) "
                f"SELECT p.id, d.kind, {columns}, p.started_at {OPEN.format(join=join)}",
                migrations.RunSQL.noop,
            )
            for columns, join in COPIES
        ),
    ]
