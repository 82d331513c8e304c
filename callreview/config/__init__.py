"""Where things live, the language of the user, and logging."""
