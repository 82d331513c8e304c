"""What calls are about: contact reason, topics, and topics nobody named yet."""
