"""Servers that are not what they were when they were locked."""
