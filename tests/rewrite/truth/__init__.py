"""Sentences over recorded calls of real servers, true and false."""
