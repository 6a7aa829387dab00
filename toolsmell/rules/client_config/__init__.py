"""Client configurations: what would keep a server from starting, or give a secret away."""
