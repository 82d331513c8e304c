"""What a workspace is set up with: keyword lists."""
