#!/usr/bin/env python3
"""Slips in a year's tables: each is reported, or changes no figure.

    mutations.py --program .build/release/outturn --first 0 --count 1000 [--state FILE] [--kind KIND] [--ledgers DIR] [--keep DIR]

A case takes a year of one of the project's ledgers, or of a partnership of this script's own that has every table, makes
one slip in it (a row doubled, a sign turned, a figure in thousands ...) and asks the program before and after. Case N
is the same on every machine; its kind goes round, and the seed chooses ledger, table, row and column.

Compared are all figures of the year: the statement with its reserves, funds, variances and settlement, contributions
with what is given in kind, recharges by quarter, and the forecast at P9. Where they are the same, those of the year after
are compared as well. A case is
  same      no figure differs;
  reported  a figure differs, and there is an error or a warning that was not there before: by place where it names the
            file touched, by name where it says a name or number of the row;
  astray    there is one, and it names neither;
  silent    there is none (a note doesn't count).
What the year after finds about a year that is silent itself doesn't count: who states a year hasn't the next one yet.
A case that is astray or silent is a failure, unless nothing in the books could have told: `not_knowable` says which those
are, and why.

How this differs from the program: the columns of the tables, the layouts of exports and what counts as evidence are
written down here a second time, from the help texts; nothing is read from the program's sources.
"""
import argparse, collections, copy, csv, datetime, io, json, os, pathlib, random, re, shutil, subprocess, sys, tempfile, time
import xml.etree.ElementTree as ET
from decimal import Decimal, InvalidOperation, ROUND_HALF_UP
import openpyxl

# MARK: What stands in which column

# A name's role says what may stand in its place; `amount` is a figure, `days` a number that is no money.
TABLES = {
    "opening": {"reserve of": "member or fund", "brought forward": "amount", "adjustment": "amount", "reason": "words", "used before": "amount"},
    # The members' own columns are amounts as well.
    "budget": {"line": "line", "total": "amount"},
    "virements": {"number": "reference", "period": "period", "from": "line", "to": "line", "amount": "amount", "agreed by": "words", "reason": "words"},
    "commitments": {"line": "line", "amount": "amount", "reference": "reference"},
    "forecast": {"line": "line", "method": "words", "amount": "amount", "reason": "words"},
    "carry-forward": {"line": "line", "amount": "amount", "reason": "words", "decision": "words"},
    "explanations": {"line": "line", "explanation": "words"},
    "accruals": {"ledger of": "member", "document": "reference", "code": "code", "amount": "amount"},
    "in-kind": {"from": "member or contributor", "what": "words", "days": "days", "rate": "amount", "value": "amount", "basis": "words",
                "counts for": "fund", "cash in lieu": "amount"},
    "invoices": {"invoice": "reference", "from": "contributor", "to": "member", "date": "date", "due": "date", "net": "amount", "vat": "amount",
                 "vat treatment": "words", "received": "amount", "received on": "date", "written off": "amount"},
    "closing": {"kind": "words", "ledger of": "member", "line": "line", "amount": "amount", "document": "reference", "reason": "words", "concerning": "member"},
    "journals": {"journal": "reference", "period": "period", "ledger of": "member", "from": "account", "to": "account", "amount": "amount",
                 "reason": "words", "date": "date", "concerning": "member"},
    "activity": {"activity": "activity", "of": "member or contributor", "period": "period", "quantity": "amount"},
    "answers": {"code": "reference", "place": "words", "reason": "words", "by": "words", "date": "date"},
}
# Each export layout by headers that no other has, with the roles of its columns.
LAYOUTS = [
    {"cost centre": "words", "account": "code", "period": "period", "posting date": "date", "document": "reference", "text": "words", "case": "member",
     "amount": "amount"},
    {"journal": "reference", "natural account": "code", "period": "period", "effective date": "date", "line description": "words",
     "member": "member", "debit": "debit", "credit": "credit"},
    {"transno": "reference", "acccode": "code", "per": "period", "transdate": "date", "details": "words", "case": "member", "curamount": "amount"},
    {"receipt": "reference", "income code": "code", "received": "date", "from": "words", "amount": "amount"},
    {"account": "code", "period": "period", "date": "date", "document": "reference", "text": "words", "case": "member", "net": "amount"},
    {"account": "code", "period": "period", "date": "date", "document": "reference", "text": "words", "net": "amount"},
]
FIGURES = ("amount", "debit", "credit")


def number(text):
    """An amount as council systems write it; `None` for anything else."""
    bare = text.strip().replace(",", "").replace("£", "")
    negative = bare.startswith("(") or bare.endswith("-") or bare.startswith("-")
    try:
        value = Decimal(bare.strip("()-"))
    except InvalidOperation:
        return None
    return -value if negative else value


def money(value):
    return f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):.2f}"


# MARK: Tables as lists of rows

