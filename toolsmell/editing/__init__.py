"""Changes texts in place, and proves that nothing else changed."""
