"""Looks into Parquet files with DuckDB, and fails when they are not as they should be. Prints what
it found as one line of JSON. A process of its own: see measure.py.

    python bench/results.py lake LAKE          do the KPIs add up to the clean lines?
    python bench/results.py same ONE OTHER     do two files (or globs) hold the same rows?
"""

import json
import pathlib
import sys

import duckdb


def rows_of(files: str) -> str:
    return f"read_parquet('{files}', hive_partitioning=false)"


def of_lake(lake: pathlib.Path) -> dict:
    lines, net = duckdb.execute(
        "SELECT count(*), sum(CASE kind WHEN 'SALE' THEN net ELSE -net END) FROM "
        + rows_of(f"{lake}/clean/transaction_line/**/*.parquet")
    ).fetchone()
    store_days, in_kpis = duckdb.execute(
        f"SELECT count(*), sum(net_sales) FROM {rows_of(f'{lake}/gold/store_day/**/*.parquet')}"
    ).fetchone()
    if lines == 0 or net != in_kpis:
        sys.exit(f"wrong result: {lines} lines, net {net} in clean and {in_kpis} in gold")
    return {"lines": lines, "store_days": store_days, "net_sales": float(net)}


def of_both(one: str, other: str) -> dict:
    mine, its = rows_of(one), rows_of(other)
    names = [row[0] for row in duckdb.execute(f"DESCRIBE SELECT * FROM {mine}").fetchall()]
    summed = [name for name in ("net", "quantity") if name in names]
    totals = f"SELECT {', '.join(['count(*)', *(f'sum({name})' for name in summed)])} FROM"
    found = [duckdb.execute(f"{totals} {rows}").fetchone() for rows in (mine, its)]
    if found[0] != found[1] or found[0][0] == 0:
        sys.exit(f"wrong result: rows and sums {found[0]} of {one}, {found[1]} of {other}")
    # The sums agree; so must every row.
    columns = ", ".join(names)
    unequal = duckdb.execute(
        f"SELECT count(*) FROM (SELECT {columns} FROM {mine} EXCEPT ALL "
        f"SELECT {columns} FROM {its})"
    ).fetchone()[0]
    if unequal:
        sys.exit(f"wrong result: {unequal} rows of {one} are not in {other}")
    return {"rows": found[0][0]} | {
        name: float(value) for name, value in zip(summed, found[0][1:], strict=True)
    }


def main() -> None:
    duckdb.execute("SET timezone='UTC'")
    match sys.argv[1:]:
        case ["lake", lake]:
            found = of_lake(pathlib.Path(lake))
        case ["same", one, other]:
            found = of_both(one, other)
        case _:
            sys.exit(__doc__)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
