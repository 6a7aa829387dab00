"""The code of tools in JavaScript and TypeScript."""
