"""Servers that are started or connected to."""

is_own_process = False
"""Whether this process is toolsmell's own, and not a program that uses it: then all that servers start ends with it."""
