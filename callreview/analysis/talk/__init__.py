"""Talk metrics: who spoke, how much, how fast, and what was asked."""
