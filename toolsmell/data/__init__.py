"""Readers of the data that toolsmell ships in `rubrics/`."""
