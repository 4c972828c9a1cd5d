"""Reads a Parquet file and a CSV file of the same numbers with pyarrow and pandas, and compares them."""

import sys

import pandas
import pyarrow.parquet

parquet, csv = sys.argv[1:]
table = pyarrow.parquet.read_table(parquet)
assert [str(kind) for kind in table.schema.types] == ["string", "string", "int32", "int64", "double"], table.schema
expected = pandas.read_csv(csv, keep_default_na=False, na_values={"value": [""]})
pandas.testing.assert_frame_equal(table.to_pandas().astype(expected.dtypes.to_dict()), expected, check_exact=True)
print(len(table), "rows")
