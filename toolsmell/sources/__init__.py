"""The sources of tools: every module here turns one kind of target into manifests."""
