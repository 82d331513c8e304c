"""All of Qt: a folder per screen."""
