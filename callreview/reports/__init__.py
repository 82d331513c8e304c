"""Figures and coaching reports (HTML and PDF)."""
