"""Tools in JavaScript and TypeScript: registered by a call, or written down as objects; schemas in JSON or in zod."""
