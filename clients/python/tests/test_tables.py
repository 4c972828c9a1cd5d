import gzip
import os
from pathlib import Path

import pytest

from espalier import frame, read_table

CELLS = "index,arch,valid,test,flops_m\n0,|a~0|,91.5,90,220\n1,|b~0|,10.25,,7\n"


def test_reads_percent_as_ratios_and_leaves_out_what_is_empty(tmp_path: Path) -> None:
    file = tmp_path / "cells.csv"
    file.write_text(CELLS)

    table = read_table(file)

    assert table.columns == ("valid", "test", "flops_m")
    assert table.rows == {"|a~0|": {"valid": 0.915, "test": 0.9, "flops_m": 220.0}, "|b~0|": {"valid": 0.1025, "flops_m": 7.0}}
    assert table.best("valid") == ("|a~0|", 0.915)


def test_reads_the_same_gzipped_and_leaves_ratios(tmp_path: Path) -> None:
    file = tmp_path / "cells.csv.gz"
    with gzip.open(file, "wt") as stream:
        stream.write("architecture,valid\nx,0.5\ny,1\n")

    assert read_table(file).rows == {"x": {"valid": 0.5}, "y": {"valid": 1.0}}


@pytest.mark.parametrize("text, words", [
    ("index,valid\n0,1\n", "no column is called arch"),
    ("arch,valid\nx,1\nx,2\n", "line 3 has x again"),
    ("arch,valid\nx,high\n", "line 2, valid is no number"),
])
def test_refuses_what_is_no_table(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "cells.csv"
    file.write_text(text)
    with pytest.raises(ValueError, match=words):
        read_table(file)


def test_names_the_columns_that_there_are(tmp_path: Path) -> None:
    file = tmp_path / "cells.csv"
    file.write_text(CELLS)
    with pytest.raises(KeyError, match="valid, test, flops_m"):
        read_table(file).best("tests")


@pytest.mark.skipif("ESPALIER_NAS_BENCH_201" not in os.environ, reason="ESPALIER_NAS_BENCH_201 names no table")
def test_reads_all_cells_of_nas_bench_201() -> None:
    table = read_table(os.environ["ESPALIER_NAS_BENCH_201"])

    assert len(table.rows) == 15_625
    assert all(0 < row["cifar10_test_200ep"] <= 1 for row in table.rows.values())
    assert table.best("cifar10_test_200ep")[1] > 0.94
    assert max(row.get("flops_m_cifar10", 0) for row in table.rows.values()) > 100
    assert frame(table.records()).shape == (15_625, 1 + len(table.columns))
