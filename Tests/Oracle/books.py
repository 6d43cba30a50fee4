#!/usr/bin/env python3
"""The statement's workbooks, opened and recomputed by LibreOffice.

    books.py --program .build/release/outturn

Each ledger's statement is written as .xlsx and .ods. openpyxl and lxml read what the files hold; every
formula's value is thrown away and LibreOffice works it out anew: it must give the figure that we wrote, to
the penny, and the checks sheet must say that all pass. Then figures are altered by hand, one a copy, and
the checks sheet must fail. The .ods is held to the grammar of ODF 1.2 as odfpy has it from the standard's
schema. What is compared comes from the JSON form, which other tests hold against independent figures.
"""
import argparse, json, pathlib, subprocess, sys, tempfile, zipfile
from decimal import Decimal
from lxml import etree
from openpyxl import load_workbook

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Scripts/support"))
import libreoffice

LEDGERS = ["tri-borough", "lewisham", "bexley/2016-17", "city-hackney", "illustrative-pooled-fund", "illustrative-youth-justice", "illustrative-safeguarding-2023", "illustrative-arrangements"]
PENNY = Decimal("0.01")
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

passed, problems = 0, []


def expect(condition, what):
    global passed
    if condition:
        passed += 1
    else:
        problems.append(what)


def pence(value):
    return Decimal(repr(value)).quantize(PENNY)


def structure(name, book):
    """The UK guidance on accessible spreadsheets, as far as a program can see."""
    for sheet in book.worksheets:
        expect(not sheet.merged_cells.ranges, f"{name}: merged cells in {sheet.title}")
        expect(sheet["A1"].value and sheet["A2"].value, f"{name}: {sheet.title} has no title or basis")
        expect(all(cell.value for cell in sheet[3]), f"{name}: a column of {sheet.title} has no header")
        expect(sheet.freeze_panes and sheet.freeze_panes.endswith("4"), f"{name}: the headers of {sheet.title} aren't frozen")
        last = max((cell.row for column in sheet.iter_cols(max_col=2) for cell in column if cell.value is not None), default=3)
        blank = [row for row in range(4, last + 1) if all(cell.value is None for cell in sheet[row])]
        expect(not blank, f"{name}: blank rows inside the table of {sheet.title}: {blank}")
    expect("All_checks" in book.defined_names, f"{name}: no name All_checks")


def statement(name, book, model):
    """Every figure of the statement against the JSON form."""
    rows = [row for section in model["sections"] for row in section["rows"]]
    sheet = book["Statement"]
    shown = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    shown = [row for row in shown if row[1]]
    expect([row[1] for row in shown] == [row["label"] for row in rows], f"{name}: other rows in the workbook")
    for ours, theirs in zip(rows, shown):
        expect([Decimal(v) for v in ours["amounts"].values()] == [pence(v) for v in theirs[2:2 + len(ours["amounts"])]], f"{name}: {ours['label']}: {ours['amounts']} {theirs}")


def stripped(path, target, change=None):
    """A copy without any formula's value; openpyxl keeps none."""
    book = load_workbook(path)
    if change:
        change(book)
    book.save(target)


def compare(name, written, recomputed):
    """Every formula's value as we wrote it and as LibreOffice works it out."""
    formulas = load_workbook(written)
    ours, theirs = load_workbook(written, data_only=True), load_workbook(recomputed, data_only=True)
    count = 0
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if not (isinstance(cell.value, str) and cell.value.startswith("=")):
                    continue
                count += 1
                a, b = ours[sheet.title][cell.coordinate].value, theirs[sheet.title][cell.coordinate].value
                same = a == b if isinstance(a, str) else isinstance(b, (int, float)) and pence(a) == pence(b)
                expect(same, f"{name}: {sheet.title}!{cell.coordinate} {cell.value} is {a}, LibreOffice has {b}")
    return count


def verdict(path):
    return load_workbook(path, data_only=True)["Checks"]["E4"].value


def alterations(book):
    """A leaf of the statement for each member, the budget, a contribution, a posting: each a change of its own."""
    found = []
    sheet = book["Statement"]
    leaves = [cell for row in sheet.iter_rows(min_row=4, min_col=3) for cell in row if isinstance(cell.value, (int, float)) and cell.value]
    for cell in leaves[:1] + leaves[len(leaves) // 2:len(leaves) // 2 + 1] + leaves[-1:]:
        found.append(("Statement", cell.coordinate, cell.value + 0.01))
    if len(leaves) > 1:
        # Two slips that cancel each other in their column's total.
        found.append(("Statement", leaves[0].coordinate, -leaves[0].value))
    if "Postings" in book.sheetnames:
        posting = book["Postings"]["G4"]
        found.append(("Postings", posting.coordinate, posting.value + 100))
    if "Variance" in book.sheetnames:
        found.append(("Variance", "B4", (book["Variance"]["B4"].value or 0) + 5))
    # A total typed over its formula, and a figure beside the statement, on whatever sheets there are.
    for name in book.sheetnames:
        if name in ("Cover", "Statement", "Postings", "Checks"):
            continue
        cells = [cell for row in book[name].iter_rows(min_row=4, min_col=2) for cell in row]
        formulas = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith("=")]
        numbers = [cell for cell in cells if isinstance(cell.value, (int, float))]
        found += [(name, cell.coordinate, 7) for cell in formulas[-1:]] + [(name, cell.coordinate, cell.value - 0.01) for cell in numbers[-1:]]
    return found


def ods_tree(path):
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read("content.xml"))


