"""The leagues of openfootball we know: their names and the zones their kick-offs are written in."""

from sports_service.catalogue.listing import League
from sports_service.catalogue.schemas import LeagueId

_KNOWN = """
en.1|Premier League|England|Europe/London
es.1|La Liga|Spain|Europe/Madrid
de.1|Bundesliga|Germany|Europe/Berlin
it.1|Serie A|Italy|Europe/Rome
fr.1|Ligue 1|France|Europe/Paris
nl.1|Eredivisie|Netherlands|Europe/Amsterdam
pt.1|Primeira Liga|Portugal|Europe/Lisbon
be.1|First Division A|Belgium|Europe/Brussels
sco.1|Premiership|Scotland|Europe/London
tr.1|Süper Lig|Türkiye|Europe/Istanbul
gr.1|Super League|Greece|Europe/Athens
at.1|Austrian Bundesliga|Austria|Europe/Vienna
en.2|Championship|England|Europe/London
en.3|League One|England|Europe/London
en.4|League Two|England|Europe/London
es.2|Segunda División|Spain|Europe/Madrid
de.2|2. Bundesliga|Germany|Europe/Berlin
it.2|Serie B|Italy|Europe/Rome
fr.2|Ligue 2|France|Europe/Paris
at.2|Austrian 2. Liga|Austria|Europe/Vienna
"""

LEAGUES = {
    code: League(LeagueId(f"soccer.{code}"), "soccer", name, country, tzid, position)
    for position, (code, name, country, tzid) in enumerate(
        (line.split("|") for line in _KNOWN.strip().splitlines()), start=1
    )
}
BIG_FIVE = ("en.1", "es.1", "de.1", "it.1", "fr.1")
