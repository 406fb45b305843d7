"""Partner sites and apps: who they are, what they hold, and how they are told of changes."""
