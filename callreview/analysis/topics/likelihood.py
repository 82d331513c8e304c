"""How likely statements are about each topic of a workspace.

The topics that come with CallReview were learnt from many calls (`learnt`). What a workspace has
added, topics or examples, is known by its examples alone (`scores`): a statement that is nearer to
such an example than to any other belongs to it, as far as that is sure.
"""

from collections.abc import Sequence

import numpy as np

from callreview.analysis.arrays import Floats
from callreview.analysis.topics.learnt import learnt_likelihoods
from callreview.analysis.topics.scores import scores_of
from callreview.analysis.topics.shipped import shipped_topics
from callreview.analysis.topics.text_encoder import shipped_encoder
from callreview.domain.topic import Topic


def topic_likelihoods(texts: Sequence[str], topics: tuple[Topic, ...]) -> Floats:
    """How likely (0..1; texts x topics, 1 at most together) each text is about each topic.

    A topic that comes with CallReview is what was learnt while one of its examples is kept.
    """
    shipped = {topic.name: frozenset(topic.examples) for topic in shipped_topics().topics}
    known = [shipped.get(topic.name, frozenset()) & set(topic.examples) for topic in topics]
    names = [topic.name if kept else "" for topic, kept in zip(topics, known, strict=True)]
    likely = learnt_likelihoods(texts, shipped_encoder().embed(texts), names)
    if all(known[place] >= set(topic.examples) for place, topic in enumerate(topics)):
        return likely
    for row, nearest in enumerate(scores_of(topics).best(texts)):
        if nearest.example not in known[nearest.topic]:
            likely[row] *= 1 - nearest.confidence
            likely[row, nearest.topic] += np.float32(nearest.confidence)
    return likely
