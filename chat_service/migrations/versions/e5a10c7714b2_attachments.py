"""Attachments"""

import sqlalchemy as sa
from alembic import op

import clubkit.db.types


revision = 'e5a10c7714b2'
down_revision = 'd2a8b1f07c31'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('chat_attachments',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('room_id', sa.String(length=36), nullable=False),
    sa.Column('owner_id', sa.String(length=36), nullable=False),
    sa.Column('upload_key', sa.String(length=255), nullable=True),
    sa.Column('message_id', sa.String(length=36), nullable=True),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=True),
    sa.Column('height', sa.Integer(), nullable=True),
    sa.Column('alt', sa.String(length=500), nullable=False),
    sa.Column('files', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('source', sa.String(length=80), nullable=True),
    sa.Column('created_at', clubkit.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('gone_at', clubkit.db.types.UtcDateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chat_attachments')),
    sa.UniqueConstraint('owner_id', 'upload_key', name=op.f('uq_chat_attachments_owner_id_upload_key'))
    )
    with op.batch_alter_table('chat_attachments', schema=None) as batch_op:
        batch_op.create_index('ix_chat_attachments_message_id', ['message_id'], unique=False)
        batch_op.create_index('ix_chat_attachments_created_at', ['created_at'], unique=False)


def downgrade() -> None:
    op.drop_table('chat_attachments')
