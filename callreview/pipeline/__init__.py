"""Runs recognition and analysis for many calls in one child process, with progress and cancel."""
