"""Makes the two assets that are derived: the sheet of icons, and the digits of equal width.

    python3 make.py <folder of the unpacked package lucide-static>       (needs fonttools and brotli)

Be Vietnam Pro has no tabular digits ("1" is 385 units wide, "4" is 710), so that columns of numbers do not line up. Its
licence (OFL 1.1, no reserved name) allows to derive a font: the ten digits, each centred on the same width.
"""

import pathlib
import re
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = pathlib.Path(__file__).parent
WIDTH = 684

# What an icon is called here, and in the package.
ICONS = {
    "home": "house", "work": "list-checks", "incoming": "inbox", "register": "book-open", "person": "user-round",
    "search": "search", "shield": "shield", "help": "circle-question-mark", "sign-out": "log-out", "print": "printer",
    "add": "plus", "urgent": "clock-alert", "due": "hourglass", "ok": "circle-check", "warning": "triangle-alert",
    "overdue": "circle-alert", "stop": "circle-x", "info": "info", "same": "copy-check", "check": "check",
    "back": "undo-2", "next": "chevron-right", "previous": "chevron-left", "upload": "upload", "download": "download",
    "file": "file-text", "paper": "paperclip", "calendar": "calendar-days", "people": "users", "pen": "pen-line",
    "waiting": "pause", "void": "ban", "secret": "lock", "again": "rotate-cw", "up": "trending-up", "eye": "eye",
    "pass": "send", "chart": "chart-column", "keyboard": "keyboard", "flag": "flag", "bell": "bell",
}


def icons(package: pathlib.Path) -> None:
    symbols = []
    for name, source in sorted(ICONS.items()):
        text = (package / "icons" / f"{source}.svg").read_text()
        inner = re.search(r"<svg[^>]*>(.*)</svg>", text, re.S).group(1)
        inner = re.sub(r"\s+", " ", inner).replace(" />", "/>").replace("> <", "><").strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>')
    sheet = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    (HERE / "icons" / "icons.svg").write_text(sheet)


def digits(weight: int) -> None:
    font = TTFont(HERE / "fonts" / f"be-vietnam-pro-latin-{weight}-normal.woff2")
    options = subset.Options(layout_features=[], name_IDs=[1, 2], notdef_outline=True, hinting=False)
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=range(0x30, 0x3A))
    chosen.subset(font)
    for name in [font.getBestCmap()[code] for code in range(0x30, 0x3A)]:
        glyph, (width, left) = font["glyf"][name], font["hmtx"][name]
        moved = (WIDTH - width) // 2
        glyph.coordinates.translate((moved, 0))
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (WIDTH, left + moved)
    for record in font["name"].names:
        record.string = "VP Tabular" if record.nameID == 1 else "Regular"
    font.flavor = "woff2"
    font.save(HERE / "fonts" / f"vp-tabular-{weight}.woff2")


if __name__ == "__main__":
    icons(pathlib.Path(sys.argv[1]))
    for each in (400, 600):
        digits(each)
