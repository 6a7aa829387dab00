"""Files that declare servers: registry entries and client configurations."""
