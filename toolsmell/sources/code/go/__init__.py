"""Tools in Go: of mark3labs/mcp-go, and of the official SDK."""
