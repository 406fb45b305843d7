"""Triggers that hold what constraints cannot: the past does not change, numbers have no gaps.

They bind everybody who writes SQL, superusers of Django included.
"""

from typing import Any

from django.db import migrations

APPEND_ONLY = ["edition", "rendition", "submission", "signoff", "event"]

# Each rule: table, name, when it fires, the condition under which the row is refused, the message.
# NEW and OLD mean the same on both databases; NULL-safe comparison is written per vendor.
RULES = [
    (
        "edition",
        "number_without_gap",
        "INSERT",
        "NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM publishing_edition "
        "WHERE document_id = NEW.document_id)",
        "editions are numbered without gaps",
    ),
    (
        "event",
        "continues_the_chain",
        "INSERT",
        "NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM publishing_event)",
        "events are numbered without gaps",
    ),
    (
        "liveperiod",
        "of_own_edition",
        "INSERT",
        "NEW.document_id <> (SELECT document_id FROM publishing_edition WHERE id = NEW.edition_id)",
        "a document can only be live in an edition of its own",
    ),
    (
        "liveperiod",
        "without_overlap",
        "INSERT",
        "EXISTS (SELECT 1 FROM publishing_liveperiod WHERE document_id = NEW.document_id "
        "AND ended_at > NEW.started_at)",
        "an edition goes live after the one before has ended",
    ),
    (
        "liveperiod",
        "only_ends_once",
        "UPDATE",
        "OLD.ended_at IS NOT NULL OR NEW.document_id <> OLD.document_id "
        "OR NEW.edition_id <> OLD.edition_id OR NEW.started_at <> OLD.started_at "
        "OR NEW.started_by_id <> OLD.started_by_id",
        "a live period can only be ended, once",
    ),
    ("liveperiod", "is_kept", "DELETE", "1 = 1", "live periods are never deleted"),
    (
        "document",
        "keeps_its_identity",
        "UPDATE",
        "NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.slug <> OLD.slug "
        "OR NEW.locale <> OLD.locale OR NEW.content_id <> OLD.content_id",
        "a document keeps its kind, slug, locale and content id",
    ),
    ("audithead", "is_kept", "DELETE", "1 = 1", "the head of the audit log is never deleted"),
] + [
    (table, f"is_never_{verb}", operation, "1 = 1", f"{table} rows are never {verb}")
    for table in APPEND_ONLY
    for operation, verb in [("UPDATE", "changed"), ("DELETE", "deleted")]
]

KEPT = [*APPEND_ONLY, "liveperiod", "document", "audithead"]


def create_triggers(apps: Any, schema_editor: Any) -> None:
    """Create every trigger in the words of the database at hand."""
    if schema_editor.connection.vendor == "postgresql":
        _create_truncate_function(schema_editor)
    create_rules(schema_editor, RULES, KEPT)


def create_rules(
    editor: Any, rules: list[tuple[str, ...]], kept: list[str], *, app: str = "publishing"
) -> None:
    """Create the triggers of these rules, and let nobody truncate the tables that are kept."""
    is_postgresql = editor.connection.vendor == "postgresql"
    create = _create_postgresql if is_postgresql else _create_sqlite
    for table, name, operation, condition, message in rules:
        create(editor, f"{app}_{table}", f"{table}_{name}", operation, condition, message)
    if is_postgresql:
        _refuse_truncate(editor, kept, app)


def _create_sqlite(
    editor: Any, table: str, name: str, operation: str, condition: str, message: str
) -> None:
    editor.execute(
        f"CREATE TRIGGER {name} BEFORE {operation} ON {table} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _create_postgresql(
    editor: Any, table: str, name: str, operation: str, condition: str, message: str
) -> None:
    row = "OLD" if operation == "DELETE" else "NEW"
    editor.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{message}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END $$"
    )
    editor.execute(
        f"CREATE TRIGGER {name} BEFORE {operation} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def _create_truncate_function(editor: Any) -> None:
    editor.execute(
        "CREATE FUNCTION publishing_is_never_truncated() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'published history is never truncated' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )


def _refuse_truncate(editor: Any, kept: list[str], app: str) -> None:
    for table in kept:
        editor.execute(
            f"CREATE TRIGGER {table}_is_never_truncated BEFORE TRUNCATE ON {app}_{table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION publishing_is_never_truncated()"
        )


def drop_triggers(apps: Any, schema_editor: Any) -> None:
    """Take every trigger away again."""
    drop_rules(schema_editor, RULES, KEPT)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION publishing_is_never_truncated()")


def drop_rules(
    editor: Any, rules: list[tuple[str, ...]], kept: list[str], *, app: str = "publishing"
) -> None:
    """Take the triggers of these rules away again."""
    is_postgresql = editor.connection.vendor == "postgresql"
    for table, name, *_ in rules:
        on_table = f" ON {app}_{table}" if is_postgresql else ""
        editor.execute(f"DROP TRIGGER {table}_{name}{on_table}")
        if is_postgresql:
            editor.execute(f"DROP FUNCTION {table}_{name}()")
    for table in kept if is_postgresql else []:
        editor.execute(f"DROP TRIGGER {table}_is_never_truncated ON {app}_{table}")


def create_head(apps: Any, schema_editor: Any) -> None:
    """Start the audit log: nothing yet, and the hash that the first event continues."""
    apps.get_model("publishing", "AuditHead").objects.create(id=1, seq=0, hash="sha256:" + "0" * 64)


def delete_head(apps: Any, schema_editor: Any) -> None:
    """Remove the head."""
    apps.get_model("publishing", "AuditHead").objects.all().delete()


def store_bodies_uncompressed(apps: Any, schema_editor: Any) -> None:
    """Renditions are sent as they are; unpacking them would cost more than reading them."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE publishing_rendition ALTER COLUMN body SET STORAGE EXTERNAL"
        )


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_documents_editions_and_events")]

    operations = [
        migrations.RunPython(create_head, delete_head),
        migrations.RunPython(create_triggers, drop_triggers),
        migrations.RunPython(store_bodies_uncompressed, migrations.RunPython.noop),
    ]
