"""What a description says: its sentences, what each speaks about, and which of them say something of this tool."""
