"""Grouping embeddings by voice. Embeddings are unit vectors: (items, 192), weights are seconds."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int64]

_ROUNDS = 30
_STRONGEST = 40
_STARTS = 12


def centroids_of(embeddings: Floats, weights: Floats, labels: Labels, count: int) -> Floats:
    """The mean direction of each group: (count, 192)."""
    sums = np.zeros((count, embeddings.shape[1]), np.float32)
    np.add.at(sums, labels, embeddings * weights[:, None])
    directions: Floats = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    return directions


def best_centroids(embeddings: Floats, weights: Floats, count: int) -> Floats:
    """The centroids of the `count` groups that fit best: (count, 192).

    Weighted spherical k-means from several starts: a strong embedding and those least like it.
    """
    strongest = embeddings[np.argsort(-weights, kind="stable")[:_STRONGEST]]
    found = [
        refined(embeddings, weights, _spread(strongest, seed, count))
        for seed in range(min(_STARTS, len(strongest)))
    ]
    return max(found, key=lambda centroids: _fit(embeddings, weights, centroids))


def _spread(embeddings: Floats, seed: int, count: int) -> Floats:
    """The seed, and one by one the embedding that is least like those taken before."""
    taken = [seed]
    while len(taken) < count:
        taken.append(int((embeddings @ embeddings[taken].T).max(axis=1).argmin()))
    return embeddings[taken]


def refined(embeddings: Floats, weights: Floats, centroids: Floats) -> Floats:
    """Centroids moved, by turns, to the middle of what is nearest to them: (count, 192)."""
    labels = None
    for _ in range(_ROUNDS):
        nearest = (embeddings @ centroids.T).argmax(axis=1)
        if labels is not None and np.array_equal(nearest, labels):
            break
        labels = nearest
        moved = centroids_of(embeddings, weights, labels, len(centroids))
        alone = ~np.isin(np.arange(len(centroids)), labels)
        centroids = np.where(alone[:, None], centroids, moved)
    return centroids


def _fit(embeddings: Floats, weights: Floats, centroids: Floats) -> float:
    return float(weights @ (embeddings @ centroids.T).max(axis=1))


def linkage_labels(embeddings: Floats, weights: Floats, least_alike: float) -> Labels:
    """Groups by average linkage: the two most alike are joined while their cosine is `least_alike`.

    Alikeness of two groups is the mean cosine over all pairs, weighted.
    """
    labels = np.arange(len(embeddings))
    sums = (embeddings * weights[:, None]).astype(np.float64)
    mass = weights.astype(np.float64)
    alike = (sums @ sums.T) / np.outer(mass, mass)
    np.fill_diagonal(alike, -np.inf)
    while len(embeddings) > 1:
        first, second = np.unravel_index(alike.argmax(), alike.shape)
        if alike[first, second] < least_alike:
            break
        joined = mass[first] + mass[second]
        row = (alike[first] * mass[first] + alike[second] * mass[second]) / joined
        alike[first] = alike[:, first] = row
        alike[first, first] = alike[second] = alike[:, second] = -np.inf
        mass[first] = joined
        labels[labels == second] = first
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)
