"""Reading captured SQL."""

import re


def list_tables(sql: str) -> set[str]:
    """The tables that a query reads."""
    return set(re.findall(r'(?:FROM|JOIN) "?(\w+)', sql))
