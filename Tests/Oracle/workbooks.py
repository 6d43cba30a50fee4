#!/usr/bin/env python3
"""Workbooks that LibreOffice writes as SpreadsheetML, read by the program and by an independent reader.

    workbooks.py --program .build/release/outturn --count 24

Each workbook holds every kind of cell at random places: numbers of all sizes, dates, times, booleans,
errors, formulas, rich text, merged cells, gaps, several sheets, odd names. Every file is then rewritten in
forms that LibreOffice doesn't write (UTF-16, ss: prefixes, CDATA) and read again.
"""
import argparse, datetime, json, pathlib, random, re, subprocess, sys, tempfile
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "Scripts/support"), str(pathlib.Path(__file__).resolve().parent)]
import libreoffice, spreadsheetml

TEXTS = ["plain", "£12 & <more> \"quoted\"", "Crèche – café", " leading and trailing ", "line one\nline two", "00123", "=not a formula", "'quoted", "漢字 emoji 😀", "]]>", "-", "N/A", "x" * 300]


def random_value(rng):
    roll = rng.random()
    if roll < 0.35:
        return rng.choice([0, 1, -1, 0.1, 1234.5, -1234.5, 1e-7, 123456789012.34, 1e15, -0.005, rng.randint(-10**9, 10**9) / 100, rng.random(), 1 / 3])
    if roll < 0.6:
        return rng.choice(TEXTS)
    if roll < 0.72:
        return rng.choice([datetime.datetime(2018, 4, 1), datetime.datetime(2019, 3, 31, 23, 59, 58), datetime.date(1999, 12, 31), datetime.time(13, 5), datetime.datetime(2024, 2, 29, 0, 0, 1)])
    if roll < 0.78:
        return rng.random() < 0.5
    if roll < 0.9:
        return rng.choice(["=1+1", "=1/0", "=\"a\"&\"b\"", "=NA()", "=TODAY()-TODAY()", "=SUM(A1:A3)", "=1=1", "=DATE(2018,4,1)", "=\"\"", "=SQRT(-1)"])
    return CellRichText("plain ", TextBlock(InlineFont(b=True), "bold"), " and ", TextBlock(InlineFont(i=True), "italic"))


def make(path, rng):
    book = Workbook()
    book.remove(book.active)
    for n in range(rng.randint(1, 3)):
        sheet = book.create_sheet(rng.choice(["Ledger", "Sheet & co", "2018 to 19", "Übersicht", "a'b"]) + f" {n}")
        for _ in range(rng.randint(0, 60)):
            cell = sheet.cell(rng.randint(1, 40), rng.randint(1, 15))
            value = random_value(rng)
            cell.value = value
            if isinstance(value, str) and value.startswith("=not"):
                cell.data_type = "s"
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                cell.number_format = rng.choice(["General", "#,##0.00", "0%", "£#,##0.00", "0.00E+00", "DD/MM/YYYY" if 0 < abs(value) < 80_000 and value > 0 else "0"])
        taken = set()
        for _ in range(rng.randint(0, 4)):
            row, column, down, across = rng.randint(1, 38), rng.randint(1, 12), rng.randint(0, 2), rng.randint(0, 3)
            area = {(r, c) for r in range(row, row + down + 1) for c in range(column, column + across + 1)}
            if len(area) > 1 and not area & taken:
                taken |= area
                sheet.merge_cells(start_row=row, start_column=column, end_row=row + down, end_column=column + across)
        if rng.random() < 0.3:
            sheet.row_dimensions[rng.randint(1, 20)].hidden = True
    book.save(path)


def rewritten(data):
    """The same workbook in forms that LibreOffice doesn't write."""
    text = data.decode("utf-8")
    body = re.sub(r"^<\?xml[^>]*\?>", "", text)
    yield "utf-16", ('<?xml version="1.0" encoding="UTF-16"?>' + body).encode("utf-16")
    prefixed = re.sub(r"<(/?)(Workbook|Table|Row|Cell|Data|Column)\b", r"<\1ss:\2", body)
    if prefixed.count("<ss:Data") == body.count("<Data"):
        yield "ss: prefixes", ('<?xml version="1.0"?>' + prefixed).encode()
    cdata = re.sub(r'(<Data ss:Type="String">)([^<&\]]+)(</Data>)', r"\1<![CDATA[\2]]>\3", text)
    yield "CDATA", cdata.encode()
    # LibreOffice writes a boolean as the number 1 and an error as its text; Excel has types for them.
    typed = re.sub(r'<Data ss:Type="Number">([01])</Data>', r'<Data ss:Type="Boolean">\1</Data>', text)
    typed = re.sub(r'<Data ss:Type="String">(#[A-Z0-9/]+[!?A]|Err:\d+)</Data>', r'<Data ss:Type="Error">\1</Data>', typed)
    yield "Excel's booleans and errors", typed.encode()


def program(path, name, data):
    file = pathlib.Path(path)
    file.write_bytes(data)
    run = subprocess.run([name, "read", str(file), "--summary", "--format", "json"], capture_output=True, text=True)
    return json.loads(run.stdout), run


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    arguments.add_argument("--count", type=int, default=24)
    arguments.add_argument("--seed", default="workbooks")
    options = arguments.parse_args()
    kinds = dict.fromkeys(["cells", "numbers", "dates", "booleans", "errors", "texts"], 0)
    read = failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        paths = []
        for n in range(options.count):
            paths.append(f"{scratch}/book{n}.xlsx")
            make(paths[-1], random.Random(f"{options.seed} {n}"))
        for n, data in enumerate(libreoffice.to_spreadsheetml(paths, scratch)):
            for form, variant in [("as written", data), *rewritten(data)]:
                expected = spreadsheetml.summary(variant)
                got, run = program(f"{scratch}/one.xml", options.program, variant)
                read += 1
                for sheet in expected:
                    for kind in kinds:
                        kinds[kind] += sheet[kind]
                if got != expected:
                    failed += 1
                    print(f"workbook {n}, {form}: the program {got}\n the other reader {expected}\n {run.stderr}")
    print(f"workbooks: {options.count} written by LibreOffice, {read} files with their other forms; cells of each kind {kinds}")
    assert all(kinds.values()), "a kind of cell was never written"
    print(f"{read - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
