"""What can be done to accounts and groups, one function for each change."""
