"""What SQLite is asked for `(a, b) IN (…)`: in words by which it uses an index.

Of a list of values it reads the whole table; of a SELECT from the same list it looks each of them up. (SQLite, "Row
Values", 2.2 and whereexpr.c: a compound SELECT, as VALUES of several rows is, makes no term of an index.)

That goes for texts. A number among them it does not look up, as it takes the kind of the first column for that of all
(expr.c, comparisonAffinity): a text and a number are better asked for by `OR`.
"""

from typing import Any

from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import BinaryExpression, BindParameter, Tuple
from sqlalchemy.types import TypeEngine


class PairsByIndex(SQLiteCompiler):
    def visit_in_op_binary(self, binary: BinaryExpression[Any], _operator: Any, **how: Any) -> str:
        left, right = self.process(binary.left, **how), self.process(binary.right, **how)
        if isinstance(binary.left, Tuple) and isinstance(binary.right, BindParameter):
            return f"{left} IN (SELECT * FROM {right})"  # noqa: S608  both are SQLAlchemy's own words
        return f"{left} IN {right}"

    def visit_empty_set_op_expr(self, type_: list[TypeEngine[Any]], expand_op: Any, **how: Any) -> str:
        """The stock one closes the bracket that is around it; here are two."""
        if len(type_) > 1 and expand_op is operators.in_op:
            return f"SELECT {', '.join('NULL' for _ in type_)} WHERE 0"
        return str(super().visit_empty_set_op_expr(type_, expand_op, **how))  # type: ignore[no-untyped-call]
