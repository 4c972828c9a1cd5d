"""Espalier from Python: launch, follow, read results, report metrics, read tables. No dependencies."""

from espalier.client import Client, Conflict, Event, Experiment, NotFound, Problem, Unreachable
from espalier.frames import frame
from espalier.metrics import report
from espalier.tables import Table, read_table

__all__ = [
    "Client",
    "Conflict",
    "Event",
    "Experiment",
    "NotFound",
    "Problem",
    "Table",
    "Unreachable",
    "frame",
    "read_table",
    "report",
]
