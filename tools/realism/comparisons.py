"""Tables that tell what a score means, made of the reference alone.

- Odd households and even ones are real on both sides: nothing simulated can be expected to score
  higher.
- Shuffled columns have every value of the reference, and nothing that ties one to another: store,
  household and time are dealt to the baskets anew, product, quantity and amounts to the lines.
"""

import pathlib
from collections.abc import Sequence

import duckdb

# What may change independently: a product keeps its category, amounts nothing.
BASKET_PARTS = ("household_id", "store_id", '"timestamp"')
LINE_PARTS = ("basket_id", "product_id, category", "quantity", "net_amount", "discount_amount")


def write(query: str, out: pathlib.Path) -> pathlib.Path:
    out.parent.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    connection.execute(f"COPY ({query}) TO '{out}' (FORMAT parquet, COMPRESSION zstd)")
    return out


def households(reference: pathlib.Path, remainder: int, out: pathlib.Path) -> pathlib.Path:
    """Those whose number, divided by two, leaves the remainder."""
    return write(f"FROM '{reference}' WHERE household_id::BIGINT % 2 = {remainder}", out)


def permuted(parts: Sequence[str], source: str) -> str:
    """Each part of the columns in an order of its own, the same in every run."""
    return " POSITIONAL JOIN ".join(
        f"(SELECT {part} FROM {source} ORDER BY hash(row, {place}))"
        for place, part in enumerate(parts)
    )


def shuffled(reference: pathlib.Path, out: pathlib.Path) -> pathlib.Path:
    return write(
        f"""
        WITH line AS (SELECT *, file_row_number AS row FROM '{reference}'),
        basket AS (
            SELECT basket_id AS row, any_value(household_id) AS household_id,
                   any_value(store_id) AS store_id, min("timestamp") AS "timestamp"
            FROM line GROUP BY basket_id
        ),
        shuffled_basket AS (
            FROM (SELECT row AS basket_id FROM basket ORDER BY row)
            POSITIONAL JOIN {permuted(BASKET_PARTS, "basket")}
        )
        SELECT * FROM {permuted(LINE_PARTS, "line")} JOIN shuffled_basket USING (basket_id)
        """,
        out,
    )
