"""Evidence for rewrites: facts in texts, claims, and the citations that support them."""
