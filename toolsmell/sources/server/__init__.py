"""Servers that are started or connected to."""
