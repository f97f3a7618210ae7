"""HTML as a tree, read with the standard library's parser: what a test can ask of a page."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"))
_CODE = frozenset(("script", "style"))


@dataclass
class Node:
    """An element, its attributes and what is in it, in the order of the document."""

    tag: str
    attributes: dict[str, str]
    children: list["Node | str"] = field(default_factory=list)

    def __iter__(self) -> Iterator["Node"]:
        """Yield every element below this one."""
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child

    def all(self, tag: str | None = None, **attributes: str) -> list["Node"]:
        """Return the elements of a tag that have the attributes; `class_` asks for one of the classes."""
        return [node for node in self if tag in (None, node.tag) and node.has(attributes)]

    def one(self, tag: str | None = None, **attributes: str) -> "Node":
        """Return the only element of that kind."""
        (found,) = self.all(tag, **attributes)
        return found

    def has(self, wanted: dict[str, str]) -> bool:
        """Tell whether the element has these attributes; `data_layer` stands for `data-layer`."""
        for key, value in wanted.items():
            if key == "class_" and value not in self.attributes.get("class", "").split():
                return False
            if key != "class_" and self.attributes.get(key.replace("_", "-")) != value:
                return False
        return True

    @property
    def raw(self) -> str:
        """All text in the element, as a reader's browser would hold it; no scripts and styles."""
        parts = (
            child.raw if isinstance(child, Node) else child
            for child in self.children
            if isinstance(child, str) or child.tag not in _CODE
        )
        return "".join(parts)

    @property
    def text(self) -> str:
        """The text with white space as it is shown: single blanks."""
        return " ".join(self.raw.split())

    @property
    def code(self) -> str:
        """The text of a script or style element."""
        return "".join(child for child in self.children if isinstance(child, str))


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in _VOID:
            node = self.open[-1].children[-1]
            assert isinstance(node, Node)
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len({name for name, _ in attrs}) < len(attrs):
            raise ValueError(f"an attribute twice in {self.get_starttag_text()}")
        self.open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag != tag:
            raise ValueError(f"</{tag}> closes <{self.open[-1].tag}> in line {self.getpos()[0]}")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: str) -> Node:
    """Return the root of the tree. Raises ValueError where an end tag does not close the open element."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    if len(builder.open) > 1:
        raise ValueError(f"<{builder.open[-1].tag}> is never closed")
    return builder.root
