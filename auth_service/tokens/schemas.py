"""The wire shapes of public keys (RFC 7517, 8037)."""

from typing import Literal

from clubkit.contracts.base import Contract


class Jwk(Contract):
    kty: Literal["OKP"] = "OKP"
    crv: Literal["Ed25519"] = "Ed25519"
    use: Literal["sig"] = "sig"
    alg: Literal["EdDSA"] = "EdDSA"
    kid: str
    x: str


class Jwks(Contract):
    keys: tuple[Jwk, ...]
