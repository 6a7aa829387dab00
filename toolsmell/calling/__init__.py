"""Calls tools safely: which calls are allowed, where they run, and what came of them."""
