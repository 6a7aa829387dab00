"""Suppressions that no longer do what they were written for."""