class Grid:
    """A file's sheets: each a name and rows of texts."""

    def __init__(self, sheets):
        self.sheets = sheets

    @property
    def rows(self):
        return self.sheets[0][1]

    @staticmethod
    def load(path):
        if path.suffix == ".csv":
            return Grid([("Sheet1", list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))))])
        if path.suffix == ".xlsx":
            book = openpyxl.load_workbook(path, data_only=True)
            return Grid([(sheet.title, [[Grid.shown(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]) for sheet in book])
        return Grid.spreadsheet_ml(path)

    @staticmethod
    def shown(value):
        if value is None:
            return ""
        if isinstance(value, datetime.datetime):
            return value.date().isoformat()
        if isinstance(value, float):
            return money(Decimal(repr(value))) if value != int(value) else str(int(value))
        return str(value)

    @staticmethod
    def spreadsheet_ml(path):
        ss = "{urn:schemas-microsoft-com:office:spreadsheet}"
        sheets = []
        for sheet in ET.parse(path).getroot().iter(ss + "Worksheet"):
            rows = []
            for row in sheet.iter(ss + "Row"):
                while len(rows) + 1 < int(row.get(ss + "Index", 0)):
                    rows.append([])
                cells = []
                for cell in row.iter(ss + "Cell"):
                    while len(cells) + 1 < int(cell.get(ss + "Index", 0)):
                        cells.append("")
                    data = cell.find(ss + "Data")
                    text = "" if data is None else "".join(data.itertext())
                    if data is not None and data.get(ss + "Type") == "DateTime":
                        text = text[:10]
                    cells.append(text)
                    cells += [""] * int(cell.get(ss + "MergeAcross", 0))
                rows.append(cells)
            if any(any(row) for row in rows):
                sheets.append((sheet.get(ss + "Name"), rows))
        return Grid(sheets)

    def csv(self):
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(self.rows)
        return out.getvalue()

    def save(self, path, roles):
        if path.suffix == ".csv":
            return path.write_text(self.csv(), encoding="utf-8")
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in self.sheets:
            sheet = book.create_sheet(name)
            titles = rows[header_of(rows, roles)] if rows else []
            for r, row in enumerate(rows, 1):
                for c, text in enumerate(row):
                    if text != "":
                        sheet.cell(r, c + 1, Grid.typed(text, roles.get(titles[c].lower()) if c < len(titles) else None))
        book.save(path)

    @staticmethod
    def typed(text, role):
        """What a person's spreadsheet makes of a text: figures and dates are no texts in it."""
        if role in (*FIGURES, "days", "period") and re.fullmatch(r"-?\d+(\.\d+)?", text):
            return float(text) if "." in text else int(text)
        if role == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return datetime.datetime.fromisoformat(text)
        return text


def header_of(rows, roles):
    """The row that holds most of the titles."""
    return max(range(len(rows)), key=lambda r: (sum(text.lower() in roles for text in rows[r]), -r)) if rows else 0


class Table:
    """One file of a year, with what its columns hold and which of its rows hold data."""

    def __init__(self, path, kind, grid, roles, control):
        self.path, self.kind, self.grid, self.roles = path, kind, grid, roles
        # Whether a control total or sub-totals prove its figures.
        self.control = control
        self.header = header_of(grid.rows, roles)
        self.titles = [text.lower() for text in grid.rows[self.header]]
        self.data = [r for r, row in enumerate(grid.rows) if r > self.header and self.is_data(row)]

    def role(self, column):
        return self.roles.get(self.titles[column]) if column < len(self.titles) else None

    def columns(self, *roles):
        return [c for c in range(len(self.titles)) if self.role(c) in roles]

    def cell(self, row, role):
        """The first text of a role in a row."""
        return next((row[c] for c in self.columns(role) if c < len(row)), "")

    def is_data(self, row):
        if not any(row):
            return False
        if self.kind == "export":
            return bool(self.cell(row, "code")) and any(number(row[c]) is not None for c in self.columns(*FIGURES) if c < len(row))
        return not row[0].lower().startswith("total")

    def net(self, row):
        """What a row of an export moves, debits above zero."""
        value = lambda role: number(self.cell(row, role)) or Decimal(0)
        return value("debit") - value("credit") if self.columns("debit") else value("amount")

    def follow_total(self, grid, change):
        """Lets the control total follow a slip that the finance system has made itself."""
        rows = grid.rows
        has_figure = lambda row: any(number(row[c]) is not None for c in self.columns(*FIGURES) if c < len(row))
        totals = [r for r, row in enumerate(rows) if r > self.header and not self.is_data(row) and has_figure(row)]
        if not totals:
            return
        at = totals[-1]
        total = self.net(rows[at]) + change
        if self.columns("debit"):
            rows[at][self.columns("debit")[0]], rows[at][self.columns("credit")[0]] = (money(total), "") if total >= 0 else ("", money(-total))
        else:
            rows[at][self.columns("amount")[0]] = money(total)


# MARK: The partnership that has every table

AGREEMENT = '''
partnership "Three shires"
members ash elm oak
host ash
contributors police health
label ash "Ashshire"
label elm "Elmshire"
label oak "Oakshire"
label police "Police"
label health "Health board"
label dfe "Training grant"
label learning "Learning fund"
signs funding positive, expenditure positive
threshold £1,000 and 10%
virements up to £2,000

section "Funding"
  approved budget "General funds"
  from police "Police"
  from health "Health board"
  income fees "Course fees"
  total "Total funding"
section "Expenditure"
  cost pay "Pay"
  cost chair "Independent chair"
  cost training "Training"
  cost reviews "Practice reviews"
  cost running "Running costs"
  total "Total expenditure"
  met from reserves "Met from reserves"
  met from grants "Met from grants and funds"
  net outturn "Net outturn"
section "Reserves"
  brought forward "Brought forward"
  adjustment "Adjustment"
  appropriations "Appropriations"
  spent from reserves "Reviews met"
  to reserves "To reserves"
  carried forward "Carried forward"

grant dfe £60,000, 2023-04-01 to 2025-03-31, for training, held by ash, unspent carried forward
fund learning, held by ash, unspent carried forward

contribution approved budget of each member, stays
contribution £12,000 from police to ash, stays
contribution £8,000 from health to elm, stays
contribution £6,000 from health to oak, stays

rule "Reviews"
  for reviews, split by member concerned
  take rest from reserve of member concerned, at most balance
  take rest from member concerned
rule "Training"
  for training
  take rest from dfe, at most balance
  take rest from members equally
rule "Chair"
  for chair
  take 20% from learning, at most £2,000
  take rest from members equally
rule "Everything else"
  for anything else
  take rest from members equally

surplus of each member to its reserve
deficit of each member from its reserve, at most balance; rest from its general fund
'''
MAPS = {
    "listing": '''layout: listing
recognise: [Account, Period, Case, Net]
columns: {code: Account, period: Period, date: Date, document: Document, description: Text, member concerned: Case, amount: Net}
amounts: debits positive
period format: pp
rows:
  control total: {column: Text, begins: Control total}
  accruals: {column: Document, begins: ACR}
codes:
  "4000": expenditure pay
  "4100": expenditure chair
  "4200": expenditure training
  "4300": expenditure reviews
  "4400": expenditure running
  "5000": income fees
  "5100": contribution from police
  "5200": receipt of dfe
  "6010": recharge with elm
  "6020": recharge with oak
  "7100": reserve balance
  "9*": excluded, corporate overheads
''',
    "transactions": '''layout: transactions
recognise: [TransNo, AccCode, TransDate, CurAmount]
columns: {code: AccCode, period: Per, date: TransDate, document: TransNo, description: Details, member concerned: Case, amount: CurAmount}
amounts: debits positive
period format: pp
rows:
  accruals: {column: TransNo, begins: ACR}
codes:
  "P*": expenditure pay
  "S2201": expenditure training
  "S2950": expenditure reviews
  "S2900": expenditure running
  "I5102": income fees
  "I5005": contribution from health
  "R6001": recharge with ash
  "Z*": excluded, corporate overheads
''',
    "gl-detail": '''layout: general ledger detail
recognise: [Natural account, Effective date, Debit, Credit]
columns:
  {code: Natural account, period: Period, date: Effective date, document: Journal, description: Line description,
   member concerned: Member, debit: Debit, credit: Credit}
period format: yyyypp from the year's start
rows:
  accruals: {column: Journal, begins: ACR}
codes:
  "4010": expenditure pay
  "4310": expenditure training
  "4400": expenditure running
  "4450": expenditure reviews
  "5050": contribution from health
  "5110": income fees
  "4900": recharge with ash
''',
}


def shires(folder, program):
    """Two years of a partnership in which every table has several rows; opening and budgets follow from its own
    statements, as a business manager would take them over."""
    (folder / "maps").mkdir(parents=True)
    (folder / "agreement").write_text(AGREEMENT)
    for name, text in MAPS.items():
        (folder / "maps" / f"{name}.yaml").write_text(text)
    carried = {"ash": "41200.00", "elm": "22350.00", "oak": "17800.00", "learning": "9000.00", "dfe": "0.00"}
    used = "0.00"
    for start in (2023, 2024):
        year = f"{start}-{(start + 1) % 100:02}"
        write_year(folder / year, start, carried, used)
        statement = json.loads(ask(program, "statement", folder, year)[0])
        totals = {row["label"]: row["amounts"]["total"] for section in statement["sections"] for row in section["rows"]}
        write_budget(folder / year, start, totals)
        statement = json.loads(ask(program, "statement", folder, year)[0])
        carried = {r["member"]: r["carriedForward"] for r in statement["reserves"]}
        funds = next(t for t in statement["tables"] if t["table"] == "funds")["rows"]
        for name, label in (("dfe", "Training grant"), ("learning", "Learning fund")):
            figures = next(r["figures"] for r in funds if r["label"] == label)
            carried[name] = figures["carriedForward"]
            if name == "dfe":
                used = figures["used"].lstrip("-")


def write_csv(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(line.strip() for line in text.strip().splitlines()) + "\n")


def write_export(path, titles, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    roles = next(layout for layout in LAYOUTS if {title.lower() for title in titles.split(",")} == set(layout))
    Grid([("Sheet1", [titles.split(",")] + [[str(cell) for cell in row] for row in rows])]).save(path, roles)


def write_year(folder, start, carried, used):
    """All of a year but its budget; the second year's costs are three parts in a hundred higher."""
    second = start == 2024
    day = lambda month, d: f"{start + (month > 9)}-{(month + 2) % 12 + 1:02}-{d:02}"
    up = lambda text: money(Decimal(text) * (Decimal("1.03") if second else 1))
    write_ash(folder / "exports/ash/ledger.csv", start, day, up, carried["ash"])
    write_elm(folder / "exports/elm/ledger.xlsx", day, up)
    write_oak(folder / "exports/oak/ledger.csv", start, day, up)
    total = money(sum(Decimal(carried[name]) for name in ("ash", "elm", "oak", "learning", "dfe")))
    last_method = "last year's profile,," if second else "typed,17200.00,courses planned"
    last = (start - 1) % 100
    police = lambda q, received: (
        f"P-{q},police,ash,{day(3 * q - 2, 5)},{day(3 * q - 1, 4)},3000.00,0.00,outside the scope,{received},{day(3 * q - 2, 15)},"
    )
    texts = {
        "opening": f"""reserve of,brought forward,adjustment,reason,used before
            ash,{carried["ash"]},,,
            elm,{carried["elm"]},-250.00,an invoice of last year was found,
            oak,{carried["oak"]},,,
            learning,{carried["learning"]},,,
            dfe,{carried["dfe"]},,,{used}
            total,{total},-250.00,,""",
        "virements": """number,period,from,to,amount,agreed by,reason
            V1,P5,pay,training,1500.00,business manager,a vacancy
            V2,P8,running,chair,300.00,business manager,more days
            V3,P9,training,pay,2400.00,members,the post was filled""",
        "commitments": """line,amount,reference
            training,1640.00,PO-311
            running,480.00,PO-318
            reviews,2300.00,PO-322""",
        "forecast": f"""line,method,amount,reason
            chair,typed,{up("16900.00")},days agreed to March
            running,straight line,,
            training,{last_method}""",
        "carry-forward": """line,amount,reason,decision
            reviews,1500.00,a review that runs on,agreed
            reviews,600.00,its printing,refused""",
        "explanations": """line,explanation
            reviews,One review fewer was begun than expected.
            training,A second learning event was held.""",
        "accruals": f"""ledger of,document,code,amount
            ash,ACR{last}-03,4400,420.00
            oak,ACR{last}-07,4400,865.50""",
        "in-kind": """from,what,days,rate,value,basis,counts for,cash in lieu
            police,Trainers' time,18.5,265.00,4902.50,day rate of the post,,
            health,Designated nurse,,,6800.00,the employer's cost,,500.00
            oak,Training rooms,10,180.00,,the rooms' hire rate,dfe,
            elm,Publishing,,,4250.00,the company's charge,,""",
        "invoices": f"""invoice,from,to,date,due,net,vat,vat treatment,received,received on,written off
            {police(1, "2500.00")}
            {police(2, "3000.00")}
            {police(3, "3000.00")}
            {police(4, "3000.00")}
            H-1,health,elm,{day(1, 4)},{day(2, 3)},8000.00,0.00,outside the scope,8000.00,{day(1, 14)},
            H-2,health,oak,{day(1, 28)},{day(2, 27)},6000.00,0.00,outside the scope,6000.00,{day(2, 5)},""",
        "closing": f"""kind,ledger of,line,amount,document,reason,concerning
            accrual,ash,chair,{up("4200.00")},ACC{start}-1,Quarter 4 was not invoiced yet,
            prepayment,elm,training,600.00,PRE{start}-1,A course of April was paid in March,
            debtor,oak,fees,300.00,DEB{start}-1,Fees of March,
            receipt in advance,ash,fees,350.00,RIA{start}-1,Fees for a course of next year,
            accrual,elm,reviews,910.00,ACC{start}-2,The reviewer's last days,elm""",
        "journals": f"""journal,period,ledger of,from,to,amount,reason,date,concerning
            J1,P2,ash,cash,learning,1500.00,Into the learning fund by the board's decision,{day(2, 20)},
            J2,P6,elm,cash,reserve,1500.00,Set aside for a review,{day(6, 25)},
            J3,P9,oak,running,training,240.00,Posted to the wrong heading,{day(9, 12)},
            J4,P11,oak,reserve,cash,700.00,Released to the general fund,{day(11, 6)},
            J5,P10,elm,cash,reviews,900.00,Legal advice,{day(10, 14)},elm
            J6,P12,ash,fees,cash,180.00,Fees paid in cash,{day(12, 8)},
            J7,P4,ash,cash,running,325.50,Catering,,""",
        "answers": f"""code,place,reason,by,date
            W0431,invoices.csv!F2,the rest was promised for May,finance officer,{start + 1}-04-20""",
    }
    for name, text in texts.items():
        write_csv(folder / f"{name}.csv", text)
    write_budget(folder, start, {})


def write_ash(path, start, day, up, reserve):
    """The host's export: one signed amount, and a control total."""
    row = lambda code, month, d, document, text, amount: [code, month, day(month, d), document, text, "", amount]
    rows = [row("4000", m, 28, f"PAY{m:02}", "Business manager", up("4915.00")) for m in range(1, 13)]
    rows += [row("4000", m, 28, f"PAA{m:02}", "Administrator", up("2184.75")) for m in range(1, 13)]
    rows += [row("4100", 3 * q, 14, f"AP{30200 + q}", f"Independent chair, quarter {q}", up("4200.00")) for q in (1, 2, 3)]
    for month, amount in ((2, "3460.00"), (6, "5120.50"), (10, "4275.25")):
        rows.append(row("4200", month, 11, f"AP{30300 + month}", "Trainers", up(amount)))
    for month, text, amount in ((1, "Website", "480.00"), (4, "Printing", "655.35"), (8, "Room hire", "1310.00"), (11, "Translation", "712.25")):
        rows.append(row("4400", month, 9, f"AP{30400 + month}", text, up(amount)))
    for month, amount in ((3, "1980.00"), (7, "2146.80"), (12, "1455.00")):
        rows.append(row("5000", month, 20, f"AR{7000 + month}", "Course fees", "-" + up(amount)))
    rows += [row("5100", 3 * q - 2, 15, f"AR{7100 + q}", "Police, quarter", "-3000.00") for q in (1, 2, 3, 4)]
    rows += [row("5200", m, 2, f"AR{7200 + m}", "Grant instalment", "-9000.00") for m in (2, 8)]
    rows.append(row("6010", 6, 18, "RC-118", "Recharge to Elmshire", "-2000.00"))
    rows.append(row("6020", 9, 18, "RC-121", "Recharge to Oakshire", "-1500.00"))
    rows.append(row("9000", 12, 14, "OVH1", "Overheads", "11840.00"))
    rows += [row("4400", month, d, document, text, amount) for month, d, document, text, amount in accrued("03", "420.00", start)]
    rows.append(["7100", 0, day(1, 1), "BFW1", "Reserve", "", "-" + reserve])
    total = money(sum(Decimal(cells[6]) for cells in rows))
    write_export(path, "Account,Period,Date,Document,Text,Case,Net", [*rows, ["", "", "", "", "Control total", "", total]])


def write_elm(path, day, up):
    """A workbook with one signed amount, and no total."""
    row = lambda document, code, month, d, text, amount, case="": [document, code, day(month, d), f"P{month:02}", text, case, amount]
    rows = [row(f"PR{m:02}", "P1001", m, 28, "Performance analyst", up("3650.00")) for m in range(1, 13)]
    rows.append(row("1800403", "S2201", 3, 14, "Learning event", up("640.00")))
    rows.append(row("1800408", "S2201", 8, 14, "Course venue", up("1240.00")))
    rows.append(row("1800410", "S2201", 10, 14, "Refund of a cancelled room", "-120.00"))
    rows.append(row("1800505", "S2950", 5, 6, "Reviewer", up("2870.40"), "elm"))
    rows.append(row("1800511", "S2950", 11, 6, "Reviewer", up("3120.00"), "elm"))
    rows.append(row("1800602", "S2900", 2, 19, "Leaflets", up("312.40")))
    rows.append(row("1800609", "S2900", 9, 19, "Board room", up("472.00")))
    rows.append(row("R18233", "I5102", 12, 14, "Late cancellations", "-" + up("820.00")))
    rows.append(row("R18014", "I5005", 1, 14, "Health board", "-8000.00"))
    rows.append(row("X18001", "Z9001", 12, 14, "Central charges", "7260.00"))
    rows.append(row("RC-E18", "R6001", 6, 18, "Recharge from Ashshire", "2000.00"))
    write_export(path, "TransNo,AccCode,TransDate,Per,Details,Case,CurAmount", rows)


def write_oak(path, start, day, up):
    """Debit and credit, and no total."""

    def row(document, code, month, d, text, amount, case=""):
        sides = ["", amount[1:]] if amount.startswith("-") else [amount, ""]
        return [document, code, f"{start}{month:02}", day(month, d), text, case, *sides]

    rows = [row(f"OPAY{m:02}", "4010", m, 28, "Co-ordinator", up("2784.75")) for m in range(1, 13)]
    rows.append(row("OAP04", "4310", 4, 12, "Courses", up("980.00")))
    rows.append(row("OAP09", "4310", 9, 12, "Courses", up("1125.50")))
    rows.append(row("OAR02", "4400", 2, 22, "Stationery", up("230.10")))
    rows.append(row("OAR07", "4400", 7, 22, "Licences", up("866.00")))
    rows.append(row("OAR12", "4400", 12, 22, "Publicity", up("655.35")))
    rows.append(row("OCS01", "4450", 8, 3, "Reviewer", up("4410.00"), "oak"))
    rows.append(row("OFE01", "5110", 10, 30, "Course fees", "-" + up("1310.00")))
    rows.append(row("OCT01", "5050", 2, 5, "Health board", "-6000.00"))
    rows.append(row("ORC01", "4900", 9, 18, "Recharge from Ashshire", "1500.00"))
    rows += [row(document, "4400", month, d, text, amount) for month, d, document, text, amount in accrued("07", "865.50", start)]
    write_export(path, "Journal,Natural account,Period,Effective date,Line description,Member,Debit,Credit", rows)


def accrued(number, amount, start):
    """Last year's accrual taken back, its invoice, and this year's: month, day, document, text, amount."""
    return [
        (1, 1, f"ACR{(start - 1) % 100}-{number}", "Reversal", "-" + amount),
        (1, 17, f"INV{start}-{number}", "Invoice of March", amount),
        (12, 31, f"ACR{start % 100}-{number}", "Accrual", amount),
    ]


def write_budget(folder, start, totals):
    """Budgets near what was spent, but for reviews and training, whose variances are explained."""

    def near(label, by=0):
        return money(Decimal(round(Decimal(totals.get(label, "1000.00")) / 100) * 100) + by)

    members = ("62000.00", "58000.00", "61500.00") if start == 2023 else ("63500.00", "60200.00", "62600.00")
    write_csv(folder / "budget.csv", f"""line,ash,elm,oak,total
        approved budget,{",".join(members)},{money(sum(map(Decimal, members)))}
        police,12000.00,0.00,0.00,12000.00
        health,,,,14000.00
        fees,,,,{near("Course fees")}
        pay,,,,{near("Pay", 900)}
        chair,,,,{near("Independent chair", -300)}
        training,,,,{near("Training", -3900)}
        reviews,0.00,9800.00,6000.00,15800.00
        running,,,,{near("Running costs", 300)}""")


# MARK: Asking the program

def ask(program, command, folder, year, *further):
    environment = os.environ | {"OUTTURN_CACHE": "off", "SWIFT_BACKTRACE": "enable=no"}
    arguments = [program, command, str(folder), "--year", year, "--format", "json", *further]
    run = subprocess.run(arguments, capture_output=True, text=True, timeout=120, env=environment)
    assert run.returncode >= 0, (command, folder, run.returncode, run.stderr[-500:])
    return run.stdout, run.returncode, run.stderr


def figures_of(statement):
    """All of a statement that is a figure: not what it says of itself, its files, findings and checks."""
    def without(value):
        if isinstance(value, dict):
            return {k: without(v) for k, v in value.items() if k not in ("explanation", "notes", "basis")}
        return [without(v) for v in value] if isinstance(value, list) else value
    return {name: without(statement[name]) for name in ("sections", "variances", "contributions", "reserves", "tables", "settlement")}


def answer(program, folder, years):
    """Figures by year and paper, and findings, of these years; `None` for what the program refused to state."""
    figures, findings = {}, []
    for year in years:

        out, status, err = ask(program, "statement", folder, year)
        if not out:
            figures[year] = None
            findings.append({"code": "refused", "severity": "error", "file": err, "message": err, "value": "", "hint": "", "cell": None, "year": year})
            continue
        statement = json.loads(out)
        figures[year] = {"statement": figures_of(statement)}
        findings += [finding | {"year": year} for finding in statement["findings"]]
        for paper, further in (("contributions", ["--including-in-kind"]), ("recharges", ["--quarterly"]), ("forecast", ["--to", "P9"])):
            out, status, err = ask(program, paper, folder, year, *further)
            figures[year][paper] = json.loads(out) if out else None
    return figures, findings


def flat(value, path=""):
    if isinstance(value, dict):
        name = value.get("label") or value.get("member") or value.get("title") or ""
        return [leaf for k, v in value.items() for leaf in flat(v, f"{path}/{name}/{k}" if name else f"{path}/{k}")]
    if isinstance(value, list):
        # Rows go by their labels; of several with one label the order means nothing.
        labels = [isinstance(v, dict) and (v.get("label") or v.get("title")) for v in value]
        rows = sorted(value, key=lambda v: json.dumps(v, sort_keys=True)) if all(labels) and len(set(labels)) < len(labels) else value
        return [leaf for n, v in enumerate(rows) for leaf in flat(v, path if all(labels) and len(set(labels)) == len(labels) else f"{path}/{n}")]
    return [(path, value)]


def differences(before, after):
    """`/2024-25/statement/sections/Pay/amounts/ash: 100.00 -> 200.00`, for each figure that differs."""
    if before == after:
        return []
    # Words are no figures, and a quotation mark within a label makes no other row of it.
    figures = lambda value: {path.replace('"', ""): text for path, text in flat(value) if text is None or number(str(text)) is not None}
    a, b = figures(before), figures(after)
    differing = [k for k in a.keys() | b.keys() if a.get(k) != b.get(k)]
    return [f"{k}: {a.get(k)} -> {b.get(k)}" for k in sorted(differing, key=lambda k: ("/statement" not in k, k))]


def said(finding):
    """A finding without its cells: a row more moves those below it."""
    return finding["code"], finding.get("value"), re.sub(r"![A-Z]+\d+", "", finding["message"])


def is_open(finding):
    return finding["severity"] in ("error", "warning")


# MARK: Bases

class Base:
    """A partnership's folder and the year under attack."""

    def __init__(self, name, folder, year):
        self.name, self.folder, self.year = name, folder, year
        self.years = sorted(p.name for p in folder.iterdir() if re.fullmatch(r"\d{4}-\d\d", p.name))
        self.from_here = [y for y in self.years if y >= year][:2]
        self.has_last_year = self.years[0] < year
        text = (folder / "agreement").read_text()
        words = lambda key: [w for line in re.findall(rf"^{key}\s+(.*)$", text, re.M) for w in line.split()]
        self.members, self.contributors = words("members"), words("contributors")
        self.costs, self.incomes = re.findall(r"^\s+cost (\S+)", text, re.M), re.findall(r"^\s+income (\S+)", text, re.M)
        self.funds = re.findall(r"^(?:grant|fund) (\S+?),? ", text, re.M)
        self.labels = dict(re.findall(r'^label (\S+)\s+"(.*)"', text, re.M)) | dict(re.findall(r'^\s+(?:cost|income|from) (\S+)\s+"(.*)"', text, re.M))
        self.has_threshold = "\nthreshold" in text
        self.tables = [t for t in map(self.table, sorted((folder / year).rglob("*"))) if t and t.data]
        self.before = None

    def table(self, path):
        if not path.is_file() or path.suffix not in (".csv", ".xlsx", ".xml") or "superseded" in path.parts:
            return None
        relative = path.relative_to(self.folder)
        grid = Grid.load(path)
        if "exports" in path.parts:
            held = {text.lower() for row in grid.rows for text in row}
            roles = next((l for l in LAYOUTS if set(l) <= held), None)
            control = any("total" in text.lower() for row in grid.rows for text in row)
            return roles and Table(relative, "export", grid, roles, control)
        kind = path.name.split(".")[0]
        if kind not in TABLES:
            return None
        roles = dict(TABLES[kind])
        if kind == "budget":
            roles |= {m: "amount" for m in self.members}
        return Table(relative, kind, grid, roles, False)

    def pool(self, role):
        """What may stand in a column of names."""
        lines = self.costs + self.incomes + self.contributors
        return {
            "member": self.members, "contributor": self.contributors, "fund": self.funds, "line": lines,
            "member or fund": self.members + self.funds, "member or contributor": self.members + self.contributors,
            "activity": ["case", "visit"],
            "account": ["cash", "suspense", "reserve"] + lines + self.funds,
        }.get(role, [])

    def goes_by_budget(self, heading):
        """Whether a rule for the heading takes up to its budget."""
        text = (self.folder / "agreement").read_text()
        schemes = dict(re.findall(r"^scheme (\S+) .* for (.*)$", text, re.M))
        for headings, lines in re.findall(r"^  for (.*)\n((?:  take.*\n)+)", text, re.M):
            named = schemes.get(headings.removeprefix("scheme "), headings).split()
            if heading in named and "up to budget" in lines:
                return True
        return False

    def code_class(self, table, code):
        """What the maps make of a code: `expenditure pay`."""
        for path in sorted((self.folder / "maps").glob("*.yaml")):
            text = path.read_text()
            wanted = re.search(r"recognise: \[(.*)\]", text)[1].split(", ")
            if {w.lower() for w in wanted} <= set(table.titles):
                for key, said in re.findall(r'^\s+"(.+?)": (.*)$', text, re.M):
                    low, _, high = key.partition("-")
                    if key == code or key.endswith("*") and code.startswith(key[:-1]) or high and low <= code <= high:
                        return said
        return ""


LEDGERS = [
    "tri-borough", "bexley", "city-hackney", "illustrative-arrangements", "illustrative-pooled-fund", "illustrative-safeguarding-2023",
    "illustrative-youth-justice", "lewisham", "london-project",
]


def bases(scratch, ledgers, program):
    """Copies of the ledgers, with exports in formats that this script can write, and the partnership of its own."""
    found = []
    shires(scratch / "shires", program)
    names = ["shires"]
    for name in LEDGERS:
        shutil.copytree(ledgers / name, scratch / name)
        names.append(name)
    shutil.copytree(ledgers / "london-survey-illustrative" / "board-01", scratch / "board-01")
    names.append("board-01")
    for name in names:
        folder = scratch / name
        for path in folder.rglob("imports.csv"):
            # It keeps each export's checksum, which would report any slip at all.
            path.unlink()
        for path in folder.rglob("exports/*/*.xml"):
            grid, roles = Grid.load(path), None
            held = {text.lower() for row in grid.rows for text in row}
            roles = next(l for l in LAYOUTS if set(l) <= held)
            was = answer(program, folder, [path.parts[-4]])[0]
            path.unlink()
            grid.save(path.with_suffix(".xlsx"), roles)
            assert not differences(was, answer(program, folder, [path.parts[-4]])[0]), path
        for year in sorted(p.name for p in folder.iterdir() if re.fullmatch(r"\d{4}-\d\d", p.name)):
            base = Base(name, folder, year)
            base.before = answer(program, folder, base.from_here)
            # The partnership with every table is where most can go wrong.
            found += [base] * (12 if name == "shires" else 2 if name in ("tri-borough", "illustrative-safeguarding-2023", "illustrative-youth-justice") else 1)
    return found


# MARK: Slips

class Slip:
    """What one slip does: files to write, and what to remember of it."""

    def __init__(self, table, what, row=(), column=None, **evidence):
        self.table, self.what, self.row, self.column = table, what, list(row), column
        # Path to (grid, or the text itself).
        self.files = {}
        self.evidence = evidence

    def write(self, path, held):
        self.files[str(path)] = held
        return self


def edited(table):
    grid = copy.deepcopy(table.grid)
    width = len(table.titles)
    for row in grid.rows[table.header:]:
        row += [""] * (width - len(row))
    return grid


def place(table, row):
    return f"{table.path}, row {row + 1}"


def may_follow(table, grid, change, rng):
    """Half of the exports with a control total (and no sub-totals) have the slip from the finance system itself."""
    has_subtotals = any(text.startswith("Total ") for row in grid.rows for text in row)
    if table.control and not has_subtotals and rng.random() < 0.5:
        table.follow_total(grid, change)
        return True
    return False


def doubled_same_table(base, table, rng):
    grid, r = edited(table), rng.choice(table.data)
    row = list(grid.rows[r])
    grid.rows.insert(rng.choice([r + 1, table.data[-1] + 1]), row)
    follows = may_follow(table, grid, table.net(row), rng) if table.kind == "export" else False
    return Slip(table, f"{place(table, r)} stands twice", row, follows=follows).write(table.path, grid)


def doubled_other_format(base, table, rng):
    r = rng.choice(table.data)
    path = table.path.with_suffix(".csv" if table.path.suffix == ".xlsx" else ".xlsx")
    rows = [table.grid.rows[table.header], table.grid.rows[r]] if rng.random() < 0.6 else table.grid.rows[table.header:]
    what = f"{place(table, r)} stands in {path.name} as well" if len(rows) == 2 else f"{path.name} stands beside {table.path.name}"
    return Slip(table, what, table.grid.rows[r]).write(path, Grid([("Sheet1", copy.deepcopy(rows))]))


def as_workbook(table):
    """The table's file as a workbook, and the path of the old file, which goes."""
    return edited(table), table.path.with_suffix(".xlsx"), table.path


def doubled_other_sheet(base, table, rng):
    grid, path, old = as_workbook(table)
    r = rng.choice(table.data)
    grid.sheets.append(("Sheet2", [list(table.grid.rows[table.header]), list(table.grid.rows[r])]))
    follows = may_follow(table, grid, table.net(table.grid.rows[r]), rng) if table.kind == "export" else False
    return Slip(table, f"{place(table, r)} stands on a second sheet as well", table.grid.rows[r], follows=follows).write(old, None).write(path, grid)


def doubled_other_member(base, table, rng):
    others = [t for t in base.tables if t.kind == "export" and t.path.parent != table.path.parent]
    if table.kind != "export" or not others:
        return None
    other = rng.choice(others)
    in_other = {base.code_class(other, other.cell(other.grid.rows[o], "code")) for o in other.data} - {""}
    rows = [r for r in table.data if base.code_class(table, table.cell(table.grid.rows[r], "code")) in in_other]
    if not rows:
        return None
    row = table.grid.rows[rng.choice(rows)]
    said = base.code_class(table, table.cell(row, "code"))
    like = next(other.grid.rows[o] for o in other.data if base.code_class(other, other.cell(other.grid.rows[o], "code")) == said)
    new = [""] * len(other.titles)
    net = table.net(row)
    for c in range(len(new)):
        role = other.role(c)
        if role in ("date", "words", "reference", "member"):
            new[c] = table.cell(row, role)
        if other.titles[c] == "cost centre":
            new[c] = like[c]
    if "text" in other.titles or "details" in other.titles or "line description" in other.titles:
        at = next(other.titles.index(t) for t in ("text", "details", "line description") if t in other.titles)
        new[at] = next(row[table.titles.index(t)] for t in ("text", "details", "line description") if t in table.titles)
    new[other.columns("code")[0]] = other.cell(like, "code")
    month = int(table.cell(row, "period")[-2:].lstrip("P"))
    new[other.columns("period")[0]] = spelt_like(other.cell(like, "period"), month)
    if other.columns("debit"):
        new[other.columns("debit" if net >= 0 else "credit")[0]] = money(abs(net))
    else:
        new[other.columns("amount")[0]] = money(net)
    grid = edited(other)
    grid.rows.insert(other.data[-1] + 1, new)
    follows = may_follow(other, grid, net, rng)
    return Slip(other, f"a row of {table.path} ({said}) stands in {other.path} as well", new, follows=follows).write(other.path, grid)


def figure_cells(table, filled=lambda v: v != 0):
    cells = [(r, c) for r in table.data for c in table.columns(*FIGURES) if c < len(table.grid.rows[r])]
    return [(r, c) for r, c in cells if (value := number(table.grid.rows[r][c])) is not None and filled(value)]


def sign_turned(base, table, rng):
    cells = figure_cells(table)
    if not cells:
        return None
    column = rng.choice(sorted({c for _, c in cells}))
    r, c = rng.choice([cell for cell in cells if cell[1] == column])
    grid = edited(table)
    row = grid.rows[r]
    net, value = table.net(row), number(row[c])
    if table.columns("debit") and table.kind == "export":
        debit, credit = table.columns("debit")[0], table.columns("credit")[0]
        row[debit], row[credit] = row[credit], row[debit]
    else:
        row[c] = money(-value)
    follows = may_follow(table, grid, -2 * net, rng) if table.kind == "export" else False
    what = f"{place(table, r)}, {table.titles[c]}: {money(value)} with its sign turned"
    return Slip(table, what, row, c, follows=follows, was=value).write(table.path, grid)


def sign_of_column(base, table, rng):
    cells = figure_cells(table)
    if not cells:
        return None
    c = rng.choice(sorted({c for _, c in cells}))
    grid = edited(table)
    for row in grid.rows[table.header + 1:]:
        if (value := number(row[c])) is not None and value != 0:
            row[c] = money(-value)
    return Slip(table, f"{table.path}, all of column {table.titles[c]} with the sign turned", [], c).write(table.path, grid)


def moved_sheet(base, table, rng):
    grid, path, old = as_workbook(table)
    r = rng.choice(table.data)
    row = grid.rows.pop(r)
    has_header = rng.random() < 0.7
    grid.sheets.append(("Sheet2", ([list(table.grid.rows[table.header])] if has_header else []) + [row]))
    return Slip(table, f"{place(table, r)} moved to a second sheet {'with' if has_header else 'without'} a header", row).write(old, None).write(path, grid)


def in_thousands(value, rng):
    return money(value / 1000) if rng.random() < 0.5 or abs(value) < 5000 else str(int((value / 1000).quantize(Decimal(1), ROUND_HALF_UP)))


def thousands_cell(base, table, rng):
    cells = figure_cells(table, lambda v: abs(v) >= 100)
    if not cells:
        return None
    column = rng.choice(sorted({c for _, c in cells}))
    r, c = rng.choice([cell for cell in cells if cell[1] == column])
    grid = edited(table)
    row = grid.rows[r]
    net, value = table.net(row), number(row[c])
    row[c] = in_thousands(value, rng)
    follows = may_follow(table, grid, table.net(row) - net, rng) if table.kind == "export" else False
    return Slip(table, f"{place(table, r)}, {table.titles[c]}: {money(value)} as {row[c]}", row, c, follows=follows, was=value).write(table.path, grid)


def thousands_column(base, table, rng):
    cells = figure_cells(table, lambda v: abs(v) >= 100)
    if not cells:
        return None
    chosen = rng.choice(sorted({c for _, c in cells}))
    columns = table.columns("debit", "credit") if table.role(chosen) in ("debit", "credit") else [chosen]
    grid = edited(table)
    for row in grid.rows[table.header + 1:]:
        for c in columns:
            if (value := number(row[c])) is not None and value != 0:
                row[c] = money(value / 1000)
    # In a table of one row its only cell is the column, and has no neighbour that tells.
    alone = table.data[0] if len(table.data) == 1 else None
    row, was = (table.grid.rows[alone], number(table.grid.rows[alone][chosen])) if alone is not None else ([], None)
    return Slip(table, f"{table.path}, all of column {table.titles[chosen]} in thousands", row, chosen, was=was).write(table.path, grid)


def digits_swapped(base, table, rng):
    cells = [(r, c) for r, c in figure_cells(table) if len(set(re.sub(r"\D", "", table.grid.rows[r][c]))) > 1]
    if not cells:
        return None
    column = rng.choice(sorted({c for _, c in cells}))
    r, c = rng.choice([cell for cell in cells if cell[1] == column])
    grid = edited(table)
    row = grid.rows[r]
    net, text = table.net(row), row[c]
    pairs = [i for i in range(len(text) - 1) if text[i].isdigit() and text[i + 1].isdigit() and text[i] != text[i + 1] and not (i == 0 and text[1] == "0")]
    if not pairs:
        return None
    i = rng.choice(pairs)
    row[c] = text[:i] + text[i + 1] + text[i] + text[i + 2:]
    follows = may_follow(table, grid, table.net(row) - net, rng) if table.kind == "export" else False
    return Slip(table, f"{place(table, r)}, {table.titles[c]}: {text} as {row[c]}", row, c, follows=follows, was=number(text)).write(table.path, grid)


def spelt_like(period, month):
    """Another month's period as this one is spelt: `201809`, `P09`, `P9` or `9`."""
    if len(period) == 6:
        return f"{period[:4]}{month:02}"
    return f"P{month:02}" if re.fullmatch(r"P[01]\d", period) else f"P{month}" if period.startswith("P") else str(month)


def day_of(date):
    """The day of the month of a date as exports write it: `2018-04-30`, `30/04/2018`, `30-Apr-18`."""
    parts = re.findall(r"[A-Za-z]+|\d+", date.split("T")[0])
    return int(parts[2] if parts and len(parts[0]) == 4 else parts[0]) if parts else 0


def period_by_month(base, table, rng):
    if not table.columns("period"):
        return None
    c, r = table.columns("period")[0], rng.choice(table.data)
    grid = edited(table)
    text = grid.rows[r][c]
    month = int(text[-2:].lstrip("P")) if text[-2:].lstrip("P").isdigit() else 0
    other = month + rng.choice([-1, 1])
    date = table.cell(grid.rows[r], "date")
    if not (1 <= month <= 12 and 1 <= other <= 12):
        return None
    grid.rows[r][c] = spelt_like(text, other)
    return Slip(table, f"{place(table, r)}: {text} as {grid.rows[r][c]}", grid.rows[r], c, dated=bool(date), later=other > month, day=day_of(date)).write(table.path, grid)


def period_by_year(base, table, rng):
    rows = [r for r in table.data if len(table.cell(table.grid.rows[r], "period")) == 6]
    if not rows:
        return None
    c, r = table.columns("period")[0], rng.choice(rows)
    grid = edited(table)
    text = grid.rows[r][c]
    grid.rows[r][c] = str(int(text) + rng.choice([-100, 100]))
    return Slip(table, f"{place(table, r)}: {text} as {grid.rows[r][c]}", grid.rows[r], c).write(table.path, grid)


def date_by_year(base, table, rng):
    cells = [(r, c) for r in table.data for c in table.columns("date") if c < len(table.grid.rows[r]) and re.search(r"\d{4}", table.grid.rows[r][c])]
    if not cells:
        return None
    r, c = rng.choice(cells)
    grid = edited(table)
    text, by = grid.rows[r][c], rng.choice([-1, 1])
    grid.rows[r][c] = re.sub(r"\d{4}", lambda m: str(int(m[0]) + by), text, count=1)
    return Slip(table, f"{place(table, r)}, {table.titles[c]}: {text} as {grid.rows[r][c]}", grid.rows[r], c).write(table.path, grid)


def name_swapped(base, table, rng):
    cells = []
    for r in table.data:
        for c in range(min(len(table.titles), len(table.grid.rows[r]))):
            if table.role(c) == "code" and table.kind == "export":
                cells.append((r, c))
            elif table.grid.rows[r][c] and len(base.pool(table.role(c))) > 1:
                cells.append((r, c))
    if not cells:
        return None
    column = rng.choice(sorted({c for _, c in cells}))
    r, c = rng.choice([cell for cell in cells if cell[1] == column])
    grid = edited(table)
    text = grid.rows[r][c]
    pool = sorted({table.grid.rows[o][c] for o in table.data}) if table.role(c) == "code" else base.pool(table.role(c))
    pool = [name for name in pool if name != text]
    if not pool:
        return None
    row = list(grid.rows[r])
    grid.rows[r][c] = rng.choice(pool)
    new = grid.rows[r][c]
    return Slip(table, f"{place(table, r)}, {table.titles[c]}: {text} as {new}", row + [new], c, new=new).write(table.path, grid)


def row_deleted(base, table, rng):
    if len(table.data) < 2:
        return None
    grid, r = edited(table), rng.choice(table.data)
    row = grid.rows.pop(r)
    follows = may_follow(table, grid, -table.net(row), rng) if table.kind == "export" else False
    return Slip(table, f"{place(table, r)} is gone: {','.join(row)}", row, follows=follows).write(table.path, grid)


def stray_quote(base, table, rng):
    if table.path.suffix != ".csv" or len(table.data) < 2:
        return None
    lines = table.grid.csv().splitlines()
    if len(lines) != len(table.grid.rows):
        return None
    r = rng.choice(table.data[:-1])
    fields = lines[r].split(",")
    way = rng.choice(["opens a field", "opens the last field and closes a later row's", "within a field"])
    if way == "opens a field":
        c = rng.randrange(len(fields))
        fields[c] = '"' + fields[c]
    elif way == "within a field":
        c = rng.randrange(len(fields))
        at = rng.randint(0, len(fields[c]))
        fields[c] = fields[c][:at] + '"' + fields[c][at:]
    else:
        c = len(fields) - 1
        last = rng.choice([d for d in table.data if d > r][:3])
        if '"' in lines[r] or '"' in lines[last]:
            return None
        fields[c] = '"' + fields[c]
        lines[last] += '"'
    lines[r] = ",".join(fields)
    slip = Slip(table, f"{place(table, r)}: a stray quote {way}: {lines[r]}", table.grid.rows[r], min(c, len(table.titles) - 1))
    return slip.write(table.path, "\n".join(lines) + "\n")


def columns_exchanged(base, table, rng):
    grid = edited(table)
    c = rng.choice([c for c in range(len(table.titles) - 1) if any(grid.rows[r][c] != grid.rows[r][c + 1] for r in table.data)])
    for row in grid.rows[table.header + 1:]:
        row[c], row[c + 1] = row[c + 1], row[c]
    return Slip(table, f"{table.path}: what stands below {table.titles[c]} and below {table.titles[c + 1]} exchanged", [], c).write(table.path, grid)


def codes_with_nought(base, table, rng):
    columns = [c for c in table.columns("code") if any(re.fullmatch(r"\d+", table.grid.rows[r][c]) for r in table.data)]
    if not columns:
        return None
    grid, c, whole = edited(table), columns[0], rng.random() < 0.5
    rows = [r for r in table.data if re.fullmatch(r"\d+", grid.rows[r][c])]
    for r in rows if whole else [rng.choice(rows)]:
        grid.rows[r][c] += ".0"
    return Slip(table, f"{table.path}: {'all codes' if whole else 'a code'} as 4000.0", [], c).write(table.path, grid)


def amounts_as_text(base, table, rng):
    cells = figure_cells(table)
    if not cells:
        return None
    column, way = rng.choice(sorted({c for _, c in cells})), rng.choice(["£", "grouped", "brackets", "trailing", "spaces", "CR"])
    cells = [(r, c) for r, c in cells if c == column]
    grid, whole = edited(table), rng.random() < 0.5
    for r, c in cells if whole else [rng.choice(cells)]:
        value = number(grid.rows[r][c])
        bare = f"{abs(value):,.2f}"
        # Below zero and above it.
        spelt = {
            "£": (f"-£{bare}", f"£{bare}"), "grouped": (f"-{bare}", bare), "brackets": (f"({bare})", f"£{bare}"),
            "trailing": (f"{bare}-", bare), "spaces": (f"\u00a0-{bare} ", f"\u00a0{bare} "), "CR": (f"{bare} CR", f"{bare} DR"),
        }[way]
        grid.rows[r][c] = spelt[value > 0]
    path, old = (table.path.with_suffix(".xlsx"), table.path) if rng.random() < 0.4 else (table.path, None)
    slip = Slip(table, f"{table.path}, {table.titles[column]}: {'all amounts' if whole else 'an amount'} as text ({way})", [], column)
    return (slip.write(old, None) if old else slip).write(path, grid)


def cell_emptied(base, table, rng):
    cells = figure_cells(table)
    if not cells:
        return None
    r, c = rng.choice(cells)
    grid = edited(table)
    row = list(grid.rows[r])
    grid.rows[r][c] = rng.choice(["", "-", "n/a"])
    return Slip(table, f"{place(table, r)}, {table.titles[c]}: {row[c]} as \"{grid.rows[r][c]}\"", row, c, was=number(row[c])).write(table.path, grid)


KINDS = {
    "row doubled, same table": doubled_same_table,
    "row doubled, another format": doubled_other_format,
    "row doubled, another sheet": doubled_other_sheet,
    "row doubled, another member's export": doubled_other_member,
    "sign turned": sign_turned,
    "sign turned, whole column": sign_of_column,
    "row moved to a second sheet": moved_sheet,
    "in thousands, one cell": thousands_cell,
    "in thousands, whole column": thousands_column,
    "digits swapped": digits_swapped,
    "period a month away": period_by_month,
    "period a year away": period_by_year,
    "date a year away": date_by_year,
    "name swapped": name_swapped,
    "row deleted": row_deleted,
    "stray quote": stray_quote,
    "columns exchanged": columns_exchanged,
    "codes as 4000.0": codes_with_nought,
    "amounts as text": amounts_as_text,
    "cell emptied": cell_emptied,
}
# The requirement names signs and thousands too, so they are tried twice as often.
ROUND = list(KINDS) + ["sign turned", "in thousands, one cell", "row doubled, same table", "row moved to a second sheet", "name swapped"]


# MARK: What nobody could know

# All others tell of themselves.
NEEDS_EVIDENCE = [
    "sign turned", "sign turned, whole column", "in thousands, one cell", "digits swapped", "period a month away", "name swapped", "row deleted",
    "cell emptied", "columns exchanged",
]

# Tables whose amounts, names and rows may stand nowhere else in the books.
STANDS_ALONE = {
    (table, kind) for table in ("export", "journals", "virements", "commitments", "carry-forward", "closing", "forecast", "in-kind", "activity")
    for kind in ("digits swapped", "in thousands, one cell", "name swapped", "row deleted")
} | {("in-kind", "cell emptied")}


def not_knowable(base, kind, slip):
    """Why no program could have told, or `None` where something in the books tells.

    A doubled row tells of itself, and so do a row cut by a quote, columns whose contents don't fit their headers, and a
    table a thousand times smaller than its neighbours. The rest is known only by other figures.
    """
    table, row, column = slip.table, slip.row, slip.column
    role = table.role(column) if column is not None else None
    title = table.titles[column] if column is not None else ""
    # A control total proves figures, not the names and codes beside them.
    proven = table.kind == "export" and table.control and not slip.evidence.get("follows") and kind not in ("name swapped", "period a month away")
    if table.kind == "opening" and title == "adjustment" and kind == "in thousands, whole column":
        return "an adjustment stands nowhere else"
    if kind == "in thousands, whole column" and not row and table.kind in ("commitments", "virements", "journals", "carry-forward", "activity"):
        # Beside a budget an order, a virement, a correction, a request or a count may be of any size.
        return "nothing is of a size with orders, virements, corrections, requests or counts"
    if kind == "in thousands, whole column" and not row and table.kind == "in-kind" and not is_product(table, table.grid.rows[table.data[0]]):
        return "what is given in kind is valued nowhere else"
    if kind == "in thousands, whole column" and row:
        kind = "in thousands, one cell"
    if kind not in NEEDS_EVIDENCE:
        return None
    if proven:
        return None
    said = base.code_class(table, table.cell(row, "code")) if table.kind == "export" and row else ""
    names = {text.lower() for text in row}
    of_contributor = said.startswith("contribution") or names & set(base.contributors)
    if kind == "columns exchanged":
        pair = {title, table.titles[column + 1]}
        if table.kind == "budget" and pair <= set(base.members):
            return "two members' budgets exchanged still add up, and neither was agreed elsewhere"
        if pair == {"from", "to"} and table.kind == "virements":
            return "a virement the other way is as lawful"
        if pair == {"journal", "period"} or pair <= {"reason", "what", "basis", "reference", "document"}:
            return "words are free"
        return None
    if kind == "period a month away":
        if not slip.evidence["dated"]:
            return "the row has no date"
        if slip.evidence.get("later"):
            return "a row is often posted in the month after its date"
        return "a period stays open for ten days of the next month" if slip.evidence["day"] <= 10 else None
    if of_contributor and table.kind in ("journals", "export", "invoices") and title not in ("received", "written off", "vat"):
        return None
    if said.startswith(("recharge", "reserve balance")):
        return None
    if table.kind == "opening":
        if kind == "row deleted":
            # The agreement names every member and fund that has a balance.
            return None
        if title in ("adjustment", "reason"):
            return None if row and row[0] == "ash" else "an adjustment stands nowhere else"
        if base.has_last_year:
            return None
        return "no last year, no total" if not any(r and r[0].lower() == "total" for r in table.grid.rows) or kind == "name swapped" else None
    if kind in ("sign turned", "sign turned, whole column"):
        if slip.evidence.get("was", 1) < 0:
            return "below zero, it was the exception"
        if table.kind == "export" and kind == "sign turned" and not is_among_its_like(table, slip):
            return "a credit on a code may be a refund, and the file has no total that tells"
        return None
    is_budget_with_like = table.kind == "budget" and row and (row[0] in base.costs + base.incomes or base.has_last_year)
    if kind == "in thousands, one cell" and (table.kind == "forecast" or is_budget_with_like):
        # What was spent, or last year's figure, is a thousand times as much.
        return None
    if kind == "name swapped" and table.kind == "forecast" and slip.evidence["new"] in base.contributors:
        return "a contributor may be expected to pay another sum than it agreed"
    if kind == "name swapped" and table.kind in ("budget", "commitments", "carry-forward") and slip.evidence["new"] in base.contributors:
        # What a contributor brings is agreed, and nothing is ordered from it or carried forward.
        return None
    if kind == "row deleted" and table.kind == "budget":
        return None if base.goes_by_budget(row[0]) else "a line may have no budget, and the statement's notes say so"
    if table.kind == "budget":
        if sum(number(cell) is not None for cell in row) > 2:
            return None
        return "budgets change from year to year" if base.has_last_year else "no total, no last year's budget"
    if kind == "in thousands, one cell" and is_among_its_like(table, slip):
        return None
    if table.kind == "in-kind" and row and is_product(table, row):
        return None
    if (table.kind, kind) in STANDS_ALONE:
        return "no total, agreed sum, last year's figure or other side tells"
    return None


def is_product(table, row):
    """Whether a row of gifts in kind has days, rate and value, which prove each other."""
    return all(row[table.titles.index(t)] for t in ("days", "rate", "value") if t in table.titles)


def is_among_its_like(table, slip):
    """Whether at least three other rows of the same name or code have an amount of the same size as it had."""
    role = next((r for r in ("code", "line", "account") if table.columns(r)), None)
    if role is None:
        return False
    key = lambda row: tuple(row[c] for c in table.columns(role))
    like = [abs(number(table.grid.rows[r][slip.column]) or 0) for r in table.data if key(table.grid.rows[r]) == key(slip.row)]
    return sum(slip.evidence["was"].copy_abs() / 3 <= value <= slip.evidence["was"].copy_abs() * 3 for value in like) >= 4


# MARK: Running

def make(number_of_case, all_bases, kind=None):
    kind = kind or ROUND[number_of_case % len(ROUND)]
    rng = random.Random(f"mutations {number_of_case}")
    while True:
        base = rng.choice(all_bases)
        # Tables first, rows second: a table of two rows is as likely as one of a hundred.
        table = rng.choice(base.tables)
        slip = KINDS[kind](base, table, rng)
        if slip:
            return kind, base, slip


def apply(slip, folder):
    for path, held in slip.files.items():
        target = folder / path
        if held is None:
            target.unlink()
        elif isinstance(held, str):
            target.write_text(held, encoding="utf-8")
        else:
            held.save(target, slip.table.roles)


def judge(base, slip, before, after):
    """same, reported (by place or by name), astray or silent; with the figures that differ and the findings that are new."""
    own = base.year
    changed = differences({own: before[0][own]}, {own: after[0][own]})
    years = [own] if changed else base.from_here
    changed = changed or differences(before[0], after[0])
    was = collections.Counter((f["year"], *said(f)) for f in before[1])
    new = []
    for finding in after[1]:
        key = finding["year"], *said(finding)
        was[key] -= 1
        if was[key] < 0 and finding["year"] in years:
            new.append(finding)
    if not changed:
        return "same", changed, new
    told = [f for f in new if is_open(f)]
    if not told:
        return "silent", changed, new
    touched = [slip.table.path.name.split(".")[0]] + [str(p) for p in slip.files]
    if any(f.get("file") and any(str(p) in f["file"] for p in slip.files) or any(str(p) in f["message"] for p in slip.files) for f in told):
        return "reported by place", changed, new
    names = {text for text in slip.row if len(text) > 2} | {base.labels.get(text, text) for text in slip.row if len(text) > 2} | set(touched)
    if not slip.row:
        names |= {base.labels.get(text, text) for r in slip.table.data for text in slip.table.grid.rows[r] if len(text) > 2}
    if any(name.lower() in (f["message"] + " " + (f.get("value") or "")).lower() for f in told for name in names if name):
        return "reported by name", changed, new
    return "astray", changed, new


def shown(finding):
    place = "!".join(t for t in (finding.get("file"), finding.get("sheet"), finding.get("cell")) if t)
    return f"{finding['severity']} {finding['code']} {place}: {finding['message']} | {finding.get('value')} | hint: {finding.get('hint')}"


def print_table(results):
    columns = ["same", "reported by place", "reported by name", "not knowable", "astray", "silent"]
    counts = collections.defaultdict(collections.Counter)
    for r in results.values():
        counts[r["kind"]][r["outcome"]] += 1
    print(f"{'kind':38}{'cases':>7}" + "".join(f"{c.replace('reported ', ''):>14}" for c in columns))
    for kind in KINDS:
        if counts[kind]:
            print(f"{kind:38}{sum(counts[kind].values()):7}" + "".join(f"{counts[kind][c]:14}" for c in columns))
    total = sum(counts.values(), collections.Counter())
    print(f"{'all':38}{sum(total.values()):7}" + "".join(f"{total[c]:14}" for c in columns))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    arguments.add_argument("--first", type=int, default=0)
    arguments.add_argument("--count", type=int, default=100)
    arguments.add_argument("--state", help="a file that remembers each case's outcome, to go on after an interruption")
    arguments.add_argument("--ledgers", default=str(pathlib.Path(__file__).resolve().parents[2] / "Ledgers"))
    arguments.add_argument("--kind", choices=list(KINDS), help="cases of this kind alone; they are others than those of the round")
    arguments.add_argument("--keep", help="a folder that gets each silent case's partnership")
    options = arguments.parse_args()
    program = os.path.abspath(options.program)
    state = pathlib.Path(options.state) if options.state else None
    results = json.loads(state.read_text()) if state and state.exists() else {}
    start = time.monotonic()
    done = 0
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        all_bases = bases(scratch / "bases", pathlib.Path(options.ledgers), program)
        for n in range(options.first, options.first + options.count):
            if str(n) in results:
                continue
            kind, base, slip = make(n, all_bases, options.kind)
            folder = scratch / "case"
            shutil.copytree(base.folder, folder)
            apply(slip, folder)
            outcome, changed, new = judge(base, slip, base.before, answer(program, folder, base.from_here))
            why = not_knowable(base, kind, slip) if outcome in ("astray", "silent") else None
            results[str(n)] = {
                "kind": kind, "base": f"{base.name}/{base.year}", "table": slip.table.kind,
                "column": slip.table.titles[slip.column] if slip.column is not None else "", "what": slip.what,
                "outcome": "not knowable" if why else outcome, "why": why, "follows": bool(slip.evidence.get("follows")),
                "changed": changed[:12], "count": len(changed), "new": [shown(f) for f in new][:12],
            }
            if outcome in ("astray", "silent") and options.keep:
                shutil.copytree(folder, pathlib.Path(options.keep) / f"{n}", dirs_exist_ok=True)
            if outcome in ("astray", "silent") and not why:
                print(f"{n} {outcome}: {kind}: {base.name}/{base.year}: {slip.what}\n  " + "\n  ".join(changed[:3] + [shown(f) for f in new][:3]), flush=True)
            shutil.rmtree(folder)
            done += 1
            if state and done % 20 == 0:
                state.write_text(json.dumps(results))
        if state:
            state.write_text(json.dumps(results))
    wanted = {k: r for k, r in results.items() if options.first <= int(k) < options.first + options.count}
    print_table(wanted)
    for why, count in collections.Counter((r["kind"], r["why"]) for r in wanted.values() if r["why"]).items():
        print(f"not knowable, {count} of {why[0]}: {why[1]}")
    failed = sum(r["outcome"] in ("astray", "silent") for r in wanted.values())
    print(f"{(time.monotonic() - start) * 100 / max(done, 1):.1f} s for 100 cases")
    print(f"{len(wanted) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
