"""The use cases, one file each: what the app and the command line can do."""
