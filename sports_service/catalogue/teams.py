"""Teams and the names providers give them."""

from sqlalchemy import select

from clubkit.db.work import UnitOfWork
from sports_service.catalogue.models import TeamAliasRow, TeamRow


async def known_spellings(work: UnitOfWork, provider: str, country: str) -> dict[str, TeamRow]:
    """The team behind each spelling this provider has used in a country."""
    query = (
        select(TeamAliasRow.spelling, TeamRow)
        .join(TeamRow, TeamRow.id == TeamAliasRow.team_id)
        .where(TeamAliasRow.provider == provider, TeamAliasRow.country == country)
    )
    return {spelling: team for spelling, team in await work.session.execute(query)}  # noqa: C416  rows, not tuples
