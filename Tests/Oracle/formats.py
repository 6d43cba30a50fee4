#!/usr/bin/env python3
"""Generated workbooks of every format, read by the program and held against what was put into them.

    formats.py --program .build/release/outturn --count 12 [--long] [--state FILE]

A workbook is a list of cells: place, kind and value. openpyxl, XlsxWriter (with its shared texts and,
in constant memory, its inline ones), xlwt, odfpy (zipped and flat) and Python's csv write it as it is;
LibreOffice converts it to xlsx, ods, fods and xls. The program then says what it sees, cell by cell
(`outturn read --format json`) and in sum (`--summary`), and both must be the list: every number to the
last digit, every text, date, boolean and error, every merge, and nothing else.
"""
import argparse, csv, datetime, json, math, pathlib, random, subprocess, sys, tempfile
from decimal import Decimal

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Scripts/support"))
import libreoffice

TEXTS = ["plain", "£12 & <more> \"quoted\"", "Crèche – café", " leading and trailing ", "line one\nline two", "00123", "'quoted", "漢字 emoji 😀", "]]>", "-", "N/A",
         "x" * 300, "tab\there", "a  b", "&amp;", "#REF!", "1,234.50-", "TRUE", "_x0041_"]
ERRORS = ["#DIV/0!", "#N/A", "#NAME?", "#NUM!", "#REF!", "#VALUE!"]
NAMES = ["Ledger", "Sheet & co", "2018 to 19", "Übersicht", "a b"]


def letters(column):
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def value(rng):
    roll = rng.random()
    if roll < 0.4:
        return "number", rng.choice([0, 1, -1, 0.1, 1234.5, -1234.5, 1e-7, 123456789012.34, 1e15, -0.005, rng.randint(-10**9, 10**9) / 100, rng.random(), 1 / 3, 1e300, 2**53, 5e-324])
    if roll < 0.62:
        return "text", rng.choice(TEXTS)
    if roll < 0.76:
        return "date", rng.choice([datetime.datetime(2018, 4, 1), datetime.datetime(2019, 3, 31, 23, 59, 58), datetime.date(1999, 12, 31), datetime.time(13, 5),
                                   datetime.datetime(2024, 2, 29, 0, 0, 1), datetime.date(1900, 3, 1), datetime.date(9999, 12, 31), datetime.timedelta(hours=36, minutes=5)])
    if roll < 0.83:
        return "boolean", rng.random() < 0.5
    if roll < 0.9:
        return "error", rng.choice(ERRORS)
    if roll < 0.96:
        return "formula", rng.choice([("=1+1", 2), ('="a"&"b"', "ab"), ("=10/4", 2.5), ("=1=1", True), ("=1/0", "#DIV/0!")])
    return "rich", [("plain ", None), ("bold", "b"), (" and ", None), ("italic", "i")]


def make(rng):
    """Sheets of cells by place, their merges and hidden rows."""
    sheets = []
    for n in range(rng.randint(1, 3)):
        cells, merges, taken = {}, [], set()
        for _ in range(rng.randint(0, 60)):
            cells[rng.randint(1, 40), rng.randint(1, 15)] = value(rng)
        if rng.random() < 0.05:
            cells[rng.randint(41, 60), rng.randint(200, 900)] = "number", 7
        for _ in range(rng.randint(0, 3)):
            row, column, down, across = rng.randint(1, 38), rng.randint(1, 12), rng.randint(0, 2), rng.randint(0, 3)
            area = {(r, c) for r in range(row, row + down + 1) for c in range(column, column + across + 1)}
            if len(area) > 1 and not area & taken:
                taken |= area
                merges.append((row, column, row + down, column + across))
                for place in area - {(row, column)}:
                    cells.pop(place, None)
        hidden = {rng.randint(1, 20) for _ in range(2)} if rng.random() < 0.3 else set()
        sheets.append((rng.choice(NAMES) + f" {n}", cells, merges, hidden))
    is1904 = rng.random() < 0.2
    if is1904:
        for _, cells, _, _ in sheets:
            for place in [p for p, (_, held) in cells.items() if isinstance(held, datetime.date) and held.year < 1904]:
                del cells[place]
    return sheets, is1904


