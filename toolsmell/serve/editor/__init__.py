"""What an editor shows of a document: its problems, what they mean, and what can be done about them."""
