"""Measures whether descriptions help: before and after, offline or with a model, with honest statistics."""
