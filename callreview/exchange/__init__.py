"""Files in and out: manifests, file names, transcripts, call lists."""
