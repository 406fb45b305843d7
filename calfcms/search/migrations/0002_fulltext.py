"""The full-text index, as each database has it."""

from typing import Any

from django.db import migrations

CREATE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE search_fulltext USING fts5("
        "lexemes, tokenize = \"ascii tokenchars ':/'\", detail = none, columnsize = 0)"
    ],
    "postgresql": [
        "CREATE TABLE search_fulltext (rowid bigint PRIMARY KEY, lexemes tsvector NOT NULL)",
        # Kept as it is: unpacking it takes longer than reading it.
        "ALTER TABLE search_fulltext ALTER COLUMN lexemes SET STORAGE EXTERNAL",
        # Each search looks through the list of pending entries: a short one, that is, for some
        # publications; without one, each publication would take some milliseconds longer.
        "CREATE INDEX search_fulltext_lexemes ON search_fulltext USING gin (lexemes) "
        "WITH (gin_pending_list_limit = 128)",
        "ALTER TABLE search_entrytext ALTER COLUMN terms SET STORAGE EXTERNAL, "
        "ALTER COLUMN passages SET STORAGE EXTERNAL",
        # Counting a word again then takes no new place, neither in the table nor in its index.
        "ALTER TABLE search_vocabularyword SET (fillfactor = 50)",
        # A function, because only there the plan can be told to use the index: the planner does not
        # know that reading a row means fetching a long vector from another place, and would rather
        # look at every document.
        "CREATE FUNCTION search_find(question tsquery, most bigint) RETURNS SETOF bigint "
        "LANGUAGE plpgsql STABLE ROWS 200 SET enable_seqscan = off SET enable_indexscan = off "
        "AS $$ BEGIN RETURN QUERY SELECT f.rowid FROM search_fulltext f "
        "WHERE f.lexemes @@ question ORDER BY f.rowid DESC LIMIT most; END $$",
    ],
}
DROP = {
    "sqlite": ["DROP TABLE search_fulltext"],
    "postgresql": [
        "DROP FUNCTION search_find(tsquery, bigint)",
        "DROP TABLE search_fulltext",
    ],
}


def create_index(apps: Any, schema_editor: Any) -> None:
    """Create it, empty: what is live is indexed by the worker, or `rebuild_search_index`."""
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps: Any, schema_editor: Any) -> None:
    """Take it away again."""
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_index")]

    operations = [migrations.RunPython(create_index, drop_index)]
