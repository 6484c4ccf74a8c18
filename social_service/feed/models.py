"""The tables of the feed: posts and their history, comments, reactions, and what members hid."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from social_service.tables import Base


class PostRow(Base):
    """`media`: [{id, alt}] in order. `reactions` and `comments` are counts, kept in the transaction of their cause."""

    __tablename__ = "social_posts"
    __table_args__ = (
        Index("ix_social_posts_club_id_created_at_id", "club_id", "created_at", "id"),
        Index("ix_social_posts_author_id_created_at_id", "author_id", "created_at", "id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    club_id: Mapped[str | None] = mapped_column(String(36))
    author_id: Mapped[str] = mapped_column(String(36))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    media: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    visibility: Mapped[str] = mapped_column(String(8))
    announce: Mapped[bool]
    reactions: Mapped[dict[str, int]] = mapped_column(JSON)
    comments: Mapped[int] = mapped_column(Integer, default=0)
    version: Mapped[int] = mapped_column(Integer, default=1)
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]


class PostVersionRow(Base):
    """How a post read before an edit."""

    __tablename__ = "social_post_versions"

    post_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]


class CommentRow(Base):
    """A comment, or a reply to one (`parent_id`), never deeper. A removed one with replies stays as a gap."""

    __tablename__ = "social_comments"
    __table_args__ = (Index("ix_social_comments_post_id_parent_id_id", "post_id", "parent_id", "id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    post_id: Mapped[str] = mapped_column(String(36))
    parent_id: Mapped[str | None] = mapped_column(String(36))
    author_id: Mapped[str] = mapped_column(String(36), index=True)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    replies: Mapped[int] = mapped_column(Integer, default=0)
    removed: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]


class ReactionRow(Base):
    """One reaction per member and post."""

    __tablename__ = "social_reactions"

    post_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    member_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    reaction: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime]


class HiddenRow(Base):
    """What a member wants less of."""

    __tablename__ = "social_hidden"

    member_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a chronological list: newest first, ids break ties."""

    at: datetime
    id: str
