"""Prepared PCM to words, speakers and dialogue turns."""
