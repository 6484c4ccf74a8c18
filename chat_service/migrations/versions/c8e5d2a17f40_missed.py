"""Missed messages"""

import sqlalchemy as sa
from alembic import op

import clubkit.db.types


revision = 'c8e5d2a17f40'
down_revision = 'b7c41e9f02d6'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('chat_missed',
    sa.Column('member_id', sa.String(length=36), nullable=False),
    sa.Column('room_id', sa.String(length=36), nullable=False),
    sa.Column('message_id', sa.String(length=36), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('due_at', clubkit.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('member_id', 'room_id', name=op.f('pk_chat_missed'))
    )
    with op.batch_alter_table('chat_missed', schema=None) as batch_op:
        batch_op.create_index('ix_chat_missed_due_at', ['due_at'], unique=False)

    op.create_table('chat_mail_choices',
    sa.Column('member_id', sa.String(length=36), nullable=False),
    sa.Column('wanted', sa.Boolean(), nullable=False),
    sa.Column('last_at', clubkit.db.types.UtcDateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('member_id', name=op.f('pk_chat_mail_choices'))
    )


def downgrade() -> None:
    op.drop_table('chat_mail_choices')
    op.drop_table('chat_missed')
