"""What a training program of your own tells Espalier: one line of JSON for each epoch."""

import json
import sys
from typing import Dict, Optional, TextIO, Union


def report(
    epoch: int,
    validation: float,
    *,
    loss: Optional[float] = None,
    test: Optional[float] = None,
    final: bool = False,
    stream: Optional[TextIO] = None,
) -> None:
    """Tells an epoch, after its checkpoint is written whole.

    Accuracies are ratios between 0 and 1, or percent with ``evaluation.metrics: percent``. A number that is not finite
    says that the training has diverged. ``test`` counts at the last epoch; ``final`` ends the training before its time.
    """
    if isinstance(epoch, bool) or not isinstance(epoch, int) or epoch < 1:
        raise ValueError(f"epoch must be a whole number from 1 on, but was {epoch!r}")
    line: Dict[str, Union[int, float, bool]] = {"epoch": epoch}
    for name, value in (("validation", validation), ("loss", loss), ("test", test)):
        if value is not None:
            line[name] = float(value)
    for name in ("validation", "test"):
        if line.get(name, 0) < 0 or line.get(name, 0) > 100:
            raise ValueError(f"{name} must be an accuracy, but was {line[name]!r}")
    if final:
        line["final"] = True
    print(json.dumps(line), file=stream or sys.stdout, flush=True)
