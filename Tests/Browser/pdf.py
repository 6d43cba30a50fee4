#!/usr/bin/env python3
"""The PDF of a statement, read back with pikepdf and poppler.

    pdf.py --program .build/release/outturn

What PDF/UA-1 asks and a program can see: marked and tagged, a title that the window shows, a language, no
suspects, embedded fonts, XMP that names PDF/UA, every cell of a table with the headers it stands
under, headings that begin with H1, figures with a text in their place, bookmarks. And what a treasurer asks: every figure of the
statement on the pages, a foot on each, and the same bytes for the same books.
"""
import argparse, json, os, pathlib, re, subprocess, sys, tempfile, zipfile
import lxml.etree, pikepdf

ROOT = pathlib.Path(__file__).resolve().parents[2]
passed, problems = 0, []


def expect(condition, what):
    global passed
    if condition:
        passed += 1
    else:
        problems.append(what)


def walk(element, depth=0):
    """Every structure element below, with its own kind."""
    if isinstance(element, pikepdf.Array):
        for item in element:
            yield from walk(item, depth)
    elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield element
        if "/K" in element:
            yield from walk(element.K, depth + 1)


def check(name, path, text):
    with pikepdf.open(path) as pdf:
        root = pdf.Root
        expect(root.get("/MarkInfo", {}).get("/Marked") == True and not root.MarkInfo.get("/Suspects", False), f"{name}: not marked as tagged")
        expect(str(root.get("/Lang", "")).lower() == "en-gb", f"{name}: the language is {root.get('/Lang')}")
        expect(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") == True, f"{name}: the window wouldn't show the title")
        with pdf.open_metadata() as meta:
            expect(meta.get("dc:title"), f"{name}: no title")
            expect(str(meta.get("pdfuaid:part")) == "1", f"{name}: the metadata don't name PDF/UA-1")
        with pdf.open_outline() as outline:
            expect(len(outline.root) > 0, f"{name}: no bookmarks")
        fonts = {}
        for page in pdf.pages:
            expect(page.get("/Tabs") == "/S", f"{name}: a page whose tabs don't follow the structure")
            fonts |= {str(font.BaseFont): font for font in page.Resources.get("/Font", {}).values()}
        for font, item in fonts.items():
            inner = item.DescendantFonts[0] if "/DescendantFonts" in item else item
            expect(any(k in inner.FontDescriptor for k in ("/FontFile", "/FontFile2", "/FontFile3")), f"{name}: the font {font} is not embedded")
            expect("/ToUnicode" in item, f"{name}: the font {font} can't be read out")
        elements = list(walk(root.StructTreeRoot.K))
        kinds = [str(e.S) for e in elements]
        expect("/H1" in kinds and kinds.index("/H1") == min(i for i, k in enumerate(kinds) if re.fullmatch(r"/H\d", k)), f"{name}: the first heading is no H1")
        expect(kinds.count("/Table") > 1 and kinds.count("/TH") > 5 and kinds.count("/TD") > 20, f"{name}: tables are not tagged as such")
        # Cells name their headers, the other of the two ways that PDF/UA knows.
        headers = {str(e.ID) for e in elements if str(e.S) == "/TH" and "/ID" in e}
        expect(len(headers) == kinds.count("/TH"), f"{name}: a header cell without a name")
        bare = 0
        for e in elements:
            if str(e.S) == "/TD":
                named = [str(h) for h in e.get("/A", {}).get("/Headers", [])]
                bare += not named
                expect(set(named) <= headers, f"{name}: a cell that names no header of the document")
            if str(e.S) == "/Figure":
                expect("/Alt" in e and str(e.Alt).strip(), f"{name}: a figure without a text in its place")
        # The empty corner of a table stands under nothing.
        expect(bare <= kinds.count("/Table"), f"{name}: {bare} cells without headers in {kinds.count('/Table')} tables")
        pages = len(pdf.pages)
    info = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
    expect(re.search(r"Tagged:\s+yes", info) and re.search(r"Suspects:\s+no", info), f"{name}: pdfinfo doesn't call it tagged")
    printed = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout.replace("\u2212", "-")
    figures = re.findall(r"-?[\d,]*\d,\d{3}\b", text.split("Notes")[0])
    missing = [f for f in figures if f not in printed]
    expect(figures and not missing, f"{name}: not on the pages: {missing[:5]}")
    feet = printed.rstrip("\f").split("\f")
    expect(len(feet) == pages and all("books" in p and f"{i + 1} of {pages}" in p for i, p in enumerate(feet)), f"{name}: a page without its foot")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    options = arguments.parse_args()
    if not os.environ.get("OUTTURN_WEASYPRINT"):
        sys.exit("OUTTURN_WEASYPRINT names no engine; Scripts/test installs one")
    with tempfile.TemporaryDirectory() as folder:
        for ledger in ("tri-borough", "bexley/2016-17", "illustrative-pooled-fund"):
            name = ledger.split("/")[0]
            paths = [pathlib.Path(folder) / f"{name}{n}.pdf" for n in (1, 2)]
            for path in paths:
                subprocess.run([options.program, "statement", str(ROOT / "Ledgers" / ledger), "--output", str(path)], check=True, capture_output=True)
            text = subprocess.run([options.program, "statement", str(ROOT / "Ledgers" / ledger)], capture_output=True, text=True, check=True).stdout
            check(name, paths[0], text)
            expect(paths[0].read_bytes() == paths[1].read_bytes(), f"{name}: the same books give another PDF")
        # The agreement as a paper to sign: every clause on the pages, and in a text that can be edited.
        paper, text = pathlib.Path(folder) / "agreement.pdf", pathlib.Path(folder) / "agreement.odt"
        ledger = str(ROOT / "Ledgers/illustrative-arrangements")
        subprocess.run([options.program, "agreement", ledger, "--output", str(paper), "--output", str(text)], check=True, capture_output=True)
        clauses = json.loads(subprocess.run([options.program, "agreement", ledger, "--format", "json"], capture_output=True, text=True, check=True).stdout)["clauses"]
        words = [w for c in clauses for w in [c["text"]] + c["parts"]]
        printed = subprocess.run(["pdftotext", str(paper), "-"], capture_output=True, text=True, check=True).stdout
        expect(all("".join(w.split()) in "".join(re.sub(r"\S.*agreement [0-9a-f]{12}\n|\d+ of \d+\n", "", printed).split()) for w in words), "the agreement's PDF lacks a clause")
        with pikepdf.open(paper) as pdf:
            expect(str(pdf.Root.get("/Lang", "")).lower() == "en-gb" and pdf.Root.MarkInfo.Marked == True, "the agreement's PDF is not tagged")
        with zipfile.ZipFile(text) as archive:
            expect(archive.namelist()[0] == "mimetype" and archive.read("mimetype") == b"application/vnd.oasis.opendocument.text", "the agreement's text is no OpenDocument")
            content = lxml.etree.fromstring(archive.read("content.xml"))
            paragraphs = {"".join(p.itertext()) for p in content.iter("{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p")}
            # In a list of parts each ends as a part of a sentence does.
            ends = ("", ":", ";", "; and", ".")
            expect(all(any(w + end in paragraphs for end in ends) for w in words), "the agreement's text lacks a clause")
        # Without the engine: a message that says how to get it, and no file.
        missing = pathlib.Path(folder) / "none.pdf"
        run = subprocess.run([options.program, "statement", str(ROOT / "Ledgers/tri-borough"), "--output", str(missing)], capture_output=True, text=True, env={**os.environ, "OUTTURN_WEASYPRINT": "/nonexistent"})
        expect(run.returncode == 73 and "pipx install weasyprint" in run.stderr and not missing.exists() and not list(pathlib.Path(folder).glob("none*")), f"without the engine: {run.returncode} {run.stderr}")
    print(*problems[:30], sep="\n")
    print(f"pdf: {passed} passed, {len(problems)} failed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
