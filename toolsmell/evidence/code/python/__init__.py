"""The code of tools in Python."""
