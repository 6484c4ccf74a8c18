"""Rooms of all kinds"""

import sqlalchemy as sa
from alembic import op

import clubkit.db.types


revision = 'd2a8b1f07c31'
down_revision = 'c17d6cf690ca'
branch_labels = None
depends_on = None

INSTANT = clubkit.db.types.UtcDateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table('chat_rooms', schema=None) as batch_op:
        batch_op.add_column(sa.Column('created_by', sa.String(length=36), nullable=True))
        batch_op.add_column(sa.Column('topic', sa.String(length=250), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('event_id', sa.String(length=36), nullable=True))
        batch_op.add_column(sa.Column('archived_at', INSTANT, nullable=True))
        batch_op.add_column(sa.Column('slow_seconds', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('keep_days', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('blocked', sa.Text(), nullable=False, server_default=''))
        batch_op.create_unique_constraint(op.f('uq_chat_rooms_event_id'), ['event_id'])

    with op.batch_alter_table('chat_room_members', schema=None) as batch_op:
        batch_op.add_column(sa.Column('level', sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column('quiet_until', INSTANT, nullable=True))
        batch_op.add_column(sa.Column('silenced_until', INSTANT, nullable=True))
        batch_op.add_column(sa.Column('barred_until', INSTANT, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('chat_room_members', schema=None) as batch_op:
        for name in ('barred_until', 'silenced_until', 'quiet_until', 'level'):
            batch_op.drop_column(name)

    with op.batch_alter_table('chat_rooms', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('uq_chat_rooms_event_id'), type_='unique')
        for name in ('blocked', 'keep_days', 'slow_seconds', 'archived_at', 'event_id', 'topic', 'created_by'):
            batch_op.drop_column(name)