def iso(moment, is1904=False):
    """As the program shows a date: a time of day alone is on 1899-12-31, the day before all days; with the
    1904 system that is a day like others."""
    if isinstance(moment, datetime.timedelta):
        seconds = round(moment.total_seconds())
        return f"PT{seconds // 3600}H{seconds // 60 % 60:02}M{seconds % 60:02}S"
    if isinstance(moment, datetime.time):
        return f"{'1904-01-01' if is1904 else '1899-12-31'}T{moment:%H:%M:%S}"
    if isinstance(moment, datetime.datetime) and (moment.hour or moment.minute or moment.second):
        return f"{moment:%Y-%m-%dT%H:%M:%S}"
    return f"{moment.year:04}-{moment.month:02}-{moment.day:02}"


def record(sheets, number=repr, rich=lambda runs: "".join(t for t, _ in runs), text=lambda t: t, is1904=False):
    """What should be seen: kind and value by place."""
    seen = []
    for name, cells, _, _ in sheets:
        for (row, column), (kind, held) in sorted(cells.items()):
            if kind == "formula":
                kind, held = {bool: "boolean", str: "error" if str(held[1]).startswith("#") else "text"}.get(type(held[1]), "number"), held[1]
            if kind == "number":
                held = number(held)
            elif kind == "date":
                held = iso(held, is1904)
            elif kind == "boolean":
                held = "1" if held else "0"
            elif kind == "rich":
                kind, held = "text", rich(held)
            if kind == "text":
                held = text(held)
                if not held:
                    continue
            seen.append((name, f"{letters(column)}{row}", kind, held))
    return seen


# MARK: Writers

def openpyxl_xlsx(sheets, is1904, path, rng):
    from openpyxl import Workbook
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = Workbook()
    book.remove(book.active)
    if is1904:
        book.epoch = CALENDAR_MAC_1904
    for name, cells, merges, hidden in sheets:
        sheet = book.create_sheet(name)
        for (row, column), (kind, held) in cells.items():
            cell = sheet.cell(row, column)
            if kind == "rich":
                cell.value = CellRichText(*(t if f is None else TextBlock(InlineFont(**{f: True}), t) for t, f in held))
            elif kind == "formula":
                cell.value = held[0]
            else:
                cell.value = held
                if kind == "text":
                    cell.data_type = "s"
            if kind == "number":
                cell.number_format = rng.choice(["General", "#,##0.00", "0%", "£#,##0.00", "0.00E+00", '"days" 0', "[Red]0.00;-0.00"])
            elif kind == "date" and not isinstance(held, (datetime.time, datetime.timedelta)) and rng.random() < 0.5:
                cell.number_format = rng.choice(["dd/mm/yyyy hh:mm:ss", "d mmm yy", "[$-809]dddd, d mmmm yyyy", "yyyy-mm-dd;@"])
        for top, left, bottom, right in merges:
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        for row in hidden:
            sheet.row_dimensions[row].hidden = True
    book.save(path)
    # A formula's value is for a program to work out, and openpyxl is none; `_x0041_` is written as it is.
    seen = []
    for sheet in sheets:
        formulas = {f"{letters(c)}{r}" for (r, c), (kind, _) in sheet[1].items() if kind == "formula"}
        for cell in record([sheet], number=lambda v: str(v) if isinstance(v, int) else "%.16g" % v, text=lambda t: "A" if t == "_x0041_" else t, is1904=is1904):
            seen.append(cell if cell[1] not in formulas else (cell[0], cell[1], "formula without value", ""))
    return seen


