"""Where tools come from: every module here turns one kind of target into manifests."""
