"""The review screen: hear a call, read it, score it, comment on it."""