def xlsxwriter_xlsx(sheets, is1904, path, rng):
    import xlsxwriter

    in_constant_memory = rng.random() < 0.4
    book = xlsxwriter.Workbook(path, {"date_1904": is1904, "constant_memory": in_constant_memory, "use_zip64": rng.random() < 0.3})
    formats = {name: book.add_format({"num_format": code}) for name, code in
               (("date", "dd/mm/yyyy"), ("moment", "dd/mm/yyyy hh:mm:ss"), ("time", "hh:mm"), ("elapsed", "[h]:mm:ss"), ("money", "£#,##0.00"))}
    runs = {"b": book.add_format({"bold": True}), "i": book.add_format({"italic": True})}
    for name, cells, merges, hidden in sheets:
        sheet = book.add_worksheet(name)
        # In constant memory rows are written in order, and one that is left can't be hidden any more.
        if not in_constant_memory:
            for row in hidden:
                sheet.set_row(row - 1, None, None, {"hidden": True})
        for (row, column), (kind, held) in sorted(cells.items()):
            at = row - 1, column - 1
            if kind == "number":
                sheet.write_number(*at, held, rng.choice([None, formats["money"]]))
            elif kind == "text":
                sheet.write_string(*at, held)
            elif kind == "date":
                style = "elapsed" if isinstance(held, datetime.timedelta) else "time" if isinstance(held, datetime.time) else "moment" if isinstance(held, datetime.datetime) else "date"
                sheet.write_datetime(*at, held, formats[style])
            elif kind == "boolean":
                sheet.write_boolean(*at, held)
            elif kind == "error":
                sheet.write_formula(*at, "=NA()", None, held)
            elif kind == "formula":
                sheet.write_formula(*at, held[0], None, held[1])
            else:
                sheet.write_rich_string(*at, *(part for t, f in held for part in ((runs[f], t) if f else (t,))))
        for top, left, bottom, right in merges:
            if in_constant_memory:
                continue
            held = cells.get((top, left))
            sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")
            if held:
                if held[0] == "number":
                    sheet.write_number(top - 1, left - 1, held[1])
                else:
                    sheet.write_string(top - 1, left - 1, "merged")
                    cells[top, left] = "text", "merged"
    book.close()
    return record(sheets, number=lambda v: "%.16G" % v, is1904=is1904)


def xlwt_xls(sheets, is1904, path, rng):
    import xlwt

    book = xlwt.Workbook()
    book.dates_1904 = is1904
    styles = {code: xlwt.easyxf(num_format_str=code) for code in ("dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss", "hh:mm:ss", "[h]:mm:ss", "£#,##0.00", "General")}
    for name, cells, merges, hidden in sheets:
        sheet = book.add_sheet(name)
        for row in hidden:
            sheet.row(row - 1).hidden = True
        for (row, column), (kind, held) in list(cells.items()):
            if column > 256:
                del cells[row, column]
                continue
            at = row - 1, column - 1
            if kind == "rich":
                sheet.write_rich_text(*at, [t if f is None else (t, xlwt.easyfont(f"bold {'on' if f == 'b' else 'off'}")) for t, f in held])
            elif kind == "formula":
                sheet.write(*at, xlwt.Formula(held[0][1:]))
            elif kind == "error":
                # By number: its own table of names gives #VALUE! another's.
                sheet.row(row - 1).set_cell_error(column - 1, {"#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#NUM!": 0x24, "#N/A": 0x2A}[held])
            elif kind == "boolean":
                sheet.row(row - 1).set_cell_boolean(column - 1, held)
            elif kind == "date":
                # Days are counted by this writer's own reckoning, which has no day before 1 March 1900.
                code = "[h]:mm:ss" if isinstance(held, datetime.timedelta) else "hh:mm:ss" if isinstance(held, datetime.time) else "dd/mm/yyyy hh:mm:ss" if isinstance(held, datetime.datetime) else "dd/mm/yyyy"
                if isinstance(held, datetime.timedelta):
                    sheet.write(*at, held.total_seconds() / 86400, styles[code])
                elif isinstance(held, datetime.time):
                    sheet.write(*at, (held.hour * 3600 + held.minute * 60 + held.second) / 86400, styles[code])
                else:
                    sheet.write(*at, held, styles[code])
            elif kind == "number":
                sheet.write(*at, held, styles[rng.choice(["General", "£#,##0.00"])])
            else:
                sheet.write(*at, held)
        for top, left, bottom, right in merges:
            if right <= 256:
                sheet.merge(top - 1, bottom - 1, left - 1, right - 1)
    book.save(path)
    # It works no formula out.
    seen = []
    for sheet in sheets:
        formulas = {f"{letters(c)}{r}" for (r, c), (kind, _) in sheet[1].items() if kind == "formula"}
        for cell in record([sheet], is1904=is1904):
            seen.append(cell if cell[1] not in formulas else (cell[0], cell[1], "formula without value", ""))
    return seen


