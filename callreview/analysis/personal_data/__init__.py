"""Personal data in a call: found, masked, and its time kept for muting."""
