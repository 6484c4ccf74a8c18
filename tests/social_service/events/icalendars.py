"""A small reader of iCalendar files for tests: unfolds, splits, and knows nothing of how ours are written."""

from dataclasses import dataclass, field


@dataclass
class Component:
    name: str
    lines: list[tuple[str, str, str]] = field(default_factory=list)
    """(property, parameters, value)"""
    parts: list["Component"] = field(default_factory=list)

    def get(self, name: str) -> str:
        return next(value for prop, _, value in self.lines if prop == name)

    def all(self, name: str) -> list[str]:
        return [value for prop, _, value in self.lines if prop == name]

    def parameters(self, name: str) -> str:
        return next(parameters for prop, parameters, _ in self.lines if prop == name)

    def of(self, kind: str) -> list["Component"]:
        return [part for part in self.parts if part.name == kind]


def read(data: bytes) -> Component:
    assert data.endswith(b"\r\n")
    physical = data[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in physical), "a line is longer than 75 octets"
    assert b"\n" not in data.replace(b"\r\n", b""), "a bare line feed"
    for line in physical:
        line.decode()  # no character is cut in two
    logical: list[str] = []
    for line in (raw.decode() for raw in physical):
        if line.startswith(" "):
            logical[-1] += line[1:]
        else:
            logical.append(line)
    stack = [Component("")]
    for line in logical:
        head, _, value = line.partition(":")
        name, _, parameters = head.partition(";")
        if name == "BEGIN":
            stack.append(Component(value))
        elif name == "END":
            done = stack.pop()
            assert done.name == value
            stack[-1].parts.append(done)
        else:
            stack[-1].lines.append((name, parameters, value))
    (calendar,) = stack.pop().parts
    assert calendar.name == "VCALENDAR"
    return calendar
