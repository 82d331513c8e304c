"""Telling speakers apart by voice on one channel, without torch."""
