"""Webhooks"""

import sqlalchemy as sa
from alembic import op

import clubkit.db.types


revision = 'a94c0de7715b'
down_revision = 'a4d90e6b5c18'
branch_labels = None
depends_on = None

INSTANT = clubkit.db.types.UtcDateTime(timezone=True)


def upgrade() -> None:
    op.create_table('chat_hooks',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('room_id', sa.String(length=36), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('hue', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('created_by', sa.String(length=36), nullable=False),
    sa.Column('created_at', INSTANT, nullable=False),
    sa.Column('revoked_at', INSTANT, nullable=True),
    sa.Column('last_used_at', INSTANT, nullable=True),
    sa.Column('posts', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chat_hooks')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_chat_hooks_token_hash'))
    )
    op.create_index('ix_chat_hooks_room_id', 'chat_hooks', ['room_id'])


def downgrade() -> None:
    op.drop_table('chat_hooks')
