"""Scores: the rubric, its signals, and the levels and smells that they give."""
