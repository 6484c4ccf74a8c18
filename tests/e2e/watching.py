"""What no journey may leave behind: console errors, exceptions, policy violations, failed requests."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.async_api import BrowserContext, ConsoleMessage, Page, Request, Response, WebError

REPORT_VIOLATIONS = """
addEventListener('securitypolicyviolation', (event) =>
  console.error(`Policy violation: ${event.violatedDirective} blocked ${event.blockedURI} in ${event.sourceFile}`))
"""
GIVEN_UP = "net::ERR_ABORTED"
"""Leaving a page ends what it was still fetching; nobody is told, nothing is lost."""


class Watch:
    """Collects what went wrong in one browser context."""

    def __init__(self, who: str) -> None:
        self.wrong: list[str] = []
        self.who = who
        self._forgiving = False

    async def follow(self, context: BrowserContext) -> None:
        await context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._on_console)
        context.on("weberror", self._on_exception)
        context.on("requestfailed", self._on_failed)
        context.on("response", self._on_response)

    @contextmanager
    def forgiving(self) -> Iterator[None]:
        """While a network is cut on purpose, requests fail."""
        self._forgiving = True
        yield
        self._forgiving = False

    def _note(self, page: Page | None, what: str) -> None:
        if not self._forgiving:
            self.wrong.append(f"{self.who} at {page.url if page else 'no page'}: {what}")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note(message.page, f"console: {message.text}")

    def _on_exception(self, error: WebError) -> None:
        self._note(error.page, f"exception: {error.error}")

    def _on_failed(self, request: Request) -> None:
        if request.failure != GIVEN_UP:
            self._note(None, f"{request.method} {request.url} failed: {request.failure}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400:
            self._note(None, f"{response.request.method} {response.url} answered {response.status}")
