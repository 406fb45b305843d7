"""Changes to the lists that pages share. Drafts are saved by `calfcms.publishing.actions`."""
