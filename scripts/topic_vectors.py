"""Writes the vectors of the shipped topics' examples, after the examples or the encoder changed."""

import json

import numpy as np

from callreview.analysis.topics.scores import key_of, vectors_file
from callreview.analysis.topics.shipped import shipped_topics
from callreview.analysis.topics.text_encoder import shipped_encoder


def main() -> None:
    """Embed all examples and what is no topic."""
    shipped, encoder = shipped_topics(), shipped_encoder()
    texts = [text for topic in shipped.topics for text in topic.examples]
    texts = [*texts, *shipped.background]
    np.savez_compressed(
        vectors_file(),
        version=encoder.version,
        keys=json.dumps([key_of(text) for text in texts]),
        vectors=encoder.embed(texts).astype(np.float16),
    )


if __name__ == "__main__":
    main()
