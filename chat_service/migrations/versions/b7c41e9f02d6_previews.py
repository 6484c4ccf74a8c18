"""Previews"""

import sqlalchemy as sa
from alembic import op

import clubkit.db.types


revision = 'b7c41e9f02d6'
down_revision = 'a94c0de7715b'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('chat_previews',
    sa.Column('digest', sa.String(length=32), nullable=False),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('site', sa.String(length=80), nullable=False),
    sa.Column('description', sa.String(length=400), nullable=False),
    sa.Column('image_key', sa.String(length=80), nullable=True),
    sa.Column('looked_at', clubkit.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_chat_previews'))
    )


def downgrade() -> None:
    op.drop_table('chat_previews')
