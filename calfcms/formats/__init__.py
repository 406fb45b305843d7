"""How the admin writes days and times, by language."""
