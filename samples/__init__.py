"""Small books that ship: real ones and an invented one."""

from __future__ import annotations

from pathlib import Path

from ..catalogue import nearest
from ..errors import UnknownNameError

_FOLDER = Path(__file__).parent


def sample_names() -> tuple[str, ...]:
    """File names of the samples that ship.

    Examples
    --------
    >>> sample_names()
    ('article_2015.xlsx', 'demo_cities.xlsx', 'judgements.xlsx', 'kazakhstan.xlsx')
    """
    return tuple(sorted(path.name for path in _FOLDER.glob("*.xlsx")))


def sample_path(name: str) -> Path:
    """Where a sample lies on disk.

    Parameters
    ----------
    name : str
        Its file name, with or without ``.xlsx``.

    Returns
    -------
    Path

    Raises
    ------
    UnknownNameError
        If there is no such sample; suggests the nearest.

    Examples
    --------
    >>> sample_path("kazakhstan").name
    'kazakhstan.xlsx'
    """
    wanted = name if name.endswith(".xlsx") else f"{name}.xlsx"
    known = sample_names()
    if wanted not in known:
        raise UnknownNameError(
            "samples.unknown", name=name, nearest=nearest(wanted, known), known=", ".join(known)
        )
    return _FOLDER / wanted
