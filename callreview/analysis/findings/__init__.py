"""What is found in a call: moments, promises, complaints, mentions, questions, purchases given up."""
