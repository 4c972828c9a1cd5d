import io
import json
from typing import Any, Dict

import pytest

from espalier import report


def told(*arguments: Any, **options: Any) -> Dict[str, Any]:
    stream = io.StringIO()
    report(*arguments, stream=stream, **options)
    text = stream.getvalue()
    assert text.endswith("\n") and text.count("\n") == 1
    line: Dict[str, Any] = json.loads(text)
    return line


def test_tells_an_epoch_as_one_line_of_json() -> None:
    assert told(3, 0.71) == {"epoch": 3, "validation": 0.71}


def test_tells_loss_test_and_the_end() -> None:
    assert told(5, 0.7, loss=1.25, test=0.69, final=True) == {
        "epoch": 5, "validation": 0.7, "loss": 1.25, "test": 0.69, "final": True}


def test_tells_that_it_diverged() -> None:
    stream = io.StringIO()
    report(1, float("nan"), stream=stream)
    assert '"validation": NaN' in stream.getvalue()


def test_writes_what_only_looks_like_a_number_as_one() -> None:
    class Scalar:
        def __float__(self) -> float:
            return 0.5

    assert told(1, Scalar()) == {"epoch": 1, "validation": 0.5}


@pytest.mark.parametrize("epoch, validation", [(0, 0.5), (True, 0.5), (1.5, 0.5), (1, -0.1), (1, 101)])
def test_refuses_what_is_no_epoch_and_no_accuracy(epoch: Any, validation: float) -> None:
    with pytest.raises(ValueError):
        told(epoch, validation)
