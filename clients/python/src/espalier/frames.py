"""Rows as data frames, where pandas is installed."""

from typing import Any, Iterable, Mapping


def frame(rows: Iterable[Mapping[str, Any]]) -> Any:
    """The rows as a ``pandas.DataFrame``: ``frame(experiment.curves())``."""
    try:
        import pandas
    except ImportError as missing:
        raise ImportError("data frames need pandas: pip install 'espalier[pandas]'; the rows are dicts already") from missing
    return pandas.DataFrame([dict(row) for row in rows])
