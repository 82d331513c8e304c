"""The main window: panels side by side, menus, long work under way."""
