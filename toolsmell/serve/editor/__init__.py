"""Computes what an editor shows of a document: its problems, their explanations, and repairs."""
