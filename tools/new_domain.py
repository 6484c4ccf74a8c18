"""`make new-domain S=social_service D=polls`: a small, whole domain to grow from, with its route and its test."""

import re
import subprocess
import sys
from pathlib import Path
from string import Template

TEMPLATES = Path(__file__).parent / "domain_template"


class CannotScaffold(Exception):  # noqa: N818  named for what happened, as in clubkit.errors
    """One sentence that says why."""


def scaffold(root: Path, service: str, domain: str) -> list[Path]:
    """Writes the domain's files, its test, and its route into the service's module.py; answers what it wrote."""
    home, test = check(root, service, domain)
    names = names_of(service, domain)
    module = root / service / "module.py"
    composed = with_route(module.read_text(), service, domain)
    home.mkdir()
    test.parent.mkdir(parents=True, exist_ok=True)
    written = []
    for template in sorted(TEMPLATES.glob("*.txt")):
        target = test if template.name == "test.py.txt" else home / template.name.removesuffix(".txt")
        target.write_text(Template(template.read_text()).substitute(names))
        written.append(target)
    module.write_text(composed)
    return [*written, module]


def check(root: Path, service: str, domain: str) -> tuple[Path, Path]:
    """Where the domain and its test will stand. Raises CannotScaffold."""
    if not re.fullmatch(r"[a-z][a-z_]*[a-z]", domain) or len(domain) > 40:
        raise CannotScaffold(f"A domain is named in small letters and underscores, in the plural: not {domain!r}.")
    for needed in ("module.py", "tables.py"):
        if not (root / service / needed).is_file():
            raise CannotScaffold(f"{service or 'The service'} has no {needed}; name a service, as S=social_service.")
    home = root / service / domain
    if home.exists():
        raise CannotScaffold(f"{service}/{domain} is there already.")
    return home, root / "tests" / service / domain / f"test_{domain}.py"


def names_of(service: str, domain: str) -> dict[str, str]:
    thing = re.sub(r"ies$", "y", domain) if domain.endswith("ies") else domain.removesuffix("s")
    return {
        "service": service,
        "prefix": service.removesuffix("_service"),
        "things": domain,
        "Things": domain.replace("_", " ").capitalize(),
        "thing": thing,
        "Thing": "".join(word.capitalize() for word in thing.split("_")),
        "words": thing.replace("_", " "),
        "path": domain.replace("_", "-"),
    }


def with_route(source: str, service: str, domain: str) -> str:
    """module.py with the domain's router in its list. Raises CannotScaffold where there is no such list."""
    routers = re.search(r"routers=\[(?P<list>[^\]]*)\]", source)
    if routers is None:
        raise CannotScaffold(f"{service}/module.py has no routers=[…] to add to.")
    listed = routers["list"].rstrip().rstrip(",")
    listed = f"{listed}, {domain}_api.router" if listed.strip() else f"{domain}_api.router"
    source = f"{source[: routers.start('list')]}{listed}{source[routers.end('list') :]}"
    first_import = re.search(r"^(?:from|import) ", source, re.MULTILINE)
    place = first_import.start() if first_import else 0
    return f"{source[:place]}from {service}.{domain} import api as {domain}_api\n{source[place:]}"


def main(words: list[str]) -> int:
    root = Path.cwd()
    try:
        written = scaffold(root, *(words if len(words) == 2 else ("", "")))
    except CannotScaffold as reason:
        print(f"  ✗ {reason}", file=sys.stderr)
        return 1
    files = [str(path) for path in written]
    subprocess.run(["ruff", "check", "--quiet", "--fix", *files], check=False)
    subprocess.run(["ruff", "format", "--quiet", *files], check=True)
    for path in written:
        print(f"  {path.relative_to(root)}")
    service, domain = words
    print(f'\nNext: make it yours, then make migration S={service} M="add {domain}"; its test is make pytest '
          f"ARGS=tests/{service}/{domain}")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
