"""What a route asks for: a unit of work, the caller, an adapter."""

from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request

from clubkit.db.work import UnitOfWork, Works
from clubkit.errors import Forbidden, Unauthenticated
from clubkit.identity import Caller, TokenVerifier
from clubkit.ports import Ports

T = TypeVar("T")


def ports_of(request: Request) -> Ports:
    return request.app.state.ports  # type: ignore[no-any-return]


def port(kind: type[T]) -> Any:
    """`Annotated[SearchIndex, port(SearchIndex)]` in a route's signature answers the adapter."""

    def find(request: Request) -> T:
        return ports_of(request)[kind]

    return Depends(find)


async def open_work(request: Request) -> AsyncIterator[UnitOfWork]:
    async with ports_of(request)[Works].open() as work:
        yield work


async def open_reading(request: Request) -> AsyncIterator[UnitOfWork]:
    async with ports_of(request)[Works].reading() as work:
        yield work


# scope="function": the transaction commits before the answer leaves, so a failed commit is never reported as done.
Work = Annotated[UnitOfWork, Depends(open_work, scope="function")]
Reading = Annotated[UnitOfWork, Depends(open_reading, scope="function")]


async def current_caller(request: Request) -> Caller:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated("Please sign in to do this.")
    return await ports_of(request)[TokenVerifier].verify(token)


async def maybe_caller(request: Request) -> Caller | None:
    return await current_caller(request) if request.headers.get("authorization") else None


CurrentMember = Annotated[Caller, Depends(current_caller)]
MaybeMember = Annotated[Caller | None, Depends(maybe_caller)]


def require_admin(caller: CurrentMember) -> Caller:
    if not caller.is_admin:
        raise Forbidden("Only an operator of this hub may do that.")
    return caller


CurrentAdmin = Annotated[Caller, Depends(require_admin)]
Dependency = Callable[..., Any]
