"""What may be hidden in text that a server sent: credentials, and the strings to search for them."""
