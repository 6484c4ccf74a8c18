"""The base of the recommender's tables: one MetaData, so that it migrates alone."""

from datetime import datetime

from sqlalchemy.orm import DeclarativeBase

from clubkit.db.types import UtcDateTime, tables


class Base(DeclarativeBase):
    metadata = tables()
    type_annotation_map = {datetime: UtcDateTime}  # noqa: RUF012  SQLAlchemy reads it off the class
