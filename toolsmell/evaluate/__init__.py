"""Whether a description helps: measured before and after, offline where that can be, with honest statistics."""
