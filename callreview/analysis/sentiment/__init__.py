"""Sentiment of texts: the shipped model, and others in its place."""
