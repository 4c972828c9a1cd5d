"""Tables of a NAS benchmark: accuracies of architectures, as CSV, gzipped or not."""

import csv
import gzip
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Mapping, Optional, Tuple, Union

_ARCHITECTURE = ("arch", "architecture")
_ACCURACY = re.compile(r"(^|_)(train|valid|validation|test|acc|accuracy)(_|$)")


@dataclass(frozen=True)
class Table:
    """Numbers by architecture and column, accuracies as ratios; what the file leaves empty is left out."""

    columns: Tuple[str, ...]
    rows: Mapping[str, Mapping[str, float]]

    def best(self, column: str) -> Tuple[str, float]:
        """The architecture with the greatest value of a column; of equal ones the first."""
        if column not in self.columns:
            raise KeyError(f"there is no column {column}: there are {', '.join(self.columns)}")
        values = {architecture: row[column] for architecture, row in self.rows.items() if column in row}
        winner = max(values, key=lambda architecture: values[architecture])
        return winner, values[winner]

    def records(self) -> List[Dict[str, Union[str, float]]]:
        """A dict for each architecture, for ``espalier.frame``."""
        return [{"architecture": architecture, **row} for architecture, row in self.rows.items()]


def read_table(path: Union[str, Path]) -> Table:
    """Reads ``index,arch,column,...``, such as the accuracies of NAS-Bench-201.

    A column whose name speaks of an accuracy (``train``, ``valid``, ``test``, ...) is in percent where some number is
    above 1, and is divided by 100 then. All others, such as ``params_m``, stay as they are.
    """
    file = Path(path)
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else open(file, encoding="utf-8") as stream:
        lines = csv.DictReader(stream)
        names = list(lines.fieldnames or [])
        key = next((name for name in names if name in _ARCHITECTURE), None)
        if key is None:
            raise ValueError(f"{file}: no column is called arch or architecture, but {', '.join(names) or 'none'}")
        columns = [name for name in names if name not in (key, "index")]
        read: Dict[str, Dict[str, float]] = {}
        for line in lines:
            architecture = line[key]
            if architecture in read:
                raise ValueError(f"{file}: line {lines.line_num} has {architecture} again")
            read[architecture] = {}
            for column in columns:
                value = _number(line[column], f"{file}: line {lines.line_num}, {column}")
                if value is not None:
                    read[architecture][column] = value
    percent = {
        column
        for column in columns
        if _ACCURACY.search(column) and any(row.get(column, 0.0) > 1 for row in read.values())
    }
    rows = {
        architecture: {column: value / 100 if column in percent else value for column, value in row.items()}
        for architecture, row in read.items()
    }
    return Table(tuple(columns), rows)


def _number(text: Optional[str], where: str) -> Optional[float]:
    if text is None or text == "":
        return None
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{where} is no number: {text!r}") from None
