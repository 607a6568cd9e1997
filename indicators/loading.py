"""Loading a framework by name or from a file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ..catalogue import nearest
from ..errors import UnknownNameError
from .framework import Framework

_SHIPPED = Path(__file__).parent / "frameworks"


def framework_names() -> tuple[str, ...]:
    """Names of the frameworks that ship."""
    return tuple(sorted(path.stem for path in _SHIPPED.glob("*.yaml")))


def load_framework(name_or_path: str | Path) -> Framework:
    """Load a framework that ships, or one from a file.

    Parameters
    ----------
    name_or_path : str or Path
        A shipped name such as ``smart2015``, or a .yaml, .csv or .xlsx file.

    Returns
    -------
    Framework

    Raises
    ------
    UnknownNameError
        If there is neither such a name nor such a file.
    FrameworkError
        If the framework is faulty; carries every fault.
    """
    path = Path(name_or_path)
    if path.suffix:
        return _from_file(path)
    known = framework_names()
    if str(name_or_path) not in known:
        raise UnknownNameError(
            "framework.unknown",
            name=name_or_path,
            nearest=nearest(str(name_or_path), known),
            known=", ".join(known),
        )
    return _shipped(str(name_or_path))


@cache
def _shipped(name: str) -> Framework:
    return _from_file(_SHIPPED / f"{name}.yaml")


def _from_file(path: Path) -> Framework:
    import yaml

    from .yaml_file import framework_from_plain

    return framework_from_plain(yaml.load(path.read_text("utf-8"), yaml.CSafeLoader))
