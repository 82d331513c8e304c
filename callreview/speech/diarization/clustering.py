"""Grouping embeddings by likeness. Embeddings are unit vectors (items, 192), weights are seconds."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int64]

_ROUNDS = 30
_STRONGEST = 40
_STARTS = 20
_SAME = 0.999


def centroids_of(embeddings: Floats, shares: Floats) -> Floats:
    """Mean directions: `shares` (items, groups) says how much of each item is of each group."""
    sums = shares.T @ embeddings
    directions: Floats = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    return directions


def shares_of(labels: Labels, weights: Floats, count: int) -> Floats:
    """Each item's weight in the column of its group: (items, groups)."""
    shares = np.zeros((len(labels), count), np.float32)
    shares[np.arange(len(labels)), labels] = weights
    return shares


def candidates(embeddings: Floats, weights: Floats, count: int) -> list[Floats]:
    """Different ways to see `count` groups, each as its centroids (count, 192).

    Weighted spherical k-means from several starts: a strong item and those least like it.
    """
    strongest = embeddings[np.argsort(-weights, kind="stable")[:_STRONGEST]]
    found: list[Floats] = []
    for seed in range(min(_STARTS, len(strongest))):
        centroids = refined(embeddings, weights, _spread(strongest, seed, count))
        if not any(_are_same(centroids, other) for other in found):
            found.append(centroids)
    return found


def refined(embeddings: Floats, weights: Floats, centroids: Floats) -> Floats:
    """Centroids moved, by turns, to the middle of what is nearest to them: (groups, 192)."""
    labels = None
    for _ in range(_ROUNDS):
        nearest = (embeddings @ centroids.T).argmax(axis=1)
        if labels is not None and np.array_equal(nearest, labels):
            break
        labels = nearest
        moved = centroids_of(embeddings, shares_of(labels, weights, len(centroids)))
        lonely = ~np.isin(np.arange(len(centroids)), labels)
        centroids = np.where(lonely[:, None], centroids, moved)
    return centroids


def linkage_labels(embeddings: Floats, weights: Floats, least_alike: float) -> Labels:
    """Groups by average linkage: the two most alike are joined while their cosine is `least_alike`.

    Alikeness of two groups is the weighted mean cosine over all pairs of their items.
    """
    labels = np.arange(len(embeddings))
    alike = (embeddings @ embeddings.T).astype(np.float64)
    mass = weights.astype(np.float64)
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


def _spread(embeddings: Floats, seed: int, count: int) -> Floats:
    """The seed, and one by one the item that is least like those taken before."""
    taken = [seed]
    while len(taken) < count:
        taken.append(int((embeddings @ embeddings[taken].T).max(axis=1).argmin()))
    return embeddings[taken]


def _are_same(one: Floats, other: Floats) -> bool:
    """Whether two sets of centroids are the same in any order."""
    return bool((one @ other.T).max(axis=1).min() > _SAME)
