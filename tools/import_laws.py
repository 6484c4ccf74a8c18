"""The laws inside a service, as an import-linter contract: what each kind of domain file may import.

A domain is a folder below a service (`chat_service/messages`). A file's kind is its name:

    ways_in   api, socket, handlers, jobs, and names that end so (media_api.py)
    adapter   store_*
    rules     service.py, and every verb beside it (sending.py)
    store     store
    values    models, schemas
    errors    errors, and names that end so

Inside a domain a kind imports itself and what stands below it. Another domain is reached through its rules,
schemas and errors. Below the ways in, only an adapter may import a driver, and nothing what `clubkit` has for
the ways in alone (routes, sockets, workers).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, cast

import grimp
from importlinter import Contract, ContractCheck, fields, output

Kind = Literal["ways_in", "adapter", "rules", "store", "values", "errors"]

WAYS_IN = ("api", "socket", "handlers", "jobs")
VALUES = ("models", "schemas")

BELOW: dict[Kind, frozenset[Kind]] = {
    "ways_in": frozenset({"ways_in", "rules", "store", "values", "errors"}),
    "adapter": frozenset({"adapter", "store", "values", "errors"}),
    "rules": frozenset({"rules", "store", "values", "errors"}),
    "store": frozenset({"store", "values", "errors"}),
    "values": frozenset({"values", "errors"}),
    "errors": frozenset({"errors"}),
}
PURE: frozenset[Kind] = frozenset({"rules", "store", "values", "errors"})
COMPOSITION = frozenset({"module", "app"})


@dataclass(frozen=True)
class Place:
    """Where a module stands in a service."""

    service: str
    domain: str
    kind: Kind
    file: str


def kind_of(file: str) -> Kind:
    """The kind of a domain file, by its name without `.py`."""
    last_word = file.rpartition("_")[2]
    if file.startswith("store_"):
        return "adapter"
    if last_word == "store":
        return "store"
    if last_word in WAYS_IN:
        return "ways_in"
    if last_word == "errors":
        return "errors"
    return "values" if last_word in VALUES else "rules"


def place_of(module: str, services: frozenset[str], graph: grimp.ImportGraph) -> Place | None:
    """None for what is no domain file: clubkit, a service's top files, migrations, a folder's __init__."""
    parts = module.split(".")
    if len(parts) < 3 or parts[0] not in services or parts[1] == "migrations":
        return None
    if graph.find_children(module):
        return None
    return Place(parts[0], parts[1], kind_of(parts[-1]), parts[-1])


@dataclass(frozen=True)
class Breach:
    importer: str
    imported: str
    why: str


@dataclass(frozen=True)
class Names:
    """What the laws speak of; see `DomainLaws`."""

    services: frozenset[str]
    drivers: frozenset[str]
    borders: frozenset[str]
    composed: frozenset[str]


def breaches(graph: grimp.ImportGraph, names: Names) -> Iterator[Breach]:
    """Every import that breaks a law, in the order of the importers' names."""
    for importer in sorted(graph.modules):
        place = place_of(importer, names.services, graph)
        if place is None:
            continue
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            why = (
                _outside(place, imported, names)
                or _composition(place, imported)
                or _inside(place, place_of(imported, names.services, graph))
            )
            if why:
                yield Breach(importer, imported, why)


def _outside(place: Place, imported: str, names: Names) -> str | None:
    if place.kind in PURE and imported.partition(".")[0] in names.drivers:
        return f"{place.kind} know no web framework, broker or driver"
    if place.kind in PURE and _within(imported, names.borders):
        return f"{place.kind} do not know how they were called"
    if _within(imported, names.composed):
        return "a domain is handed its adapters and is not told which they are"
    return None


def _within(module: str, packages: frozenset[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def _composition(place: Place, imported: str) -> str | None:
    service, _, file = imported.partition(".")
    if service == place.service and file in COMPOSITION:
        return f"{file}.py composes the domains, so no domain imports it"
    return None


def _inside(place: Place, target: Place | None) -> str | None:
    if target is None or target.service != place.service:
        return None  # strangers are the business of the layers contract
    if target.kind not in BELOW[place.kind]:
        return f"{place.kind} may not import {target.kind}"
    if target.domain != place.domain and not (target.kind in ("rules", "errors") or target.file.endswith("schemas")):
        return "another domain is reached through its rules, schemas and errors"
    return None


class DomainLaws(Contract):
    """Options: `services` (packages whose folders are domains), `drivers` (external packages that rules never
    import), `borders` (modules for the ways in alone), `composed` (modules for a composition root alone).
    """

    type_name = "domain_laws"

    services = fields.SetField(subfield=fields.StringField())
    drivers = fields.SetField(subfield=fields.StringField())
    borders = fields.SetField(subfield=fields.StringField())
    composed = fields.SetField(subfield=fields.StringField())

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        options = (self.services, self.drivers, self.borders, self.composed)
        names = Names(*(frozenset(str(word) for word in cast("Iterable[Any]", option)) for option in options))
        lines = {
            breach: [
                detail["line_number"]
                for detail in graph.get_import_details(importer=breach.importer, imported=breach.imported)
            ]
            for breach in breaches(graph, names)
        }
        return ContractCheck(kept=not lines, metadata={"breaches": lines})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for breach, lines in check.metadata["breaches"].items():
            where = ", ".join(f"l.{line}" for line in lines) or "indirectly"
            output.print_error(f"{breach.importer} -> {breach.imported} ({where}): {breach.why}", bold=False)
        output.new_line()
