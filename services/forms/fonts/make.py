"""Makes the three faces of forms from the portal's: one TrueType file of each, because typst reads no WOFF2 and a word
whose letters came from two files would be cut in two.

    python3 make.py        (needs fonttools and brotli)

Tinos has the metrics of Times New Roman; its licence (OFL 1.1, no reserved name) allows to derive a font and lies
beside the files it is made from. Hints for screens are left out: a PDF needs none. The same files come out each time.
"""

import pathlib

from fontTools import merge, subset
from fontTools.ttLib import TTFont

HERE = pathlib.Path(__file__).parent
PORTAL = HERE.parents[1] / "portal" / "assets" / "fonts"
FACES = {"regular": "400-normal", "bold": "700-normal", "italic": "400-italic"}
HINTS = ["cvt ", "fpgm", "prep", "gasp"]


def part(script: str, face: str) -> pathlib.Path:
    font = TTFont(PORTAL / f"tinos-{script}-{face}.woff2", recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=["kern", "mark", "mkmk", "ccmp"], name_IDs=["*"])
    options.notdef_outline = True
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=font.getBestCmap())
    chosen.subset(font)
    font.flavor = None
    path = HERE / f"{script}.part.ttf"
    font.save(path)
    return path


for name, face in FACES.items():
    parts = [part(script, face) for script in ("latin", "vietnamese")]
    merged = merge.Merger(merge.Options(drop_tables=HINTS)).merge([str(path) for path in parts])
    source = TTFont(PORTAL / f"tinos-latin-{face}.woff2")["head"]
    merged["head"].created, merged["head"].modified = source.created, source.modified
    merged.recalcTimestamp = False
    merged.save(HERE / f"tinos-{name}.ttf")
    for path in parts:
        path.unlink()
