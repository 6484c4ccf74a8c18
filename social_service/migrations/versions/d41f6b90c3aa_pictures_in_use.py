"""Pictures in use"""

import sqlalchemy as sa
from alembic import op

import clubkit.db.types


revision = 'd41f6b90c3aa'
down_revision = 'c87b1b9c3f2c'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('social_media', schema=None) as batch_op:
        batch_op.add_column(sa.Column('used_at', clubkit.db.types.UtcDateTime(timezone=True), nullable=True))
    # Which of the old ones are shown nowhere is not known: all stay.
    op.execute('UPDATE social_media SET used_at = created_at')


def downgrade() -> None:
    with op.batch_alter_table('social_media', schema=None) as batch_op:
        batch_op.drop_column('used_at')