def ods_copy(path, target, tree):
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(target, "w") as copy:
        for item in archive.infolist():
            data = etree.tostring(tree, xml_declaration=True, encoding="UTF-8") if item.filename == "content.xml" else archive.read(item)
            copy.writestr(item.filename, data, zipfile.ZIP_STORED if item.filename == "mimetype" else zipfile.ZIP_DEFLATED)


def without_values(tree):
    count = 0
    for cell in tree.iter(TABLE + "table-cell"):
        if cell.get(TABLE + "formula"):
            count += 1
            for name in ("value", "string-value"):
                cell.attrib.pop(OFFICE + name, None)
            for child in list(cell):
                cell.remove(child)
            cell.attrib.pop(OFFICE + "value-type", None)
    return count


def grammar(name, path):
    """Every part's elements and attributes against the tables that odfpy made of the ODF 1.2 schema."""
    from odf import grammar as rules
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        first = archive.infolist()[0]
        expect(first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED and archive.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet", f"{name}: the mimetype isn't first and stored")
        manifest = etree.fromstring(archive.read("META-INF/manifest.xml"))
        listed = {e.get("{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}full-path") for e in manifest}
        expect({n for n in names if not n.startswith("META-INF") and n != "mimetype"} <= listed, f"{name}: parts that the manifest doesn't list")
        for part in names:
            if not part.endswith(".xml") or part.startswith("META-INF"):
                continue
            tree = etree.fromstring(archive.read(part))
            expect(tree.get(OFFICE + "version") == "1.2", f"{name}: {part} has no version")
            for element in tree.iter():
                q = (etree.QName(element).namespace, etree.QName(element).localname)
                allowed = rules.allowed_children.get(q, ())
                for child in element:
                    c = (etree.QName(child).namespace, etree.QName(child).localname)
                    if allowed is not None and c not in allowed:
                        problems.append(f"{name}: {part}: <{q[1]}> may not hold <{c[1]}>")
                known = rules.allowed_attributes.get(q, ())
                for attribute in element.attrib:
                    a = (etree.QName(attribute).namespace, etree.QName(attribute).localname)
                    if known is not None and a not in known:
                        problems.append(f"{name}: {part}: <{q[1]}> may not have {a[1]}")
                for a in rules.required_attributes.get(q, ()):
                    if f"{{{a[0]}}}{a[1]}" not in element.attrib:
                        problems.append(f"{name}: {part}: <{q[1]}> lacks {a[1]}")
                if element.text and element.text.strip() and q not in rules.allows_text:
                    problems.append(f"{name}: {part}: <{q[1]}> may not hold text")
            expect(True, "")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    options = arguments.parse_args()
    formulas = altered = 0
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        libreoffice.always_recalculate(scratch)
        todo, plain, changed = [], [], []
        for ledger in LEDGERS:
            name = ledger.split("/")[0]
            base = scratch / name
            for form in ("xlsx", "ods", "json"):
                subprocess.run([options.program, "statement", str(ROOT / "Ledgers" / ledger), "--output", f"{base}.{form}"], check=True, capture_output=True)
            again = scratch / f"{name}-again"
            for form in ("xlsx", "ods"):
                subprocess.run([options.program, "statement", str(ROOT / "Ledgers" / ledger), "--output", f"{again}.{form}"], check=True, capture_output=True)
                expect(pathlib.Path(f"{again}.{form}").read_bytes() == pathlib.Path(f"{base}.{form}").read_bytes(), f"{name}: the same books give another .{form}")
            model = json.loads(pathlib.Path(f"{base}.json").read_text())
            book = load_workbook(f"{base}.xlsx")
            structure(name, book)
            statement(name, load_workbook(f"{base}.xlsx", data_only=True), model)
            grammar(name, f"{base}.ods")
            bare = scratch / f"{name}-bare.xlsx"
            stripped(f"{base}.xlsx", bare)
            plain.append((name, bare))
            for number, (sheet, cell, value) in enumerate(alterations(load_workbook(f"{base}.xlsx", data_only=False))):
                target = scratch / f"{name}-altered{number}.xlsx"
                stripped(f"{base}.xlsx", target, lambda b: b[sheet].__setitem__(cell, value))
                changed.append((f"{name}: {sheet}!{cell}", target))
            tree = ods_tree(f"{base}.ods")
            without_values(tree)
            target = scratch / f"{name}-bareods.ods"
            ods_copy(f"{base}.ods", target, tree)
            plain.append((name + ".ods", target))
            leaf = next(c for t in tree.iter(TABLE + "table") if t.get(TABLE + "name") == "Statement" for c in t.iter(TABLE + "table-cell")
                        if c.get(OFFICE + "value") and not c.get(TABLE + "formula") and Decimal(c.get(OFFICE + "value")))
            leaf.set(OFFICE + "value", str(Decimal(leaf.get(OFFICE + "value")) + PENNY))
            target = scratch / f"{name}-alteredods.ods"
            ods_copy(f"{base}.ods", target, tree)
            changed.append((f"{name}.ods: a penny", target))
        done = libreoffice.convert([p for _, p in plain] + [p for _, p in changed], scratch, "xlsx")
        for (name, _), path in zip(plain, done):
            formulas += compare(name, scratch / (name.removesuffix(".ods") + ".xlsx"), path)
            expect(verdict(path) == "all pass", f"{name}: the checks sheet says {verdict(path)}")
        for (what, _), path in zip(changed, done[len(plain):]):
            altered += 1
            expect(verdict(path) == "FAIL", f"{what} altered, and the checks sheet says {verdict(path)}")
    for problem in problems[:40]:
        print(problem)
    print(f"workbooks: {formulas} formulas worked out by LibreOffice, {altered} alterations")
    print(f"{passed} passed, {len(problems)} failed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