def odfpy(flat):
    def write(sheets, is1904, path, rng):
        from odf.opendocument import OpenDocumentSpreadsheet
        from odf.table import CoveredTableCell, Table, TableCell, TableRow
        from odf.text import LineBreak, P, S, Span, Tab

        def paragraph(text):
            p = P()
            blanks = 0
            for character in text + "\0":
                if character == " ":
                    blanks += 1
                    continue
                if blanks:
                    p.addElement(S(c=blanks))
                    blanks = 0
                if character == "\t":
                    p.addElement(Tab())
                elif character != "\0":
                    p.addText(character)
            return p

        book = OpenDocumentSpreadsheet()
        for name, cells, merges, hidden in sheets:
            table = Table(name=name)
            covered = {(r, c) for t, l, b, e in merges for r in range(t, b + 1) for c in range(l, e + 1)} - {(t, l) for t, l, _, _ in merges}
            spans = {(t, l): (b - t + 1, e - l + 1) for t, l, b, e in merges}
            last = max([r for r, _ in cells] + [b for _, _, b, _ in merges] + [0])
            row = 1
            while row <= last:
                columns = sorted({c for r, c in cells if r == row} | {c for r, c in covered | set(spans) if r == row})
                if not columns:
                    until = row
                    while until < last and not any(r == until + 1 for r, _ in {*cells, *covered, *spans}) and (until + 1 in hidden) == (row in hidden):
                        until += 1
                    element = TableRow(numberrowsrepeated=until - row + 1)
                    element.addElement(TableCell(numbercolumnsrepeated=1024))
                    table.addElement(element)
                    row = until + 1
                    continue
                element = TableRow(visibility="collapse") if row in hidden else TableRow()
                at = 1
                for column in columns:
                    if column > at:
                        element.addElement(TableCell(numbercolumnsrepeated=column - at))
                    at = column + 1
                    if (row, column) in covered:
                        element.addElement(CoveredTableCell())
                        continue
                    attributes = {}
                    if (row, column) in spans:
                        attributes = {"numberrowsspanned": spans[row, column][0], "numbercolumnsspanned": spans[row, column][1]}
                    kind, held = cells.get((row, column), ("", None))
                    if kind == "formula":
                        attributes["formula"] = "of:" + held[0]
                        kind, held = ("boolean", held[1]) if held[1] is True else ("error", held[1]) if str(held[1]).startswith("#") else ("text", held[1]) if isinstance(held[1], str) else ("number", held[1])
                    if kind == "error":
                        # Told by what a formula shows.
                        attributes.setdefault("formula", "of:=NA()")
                    shown = None
                    if kind == "number":
                        style = rng.choice(["float", "percentage", "currency"])
                        attributes |= {"valuetype": style, "value": repr(held)} | ({"currency": "GBP"} if style == "currency" else {})
                        shown = [f"{held:,.2f}"]
                    elif kind == "date" and isinstance(held, (datetime.time, datetime.timedelta)):
                        seconds = held.hour * 3600 + held.minute * 60 + held.second if isinstance(held, datetime.time) else round(held.total_seconds())
                        attributes |= {"valuetype": "time", "timevalue": f"PT{seconds // 3600}H{seconds // 60 % 60:02}M{seconds % 60:02}S"}
                    elif kind == "date":
                        attributes |= {"valuetype": "date", "datevalue": iso(held)}
                    elif kind == "boolean":
                        attributes |= {"valuetype": "boolean", "booleanvalue": "true" if held else "false"}
                    elif kind == "error":
                        attributes |= {"valuetype": "string", "stringvalue": ""}
                        shown = [held]
                    elif kind == "text":
                        attributes["valuetype"] = "string"
                        shown = held.split("\n")
                    elif kind == "rich":
                        attributes["valuetype"] = "string"
                    cell = TableCell(**attributes)
                    for line in shown or []:
                        cell.addElement(paragraph(line))
                    if kind == "rich":
                        p = P()
                        for t, f in held:
                            blanks = len(t) - len(t.rstrip(" "))
                            if f:
                                p.addElement(Span(text=t))
                            else:
                                if t.startswith(" "):
                                    p.addElement(S())
                                p.addText(t.strip(" "))
                                if blanks:
                                    p.addElement(S())
                        cell.addElement(p)
                    element.addElement(cell)
                table.addElement(element)
                row += 1
            book.spreadsheet.addElement(table)
        if flat:
            pathlib.Path(path).write_bytes(book.xml().encode() if isinstance(book.xml(), str) else book.xml())
        else:
            book.save(path)
        seen = []
        for sheet in sheets:
            times = {(sheet[0], f"{letters(c)}{r}"): held for (r, c), (kind, held) in sheet[1].items() if isinstance(held, datetime.time)}
            for cell in record([sheet]):
                held = times.get(cell[:2])
                seen.append(cell if held is None else (*cell[:3], f"PT{held.hour}H{held.minute:02}M{held.second:02}S"))
        return seen

    return write


