"""Who may do what in a club, as data. Code asks for a capability, never for a role's name."""

from collections.abc import Mapping
from typing import Literal

from clubkit.contracts.social import Role

Capability = Literal[
    "post", "announce", "schedule", "publish_reels", "moderate", "invite", "admit", "remove_members", "edit_club",
    "assign_roles", "close_club",
]  # fmt: skip

_MEMBER: frozenset[Capability] = frozenset({"post", "publish_reels"})
_ADMIN: frozenset[Capability] = _MEMBER | {
    "announce", "schedule", "moderate", "invite", "admit", "remove_members", "edit_club",
}  # fmt: skip
_OWNER: frozenset[Capability] = _ADMIN | {"assign_roles", "close_club"}

CAPABILITIES: Mapping[Role, frozenset[Capability]] = {"owner": _OWNER, "admin": _ADMIN, "member": _MEMBER}

ABOVE: Mapping[Role, frozenset[Role]] = {
    "owner": frozenset({"owner", "admin", "member"}),
    "admin": frozenset({"member"}),
    "member": frozenset(),
}
"""Over whom somebody with a role may decide: change the role of, or remove."""

MUST_REMAIN: Role = "owner"
"""A club always has at least one of these."""


def may(role: Role | None, capability: Capability) -> bool:
    return role is not None and capability in CAPABILITIES[role]


def is_above(role: Role | None, other: Role) -> bool:
    return role is not None and other in ABOVE[role]
