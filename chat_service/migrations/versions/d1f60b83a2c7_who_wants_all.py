"""Who wants to be told of everything is found without looking at everybody"""

from alembic import op


revision = 'd1f60b83a2c7'
down_revision = 'c8e5d2a17f40'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('chat_room_members', schema=None) as batch_op:
        batch_op.create_index('ix_chat_room_members_room_id_level', ['room_id', 'level'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('chat_room_members', schema=None) as batch_op:
        batch_op.drop_index('ix_chat_room_members_room_id_level')