def plain_csv(sheets, is1904, path, rng):
    name, cells, _, _ = sheets[0]
    width = max([c for _, c in cells] + [1])
    encoding = rng.choice(["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    delimiter = rng.choice([",", ";", "\t"])
    def shown(kind, held):
        if kind == "formula":
            held = held[1]
        return "".join(t for t, _ in held) if kind == "rich" else iso(held) if kind == "date" else repr(held) if kind == "number" else str(held)
    rows = [[shown(*cells[r, c]) if (r, c) in cells else "" for c in range(1, width + 1)] for r in range(1, max([r for r, _ in cells] + [0]) + 1)]
    if encoding == "cp1252":
        rows = [[v.encode("cp1252", "replace").decode("cp1252") for v in row] for row in rows]
    with open(path, "w", encoding=encoding, newline="") as file:
        # A first line of the separator alone says which it is.
        csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL if rng.random() < 0.3 else csv.QUOTE_MINIMAL, lineterminator=rng.choice(["\n", "\r\n"])).writerows([["head"] * max(width, 2)] * 3 + rows)
    def plain(text):
        body = text[1:] if text[:1] in "+-" and text else text
        whole, point, rest = body.partition(".")
        digits = lambda t: t.isascii() and t.isdigit()
        return digits(whole) and len(whole) < 16 and not (len(whole) > 1 and whole[0] == "0") and (not point or digits(rest))
    seen = [("", f"{letters(c)}{r}", "text", "head") for r in (1, 2, 3) for c in range(1, max(width, 2) + 1)]
    return seen + [("", f"{letters(c)}{r}", "number" if plain(v) else "text", v) for r, row in enumerate(rows, 4) for c, v in enumerate(row, 1) if v]


# MARK: Reading

def read(program, path):
    run = subprocess.run([program, "read", str(path), "--format", "json"], capture_output=True, text=True, timeout=60)
    assert run.returncode in (0, 1), (path, run.returncode, run.stderr)
    cells = [(c["sheet"], c["cell"], c["kind"], c.get("value", "")) for c in json.loads(run.stdout)]
    summary = json.loads(subprocess.run([program, "read", str(path), "--summary", "--format", "json"], capture_output=True, text=True, timeout=60).stdout)
    return cells, summary, run.stderr


def same(kind, a, b, exact):
    if kind == "boolean" and not exact:
        return Decimal(a) == Decimal(b)
    if kind == "number":
        return Decimal(a) == Decimal(b) if exact else float(a) == float(b) or math.isclose(float(a), float(b), rel_tol=1e-14)
    return a == b


def differences(expected, cells, summary, exact):
    """In words, what isn't as it should be."""
    problems = []
    want, got = {c[:2]: c[2:] for c in expected}, {c[:2]: c[2:] for c in cells}
    for place in sorted(want.keys() | got.keys()):
        a, b = want.get(place), got.get(place)
        # LibreOffice writes a boolean that it read from xlsx as the number.
        is_boolean = not exact and a and b and (a[0], b[0]) == ("boolean", "number")
        if a is None or b is None or (a[0] != b[0] and not is_boolean) or not same(a[0], a[1], b[1], exact):
            problems.append(f"{place}: put in {a}, seen {b}")
    if len(got) != len(cells):
        problems.append("a cell was seen twice")
    # The sums, by another way than the program's.
    for sheet in summary:
        numbers = [Decimal(v) for s, _, k, v in cells if s == sheet["sheet"] and k == "number"]
        total = sum_exactly(numbers)
        if Decimal(sheet["sum"]) != total or sheet["numbers"] != len(numbers) or sheet["cells"] != sum(c[0] == sheet["sheet"] for c in cells):
            problems.append(f"summary {sheet}, and the cells add up to {total}")
    return problems


def sum_exactly(numbers):
    from fractions import Fraction
    total = sum((Fraction(n) for n in numbers), Fraction(0))
    scale = max([-n.as_tuple().exponent for n in numbers] + [0])
    digits = total * 10**scale
    assert digits.denominator == 1
    return Decimal(int(digits)).scaleb(-scale) if len(str(abs(int(digits)))) < 28 else Decimal(f"{int(digits)}E{-scale}")


DIRECT = {"openpyxl xlsx": (openpyxl_xlsx, "xlsx"), "XlsxWriter xlsx": (xlsxwriter_xlsx, "xlsx"), "xlwt xls": (xlwt_xls, "xls"), "odfpy ods": (odfpy(False), "ods"), "odfpy fods": (odfpy(True), "fods"), "csv": (plain_csv, "csv")}
BY_LIBREOFFICE = ("xlsx", "ods", "fods", "xls")


def for_libreoffice(sheets):
    """Without what LibreOffice changes by design: numbers beyond 15 digits, texts it reads as others, the
    1900 dates before March, hidden rows, a length of time (a date to it once converted)."""
    kept = []
    for name, cells, merges, hidden in sheets:
        kept.append((name, {place: (kind, held) for place, (kind, held) in cells.items()
                            if kind not in ("formula", "error") and not isinstance(held, datetime.timedelta)
                            and not (kind == "number" and (abs(held) >= 1e15 or 0 < abs(held) < 1e-300))
                            and not (kind == "text" and (held in ("_x0041_", "tab\there")))}, merges, hidden))
    return kept


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    arguments.add_argument("--count", type=int, default=12)
    arguments.add_argument("--seed", default="formats")
    arguments.add_argument("--state", help="a file that remembers how many are done, to go on after an interruption")
    options = arguments.parse_args()
    state = pathlib.Path(options.state) if options.state else None
    done = json.loads(state.read_text()) if state and state.exists() else {}
    failed = total = 0
    kinds = {}
    batch = 50
    with tempfile.TemporaryDirectory() as scratch:
        for start in range(0, options.count, batch):
            numbers = range(start, min(start + batch, options.count))
            for name, (write, ending) in DIRECT.items():
                if done.get(name, 0) >= numbers[-1] + 1:
                    continue
                for n in numbers:
                    rng = random.Random(f"{options.seed} {name} {n}")
                    sheets, is1904 = make(rng)
                    path = f"{scratch}/one.{ending}"
                    expected = write(sheets, is1904, path, rng)
                    cells, summary, errors = read(options.program, path)
                    total += 1
                    for cell in cells:
                        kinds[cell[2]] = kinds.get(cell[2], 0) + 1
                    if problems := differences(expected, cells, summary, exact=True):
                        failed += 1
                        print(f"{name} {n}:", *problems[:6], errors[:300], sep="\n  ")
                done[name] = numbers[-1] + 1
            wanted = [f for f in BY_LIBREOFFICE if done.get("LibreOffice " + f, 0) < numbers[-1] + 1]
            if wanted:
                paths, expected = [], []
                for n in numbers:
                    rng = random.Random(f"{options.seed} LibreOffice {n}")
                    sheets, _ = make(rng)
                    sheets = for_libreoffice(sheets)
                    paths.append(f"{scratch}/book{n}.xlsx")
                    openpyxl_xlsx(sheets, False, paths[-1], rng)
                    expected.append(record(sheets))
                for ending in wanted:
                    for path, want, n in zip(libreoffice.convert(paths, scratch, ending), expected, numbers):
                        cells, summary, errors = read(options.program, path)
                        total += 1
                        if ending == "xls":
                            want = [c for c in want if len(c[1].rstrip("0123456789")) < 2 or (len(c[1].rstrip("0123456789")), c[1].rstrip("0123456789")) <= (2, "IV")]
                        elif ending != "xlsx":
                            want = [c if c[2] != "date" or "T" not in c[3] or not c[3].startswith("1899-12-31T") else (*c[:3], "PT{}H{}M{}S".format(*c[3][11:].split(":"))) for c in want]
                        if problems := differences(want, cells, summary, exact=False):
                            failed += 1
                            print(f"LibreOffice {ending} {n}:", *problems[:6], errors[:300], sep="\n  ")
                    done["LibreOffice " + ending] = numbers[-1] + 1
            if state and not failed:
                state.write_text(json.dumps(done))
    print(f"formats: {total} workbooks of {len(DIRECT) + len(BY_LIBREOFFICE)} kinds of writer; cells seen of each kind {dict(sorted(kinds.items()))}")
    print(f"{total - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
