"""LibreOffice as a writer and a reader of spreadsheets, for fixtures and tests."""
import pathlib, subprocess
from lxml import etree

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLESHEET = "/usr/lib/libreoffice/share/xslt/export/spreadsheetml/ooo2spreadsheetml.xsl"


def convert(paths, scratch, target):
    """Converts files; returns the paths of the results. LibreOffice takes some 250 files a run and
    passes over the rest without a word, so it gets a hundred at a time."""
    out = pathlib.Path(scratch) / "out"
    for start in range(0, len(paths), 100):
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{scratch}/profile", "--convert-to", target, "--outdir", str(out),
                        *map(str, paths[start : start + 100])], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    ending = target.split(":")[0]
    return [out / (pathlib.Path(p).stem + "." + ending) for p in paths]


def to_spreadsheetml(paths, scratch):
    """The bytes that LibreOffice's "MS Excel 2003 XML" filter makes of each file.

    That filter is a stylesheet over the OpenDocument form. It walks the empty columns to the right one
    by one, by recursion, and stops at libxslt's limit since LibreOffice has 16,384 of them (7.4); so
    the run of empty columns and rows at the end is taken out, and the same stylesheet applied.
    """
    sheet = etree.XSLT(etree.parse(STYLESHEET))
    results = []
    for flat in convert(paths, scratch, "fods"):
        tree = etree.parse(str(flat), etree.XMLParser(huge_tree=True))
        for name in ("number-columns-repeated", "number-rows-repeated"):
            for element in tree.iterfind(f".//*[@{TABLE}{name}]"):
                if int(element.get(TABLE + name)) > 1000:
                    del element.attrib[TABLE + name]
        results.append(bytes(sheet(tree)))
    return results


def always_recalculate(scratch):
    """Makes the profile under `scratch` work every formula out on opening, whatever value the file holds."""
    user = pathlib.Path(scratch) / "profile/user"
    user.mkdir(parents=True, exist_ok=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="{name}" oor:op="fuse"><value>0</value></prop></item>'
        for name in ("OOXMLRecalcMode", "ODFRecalcMode"))
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>\n')
