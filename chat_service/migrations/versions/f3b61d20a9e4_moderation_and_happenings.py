"""Moderation and happenings"""

import sqlalchemy as sa
from alembic import op

import clubkit.db.types


revision = 'f3b61d20a9e4'
down_revision = 'e5a10c7714b2'
branch_labels = None
depends_on = None

INSTANT = clubkit.db.types.UtcDateTime(timezone=True)


def upgrade() -> None:
    op.create_table('chat_reports',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('room_id', sa.String(length=36), nullable=False),
    sa.Column('club_id', sa.String(length=36), nullable=True),
    sa.Column('message_id', sa.String(length=36), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('author_id', sa.String(length=36), nullable=True),
    sa.Column('author_name', sa.String(length=80), nullable=False),
    sa.Column('evidence', sa.JSON(), nullable=False),
    sa.Column('reporter_id', sa.String(length=36), nullable=False),
    sa.Column('reason', sa.String(length=12), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('at', INSTANT, nullable=False),
    sa.Column('resolved_at', INSTANT, nullable=True),
    sa.Column('resolved_by', sa.String(length=36), nullable=True),
    sa.Column('outcome', sa.String(length=10), nullable=True),
    sa.Column('outcome_reason', sa.String(length=500), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chat_reports')),
    sa.UniqueConstraint('message_id', 'reporter_id', name=op.f('uq_chat_reports_message_id_reporter_id'))
    )
    op.create_index('ix_chat_reports_room_id_resolved_at', 'chat_reports', ['room_id', 'resolved_at'])
    op.create_index('ix_chat_reports_club_id_resolved_at', 'chat_reports', ['club_id', 'resolved_at'])

    op.create_table('chat_deeds',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('room_id', sa.String(length=36), nullable=False),
    sa.Column('club_id', sa.String(length=36), nullable=True),
    sa.Column('by', sa.String(length=36), nullable=False),
    sa.Column('by_name', sa.String(length=80), nullable=False),
    sa.Column('what', sa.String(length=14), nullable=False),
    sa.Column('member_id', sa.String(length=36), nullable=True),
    sa.Column('message_id', sa.String(length=36), nullable=True),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.Column('at', INSTANT, nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chat_deeds'))
    )
    op.create_index('ix_chat_deeds_room_id_id', 'chat_deeds', ['room_id', 'id'])
    op.create_index('ix_chat_deeds_club_id_id', 'chat_deeds', ['club_id', 'id'])

    op.create_table('chat_turns',
    sa.Column('room_id', sa.String(length=36), nullable=False),
    sa.Column('member_id', sa.String(length=36), nullable=False),
    sa.Column('at', INSTANT, nullable=False),
    sa.PrimaryKeyConstraint('room_id', 'member_id', name=op.f('pk_chat_turns'))
    )
    op.create_table('chat_events',
    sa.Column('event_id', sa.String(length=36), nullable=False),
    sa.Column('club_id', sa.String(length=36), nullable=False),
    sa.Column('club_name', sa.String(length=120), nullable=False),
    sa.Column('hue', sa.Integer(), nullable=False),
    sa.Column('host_id', sa.String(length=36), nullable=True),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('starts_at', INSTANT, nullable=False),
    sa.Column('ends_at', INSTANT, nullable=True),
    sa.Column('tzid', sa.String(length=60), nullable=False),
    sa.Column('cancelled', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('event_id', name=op.f('pk_chat_events'))
    )
    op.create_index('ix_chat_events_club_id_starts_at', 'chat_events', ['club_id', 'starts_at'])

    op.create_table('chat_guests',
    sa.Column('event_id', sa.String(length=36), nullable=False),
    sa.Column('member_id', sa.String(length=36), nullable=False),
    sa.Column('coming', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('event_id', 'member_id', name=op.f('pk_chat_guests'))
    )
    op.create_index('ix_chat_guests_member_id', 'chat_guests', ['member_id'])

    op.create_table('chat_fixtures',
    sa.Column('fixture_id', sa.String(length=80), nullable=False),
    sa.Column('league', sa.String(length=120), nullable=False),
    sa.Column('round', sa.String(length=80), nullable=False),
    sa.Column('home', sa.String(length=120), nullable=False),
    sa.Column('away', sa.String(length=120), nullable=False),
    sa.Column('kickoff_at', INSTANT, nullable=False),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('fixture_id', name=op.f('pk_chat_fixtures'))
    )
    op.create_index('ix_chat_fixtures_kickoff_at', 'chat_fixtures', ['kickoff_at'])


def downgrade() -> None:
    for name in ('chat_fixtures', 'chat_guests', 'chat_events', 'chat_turns', 'chat_deeds', 'chat_reports'):
        op.drop_table(name)
