"""Turns to sentiment, hits, talk metrics and masked personal data."""
