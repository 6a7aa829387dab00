"""Credentials in text that a server sent: the table, the masker, and the strings to search."""
