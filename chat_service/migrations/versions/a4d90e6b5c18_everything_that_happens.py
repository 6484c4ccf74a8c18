"""Everything that happens in a room takes a place in it, not messages alone"""

import sqlalchemy as sa
from alembic import op

import clubkit.db.types


revision = 'a4d90e6b5c18'
down_revision = 'f3b61d20a9e4'
branch_labels = None
depends_on = None

WHEN = clubkit.db.types.UtcDateTime(timezone=True)
OF_HEADS = (('nth', sa.BigInteger), ('epoch', sa.Integer), ('floor_seq', sa.BigInteger), ('floor_nth', sa.BigInteger))


def upgrade() -> None:
    op.create_table('chat_entries',
    sa.Column('room_id', sa.String(length=36), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('nth', sa.BigInteger(), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('author_id', sa.String(length=36), nullable=False),
    sa.Column('author_name', sa.String(length=80), nullable=False),
    sa.Column('source', sa.String(length=8), nullable=False),
    sa.Column('client_id', sa.String(length=36), nullable=False),
    sa.Column('at', WHEN, nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('target', sa.String(length=36), nullable=True),
    sa.Column('target_seq', sa.BigInteger(), nullable=True),
    sa.Column('thread', sa.String(length=36), nullable=True),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('room_id', 'seq', name=op.f('pk_chat_entries')),
    sa.UniqueConstraint('id', name=op.f('uq_chat_entries_id')),
    sa.UniqueConstraint('room_id', 'author_id', 'client_id', name=op.f('uq_chat_entries_room_id_author_id_client_id'))
    )
    op.create_table('chat_mentions',
    sa.Column('room_id', sa.String(length=36), nullable=False),
    sa.Column('who', sa.String(length=48), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('target', sa.String(length=36), nullable=False),
    sa.Column('target_seq', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('room_id', 'who', 'seq', name=op.f('pk_chat_mentions'))
    )
    op.create_table('chat_drafts',
    sa.Column('room_id', sa.String(length=36), nullable=False),
    sa.Column('member_id', sa.String(length=36), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('at', WHEN, nullable=False),
    sa.PrimaryKeyConstraint('room_id', 'member_id', name=op.f('pk_chat_drafts'))
    )
    with op.batch_alter_table('chat_heads', schema=None) as batch_op:
        for name, kind in OF_HEADS:
            batch_op.add_column(sa.Column(name, kind(), nullable=True))
    # Until now there was nothing but messages: each is as manieth as its place says.
    op.execute("UPDATE chat_heads SET nth = seq, epoch = 1, floor_seq = 1, floor_nth = 0")
    with op.batch_alter_table('chat_heads', schema=None) as batch_op:
        for name, kind in OF_HEADS:
            batch_op.alter_column(name, existing_type=kind(), nullable=False)
    op.execute(
        "INSERT INTO chat_entries (room_id, seq, nth, epoch, id, kind, author_id, author_name, source, client_id, at,"
        " body, data) SELECT room_id, seq, seq, 1, id, 'message', author_id, author_name, 'member', client_id, at,"
        " body, '{}' FROM chat_messages"
    )
    _keep_quotes()
    with op.batch_alter_table('chat_entries', schema=None) as batch_op:
        batch_op.create_index('ix_chat_entries_room_id_kind_seq', ['room_id', 'kind', 'seq'], unique=False)
        batch_op.create_index('ix_chat_entries_target', ['target'], unique=False)
        batch_op.create_index('ix_chat_entries_thread', ['thread'], unique=False)
    op.drop_table('chat_messages')


def _keep_quotes() -> None:
    """An answer carries the words it answers."""
    connection = op.get_bind()
    entries = sa.table('chat_entries', sa.column('id'), sa.column('data', sa.JSON()))
    answers = connection.execute(sa.text(
        "SELECT a.id AS answer, q.id, q.seq, q.author_name, q.body FROM chat_messages a"
        " JOIN chat_messages q ON q.id = a.reply_to AND q.room_id = a.room_id"
    )).all()
    for each in answers:
        quote = {"id": each.id, "seq": each.seq, "author_name": each.author_name, "preview": each.body[:140]}
        connection.execute(entries.update().where(entries.c.id == each.answer).values(data={"reply_to": quote}))


def downgrade() -> None:
    op.create_table('chat_messages',
    sa.Column('room_id', sa.String(length=36), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('author_id', sa.String(length=36), nullable=False),
    sa.Column('author_name', sa.String(length=80), nullable=False),
    sa.Column('client_id', sa.String(length=36), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('reply_to', sa.String(length=36), nullable=True),
    sa.Column('at', WHEN, nullable=False),
    sa.PrimaryKeyConstraint('room_id', 'seq', name=op.f('pk_chat_messages')),
    sa.UniqueConstraint('id', name=op.f('uq_chat_messages_id')),
    sa.UniqueConstraint('room_id', 'author_id', 'client_id', name=op.f('uq_chat_messages_room_id_author_id_client_id'))
    )
    with op.batch_alter_table('chat_messages', schema=None) as batch_op:
        batch_op.create_index('ix_chat_messages_author_id', ['author_id'], unique=False)
    # As it was there are messages alone, in a row: each at the place that its number among them says.
    op.execute(
        "INSERT INTO chat_messages (room_id, seq, id, author_id, author_name, client_id, body, at)"
        " SELECT room_id, nth, id, author_id, author_name, client_id, body, at FROM chat_entries"
        " WHERE kind = 'message' AND source = 'member'"
    )
    op.execute("UPDATE chat_heads SET seq = nth")
    with op.batch_alter_table('chat_heads', schema=None) as batch_op:
        for name, _ in reversed(OF_HEADS):
            batch_op.drop_column(name)
    op.drop_table('chat_drafts')
    op.drop_table('chat_mentions')
    op.drop_table('chat_entries')
