"""Work in the background: jobs in the database, and the worker that does them."""
