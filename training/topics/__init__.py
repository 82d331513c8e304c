"""How the encoder of texts that ships with CallReview is made."""
