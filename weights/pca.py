"""PCA: weights from rotated principal components, as in the OECD/JRC Handbook."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import MethodError
from ..options import Count
from .table import Matrix, chosen, correlation, tabulate
from .weights import Weights, share

LEAST_SHARE = 0.10
LEAST_TOGETHER = 0.60
TIE = 1e-9
"""Eigenvalues that differ by less coincide."""
Order = NDArray[np.int64]


def pca(
    matrix: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    retain: Literal["variance", "eigenvalue"] = "variance",
    components: Count | None = None,
    rotation: Literal["varimax", "none"] = "varimax",
) -> Weights:
    """Weights by the largest squared loading of each indicator.

    Components of the correlation matrix are kept, rotated by varimax with Kaiser's
    normalisation, and each indicator joins the component f on which it loads most. Its weight is
    ``b_jf² / Σ_k b_kf²`` within the component times the share of the component in the variance
    explained by those kept, rescaled to sum to 1; that is, in proportion to ``max_f b_jf²``. It
    corrects for overlap between indicators and does not say which of them matter.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete; any interval scale.
    directions : array_like of 1 and −1, optional
        Make no difference: turning an indicator round turns the sign of its loadings.
    retain : {"variance", "eigenvalue"}
        Keep components that explain more than 10 % of the variance each, or those with an
        eigenvalue above 1; then further ones until they explain over 60 % together.
    components : int, optional
        Keep so many instead.
    rotation : {"varimax", "none"}
        ``none`` leaves the components as they are.

    Returns
    -------
    Weights
        Details: ``eigenvalues``, ``variance_pct``, ``cumulative_pct`` of all components;
        ``components`` kept, and ``ties``, whether an eigenvalue among them coincides with the
        next: then other loadings would do as well, and indicators that the correlations cannot
        tell apart share their weight, so that no order of columns decides; their ``loadings``,
        ``rotated`` loadings, ``explained`` variance after rotation and its ``explained_share``;
        ``scaled`` squared loadings, sum 1 in each component; ``group`` of each indicator
        (component, from 0).

    Raises
    ------
    MethodError
        Constant columns, missing cells, fewer than three units, or more components asked for
        than there are.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, section 6.1, Tables 16–18;
    Nicoletti, Scarpetta & Boylaud (2000), OECD Economics Department Working Papers 226;
    Kaiser (1958), Psychometrika 23, 187–200.

    Examples
    --------
    >>> found = pca([[1, 2, 5], [2, 4, 1], [3, 6, 2], [4, 8, 6]], components=1)
    >>> found.values.round(3).tolist(), found.details["variance_pct"].round(1).tolist()
    ([0.463, 0.463, 0.074], [69.6, 30.4, 0.0])
    """
    table = tabulate("pca", matrix, directions, least=3)
    chosen("retain", retain, ("variance", "eigenvalue"))
    chosen("rotation", rotation, ("varimax", "none"))
    table.refuse_constant()
    related = np.round(correlation(table.values * table.signs), 12)
    colours = _colours(np.abs(related))
    eigenvalues, vectors = _components(related, np.argsort(colours, kind="stable"))
    kept = _kept(eigenvalues, retain, components)
    drops = -np.diff(eigenvalues)[:kept]
    ties = bool(((drops < TIE) & (eigenvalues[: drops.size] > TIE)).any())
    loadings = vectors[:, :kept] * np.sqrt(eigenvalues[:kept])
    rotated = varimax(loadings) if rotation == "varimax" else loadings
    squared = np.square(rotated)
    explained = squared.sum(axis=0)
    importance = squared.max(axis=1)
    if ties:
        importance = (np.bincount(colours, importance) / np.bincount(colours))[colours]
    percent = 100 * eigenvalues / eigenvalues.sum()
    return share(
        "pca",
        importance,
        eigenvalues=eigenvalues,
        variance_pct=percent,
        cumulative_pct=percent.cumsum(),
        components=kept,
        ties=ties,
        loadings=loadings,
        rotated=rotated,
        explained=explained,
        explained_share=explained / explained.sum(),
        scaled=squared / explained,
        group=squared.argmax(axis=1),
    )


def varimax(loadings: Matrix) -> Matrix:
    """Rotate loadings so that each indicator loads on few components.

    Maximises the variance of the squared loadings in each component after scaling every row to
    length 1 (Kaiser's normalisation), by rotations in the plane of two components at a time.

    Parameters
    ----------
    loadings : ndarray, shape (indicators, components)

    Returns
    -------
    ndarray
        Same shape; the rows keep their length. Signs and order of components mean nothing.

    References
    ----------
    Kaiser (1958), Psychometrika 23, 187–200.

    Examples
    --------
    >>> np.square(varimax(np.array([[0.6, 0.8], [0.3, 0.4], [0.8, -0.6]]))).round(6).tolist()
    [[0.0, 1.0], [0.0, 0.25], [1.0, 0.0]]
    """
    length = np.sqrt(np.square(loadings).sum(axis=1, keepdims=True))
    rotated = loadings / np.where(length > 0, length, 1.0)
    count = rotated.shape[1]
    for _ in range(1000):
        turns = [_turn(rotated, i, j) for i in range(count) for j in range(i + 1, count)]
        if all(abs(angle) < 1e-12 for angle in turns):
            break
    scaled: Matrix = rotated * length
    return scaled


def _turn(rotated: Matrix, i: int, j: int) -> float:
    """Rotate two components, in place, by the angle that is best for them; return it."""
    x, y = rotated[:, i].copy(), rotated[:, j].copy()
    u, v = x * x - y * y, 2 * x * y
    sine = 2 * (u @ v) - 2 * u.sum() * v.sum() / len(u)
    cosine = u @ u - v @ v - (u.sum() ** 2 - v.sum() ** 2) / len(u)
    angle = float(np.arctan2(sine, cosine)) / 4 if np.hypot(sine, cosine) > 1e-10 else 0.0
    rotated[:, i] = x * np.cos(angle) + y * np.sin(angle)
    rotated[:, j] = y * np.cos(angle) - x * np.sin(angle)
    return angle


def _components(related: Matrix, order: Order) -> tuple[Matrix, Matrix]:
    """Eigenvalues, the largest first, and eigenvectors, found in an order of the indicators."""
    values, vectors = np.linalg.eigh(related[np.ix_(order, order)])
    return np.maximum(values[::-1], 0.0), vectors[np.argsort(order), ::-1]


def _colours(related: Matrix) -> Order:
    """Number the indicators by their correlations, whatever the order of the columns.

    Those that look alike are told apart by those they correlate with, as far as they can be.
    """
    colours = np.zeros(len(related), dtype=np.int64)
    while True:
        keys = [
            (colour, *sorted(zip(colours.tolist(), row, strict=True)))
            for colour, row in zip(colours.tolist(), np.round(related, 9).tolist(), strict=True)
        ]
        known = {key: place for place, key in enumerate(sorted(set(keys)))}
        finer = np.array([known[key] for key in keys])
        if finer.max() == colours.max():
            return finer
        colours = finer


def _kept(eigenvalues: Matrix, retain: str, components: int | None) -> int:
    count = len(eigenvalues)
    if components is not None:
        if not 1 <= components <= count:
            raise MethodError("weights.components", given=components, most=count)
        return components
    shares = eigenvalues / count
    alone = shares > LEAST_SHARE + TIE if retain == "variance" else eigenvalues > 1 + TIE
    together = int(np.argmax(shares.cumsum() > LEAST_TOGETHER + TIE)) + 1
    return max(int(alone.sum()), together)
