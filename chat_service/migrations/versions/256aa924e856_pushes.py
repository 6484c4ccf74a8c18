"""Pushes to the devices of members"""

import sqlalchemy as sa
from alembic import op

import clubkit.db.types


revision = '256aa924e856'
down_revision = 'd1f60b83a2c7'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('chat_push_devices',
    sa.Column('session_id', sa.String(length=36), nullable=False),
    sa.Column('member_id', sa.String(length=36), nullable=False),
    sa.Column('endpoint', sa.Text(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('p256dh', sa.LargeBinary(length=65), nullable=False),
    sa.Column('auth', sa.LargeBinary(length=16), nullable=False),
    sa.Column('at', clubkit.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('session_id', name=op.f('pk_chat_push_devices'))
    )
    with op.batch_alter_table('chat_push_devices', schema=None) as batch_op:
        batch_op.create_index('ix_chat_push_devices_digest', ['digest'], unique=False)
        batch_op.create_index('ix_chat_push_devices_member_id', ['member_id'], unique=False)

    op.create_table('chat_push_due',
    sa.Column('member_id', sa.String(length=36), nullable=False),
    sa.Column('room_id', sa.String(length=36), nullable=False),
    sa.Column('message_id', sa.String(length=36), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('at', clubkit.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('due_at', clubkit.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('member_id', 'room_id', name=op.f('pk_chat_push_due'))
    )
    with op.batch_alter_table('chat_push_due', schema=None) as batch_op:
        batch_op.create_index('ix_chat_push_due_due_at', ['due_at'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('chat_push_due', schema=None) as batch_op:
        batch_op.drop_index('ix_chat_push_due_due_at')

    op.drop_table('chat_push_due')
    with op.batch_alter_table('chat_push_devices', schema=None) as batch_op:
        batch_op.drop_index('ix_chat_push_devices_member_id')
        batch_op.drop_index('ix_chat_push_devices_digest')

    op.drop_table('chat_push_devices')
