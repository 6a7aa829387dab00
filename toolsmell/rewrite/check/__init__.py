"""Decides which sentences of a rewrite are true, by typed facts and by a model that reads the evidence."""
