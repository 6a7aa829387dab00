"""Registry entries (`server.json`): what would keep one from being published, installed or trusted."""
