"""The measures' SQL in the dialect of Apache Spark: translated by sqlglot, and what it leaves out put right here.

There is no second query by hand. Each function below takes one thing that DuckDB alone has and changes the parsed
query. Values stay parameters (``$year`` becomes ``:year``) and are bound when the query is run. Only `spark_engine`
imports this module, when it is used: sqlglot is no part of the ordinary installation.
"""

from __future__ import annotations

from functools import cache

from sqlglot import ErrorLevel, exp, parse_one


class UntranslatableError(Exception):
    """A query holds something that nobody has told how to say in Spark's dialect."""


@cache
def to_spark(query: str) -> str:
    """Return a query of DuckDB's dialect in Spark's.

    Parameters
    ----------
    query
        One statement, with named parameters.

    Raises
    ------
    UntranslatableError
        If a window numbers rows in no order, and no ``GROUP BY`` tells what makes them different; or if one
        ``SELECT`` unfolds two lists, which DuckDB does side by side and Spark each with each.
    sqlglot.errors.SqlglotError
        If sqlglot cannot read the query, or knows that Spark has nothing for a part of it.
    """
    tree = parse_one(query, read="duckdb")
    _refuse_two_unfolded(tree)
    for change in (_key_for_number, _plain_sum, _finite, _ordered_list, _inlined, _unqualified):
        tree = tree.transform(change)
    return tree.sql(dialect="spark", comments=False, unsupported_level=ErrorLevel.RAISE)


def _refuse_two_unfolded(tree: exp.Expr) -> None:
    for select in tree.find_all(exp.Select):
        if sum(isinstance(one.unalias(), exp.Explode) for one in select.expressions) > 1:
            raise UntranslatableError(f"two lists are unfolded at once: {select.sql('duckdb')}")


def _key_for_number(node: exp.Expr) -> exp.Expr:
    """A number that only tells slices apart, ``row_number() OVER ()``, becomes the slice's key, as one struct.

    Spark would number all rows on one machine, and could number them differently each time it reads them.
    """
    window = node.unalias().unnest() if isinstance(node, exp.Alias) else node
    if isinstance(window, exp.Cast):
        window = window.this.unnest()
    if not isinstance(node, exp.Alias) or not isinstance(window, exp.Window) or not _is_in_no_order(window):
        return node
    select = node.find_ancestor(exp.Select)
    source = select.args["from_"].this if select is not None else None
    group = source.this.args.get("group") if isinstance(source, exp.Subquery) else None
    if group is None or not group.expressions:
        raise UntranslatableError(f"rows are numbered in no order: {node.sql('duckdb')}")
    return exp.alias_(exp.Struct(expressions=[key.copy() for key in group.expressions]), node.alias)


def _is_in_no_order(window: exp.Window) -> bool:
    return (
        isinstance(window.this, exp.RowNumber)
        and not window.args.get("alias")
        and not window.args.get("order")
        and not window.args.get("partition_by")
    )


def _is_call(node: exp.Expr, name: str) -> bool:
    return isinstance(node, exp.Anonymous) and node.name.lower() == name


def _plain_sum(node: exp.Expr) -> exp.Expr:
    """``fsum(x)`` becomes ``sum(x)``: Spark has no compensated sum; the last digits of a value differ for it."""
    return exp.Sum(this=node.expressions[0]) if _is_call(node, "fsum") else node


def _finite(node: exp.Expr) -> exp.Expr:
    """``isfinite(x)`` becomes ``abs(x) < infinity``: NULL stays NULL, and for Spark NaN is larger than any number."""
    if not _is_call(node, "isfinite"):
        return node
    infinity = exp.cast(exp.Literal.string("Infinity"), exp.DataType.Type.DOUBLE)
    return exp.Paren(this=exp.LT(this=exp.Abs(this=node.expressions[0]), expression=infinity))


def _ordered_list(node: exp.Expr) -> exp.Expr:
    """``list(x ORDER BY a, b)`` becomes a sorted list of structs (a, b, x), of which x is kept, also a NULL."""
    if not isinstance(node, exp.ArrayAgg) or not isinstance(node.this, exp.Order):
        return node
    keys = [
        exp.PropertyEQ(this=exp.to_identifier(f"key_{position}"), expression=ordered.this)
        for position, ordered in enumerate(node.this.expressions)
    ]
    value = exp.PropertyEQ(this=exp.to_identifier("kept"), expression=node.this.this)
    # Not `collect_list(x)`, which leaves out NULLs: a struct never is one.
    together = exp.func("sort_array", exp.func("collect_list", exp.Struct(expressions=[*keys, value])))
    one = exp.to_identifier("one")
    keep = exp.Lambda(this=exp.column("kept", table="one"), expressions=[one])
    return exp.Anonymous(this="transform", expressions=[together, keep])


def _inlined(node: exp.Expr) -> exp.Expr:
    """``AS NOT MATERIALIZED`` goes: Spark puts every named subquery in its place by itself."""
    if isinstance(node, exp.CTE):
        node.set("materialized", None)
    return node


def _unqualified(node: exp.Expr) -> exp.Expr:
    """``main.area`` becomes ``area``: ``main`` is DuckDB's own schema, and Spark knows the relations as views."""
    if isinstance(node, exp.Table) and node.db == "main":
        node.set("db", None)
    return node
