"""Stable ids, short names and colours, all derived, so that importing again finds the same rows."""

import re
from uuid import NAMESPACE_URL, UUID, uuid5

from clubkit.ids import FixtureId
from sports_service.catalogue.schemas import LeagueId, SeasonId, TeamId

_SHORT = {
    "Club Atlético de Madrid": "Atlético Madrid",
    "FC Internazionale Milano": "Inter",
    "Paris Saint-Germain FC": "Paris SG",
    "RC Celta de Vigo": "Celta Vigo",
    "RCD Espanyol de Barcelona": "Espanyol",
    "Rayo Vallecano de Madrid": "Rayo Vallecano",
    "Real Sociedad de Fútbol": "Real Sociedad",
    "Real Betis Balompié": "Real Betis",
    "Brighton & Hove Albion FC": "Brighton",
    "Wolverhampton Wanderers FC": "Wolves",
    "Borussia Mönchengladbach": "Mönchengladbach",
    "Olympique Lyonnais": "Lyon",
    "Olympique de Marseille": "Marseille",
    "Stade Rennais FC 1901": "Rennes",
    "Stade Brestois 29": "Brest",
    "Racing Club de Lens": "Lens",
    "Sporting Clube de Portugal": "Sporting CP",
}
"""Where dropping the club's form (FC, 1904 …) does not leave what people say."""
_FORMS = re.compile(
    r"^(?:1\.|FC|AFC|CF|SC|SV|AC|ACF|AS|SS|SSC|US|AJ|CA|RC|RCD|RB(?! )|CD|UD|TSG|VfL|VfB|FSV|OGC|\d{2,4})$"
)


def team_id(provider: str, country: str, name: str) -> TeamId:
    return TeamId(_uuid("team", provider, country, name))


def season_id(league: LeagueId, label: str) -> SeasonId:
    return SeasonId(f"{league}.{label}")


def fixture_id(provider: str, season: SeasonId, home: TeamId, away: TeamId, round_name: str) -> FixtureId:
    """Follows from who meets whom in which round of which season; a new date leaves it as it is."""
    return FixtureId(_uuid("fixture", provider, season, home, away, round_name))


def short_name(name: str) -> str:
    """What supporters call the team, at most 40 characters."""
    if name in _SHORT:
        return _SHORT[name]
    words = name.split()
    kept = [word for word in words if not _FORMS.match(word)]
    # "FC Köln" is Köln, but somebody who is called by the form alone keeps it.
    return " ".join(kept or words)[:40]


def hue(team: TeamId) -> int:
    """A colour angle of the team's own, 0 to 359."""
    return UUID(team).int % 360


def _uuid(*parts: str) -> str:
    return str(uuid5(NAMESPACE_URL, "clubholohub:" + "\x1f".join(parts)))
