#!/usr/bin/env python3
"""Generated exports with a known ledger: what a stranger's file becomes, by the map that the program suggests.

    exports.py --program .build/release/outturn --count 120 [--seed TEXT] [--only N] [--state FILE]

Each export holds the transactions of a year that is known here, in one of many layouts: names of columns, one amount
or two, marks of a side, units, currencies, totals, balances, ways to write a period, sheets. `map suggest` guesses the
map, every code that it lists is made expenditure, and the file is imported. Then either the statement has the known
total, of the year and up to a period, which is right; or something was asked: a command refused, or an error or a
warning names the file or its map. Anything else is wrong in silence, and none may be.

What the file itself can't tell is asked for by the program and counted as such; no other allowance is made.
"""
import argparse, collections, csv, datetime, json, pathlib, random, re, shutil, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Scripts/support"))
import libreoffice

AGREEMENT = """partnership "P"
members alpha beta
host alpha
books alpha
contributors police
signs funding positive, expenditure positive
section "Funding"
  approved budget "General fund"
  from police "Police"
  total "Total funding"
section "Expenditure"
  cost costs "Costs"
  total "Total expenditure"
  met from reserves "Met from reserves"
  net outturn "Net outturn"
section "Reserves"
  brought forward "B/f"
  to reserves "To reserves"
  carried forward "C/f"
contribution approved budget of each member, stays
rule "Everything"
  for anything else
  take rest from members equally
surplus of each member to its reserve
deficit of each member from its reserve, at most balance; rest from its general fund
"""
MONTHS = "Apr May Jun Jul Aug Sep Oct Nov Dec Jan Feb Mar".split()
# The names that systems give: code, cost centre, period, date, document, description, amount, debit, credit.
STYLES = {
    "Oracle": ("Natural Account", "Cost Centre", "Period Name", "Effective Date", "Journal Name", "Line Description", "Amount", "Accounted Dr", "Accounted Cr"),
    "SAP": ("G/L Account", "Cost Ctr", "Posting period", "Pstng Date", "Document Number", "Text", "Amount in local currency", "Debit", "Credit"),
    "Unit4": ("Account", "CostC", "Period", "Trans.date", "TransNo", "Text", "Amount", "Debit", "Credit"),
    "Civica": ("Detail Code", "Cost Centre", "Period", "Transaction Date", "Reference", "Narrative", "Value", "Debit Amount", "Credit Amount"),
    "Integra": ("Account Code", "Centre", "Period No", "Date", "Doc No", "Details", "Base Amount", "Debits", "Credits"),
    "Sage": ("N/C", "Dept", "Period", "Date", "Ref", "Details", "Net Amount", "Debit", "Credit"),
    "plain": ("Code", "Cost centre", "Period", "Date", "Document", "Description", "Amount", "Debit", "Credit"),
    "snake": ("account_code", "cost_centre", "accounting_period", "transaction_date", "document_number", "line_description", "amount", "debit_amount", "credit_amount"),
    "camel": ("AccountCode", "CostCentre", "Period", "PostingDate", "DocumentNo", "Description", "Amount", "Debit", "Credit"),
}


class Export:
    """One export: rows of cells to be written, and what is right of it."""

    def __init__(self, rng):
        self.rng = rng
        self.kinds = []
        codes = [str(rng.choice([4000, 40100, 512]) + n * rng.choice([1, 5, 10])) for n in range(rng.randint(2, 6))]
        self.rows = []
        for n in range(rng.randint(4, 40)):
            period = rng.randint(1, 12)
            day = rng.randint(1, 28)
            date = datetime.date(2025 if period < 10 else 2026, (period + 2) % 12 + 1, day)
            pence = rng.choice([rng.randint(100, 99_999), rng.randint(100_000, 9_999_999), 100 * rng.randint(1, 5_000)])
            if rng.random() < 0.12:
                pence = -pence
            text = rng.choice(["Rent", "Training, two days", "Total Gas & Power Ltd", "Travel", "Room \"A\"", "Invoice 12", "Sundry", "Subscriptions Ltd"])
            self.rows.append(dict(code=rng.choice(sorted(set(codes))), centre=rng.choice(["LSCB", "LSCP"]), period=period, date=date, doc=f"D{1000 + n}", text=text, pence=pence, counts=True))
        self.rows.sort(key=lambda r: r["period"])

    def say(self, *kinds):
        self.kinds += kinds


def amount_text(pence, style):
    sign, whole = pence < 0, abs(pence)
    plain, grouped = f"{whole // 100}.{whole % 100:02}", f"{whole // 100:,}.{whole % 100:02}"
    return {"plain": ("-" if sign else "") + plain, "grouped": ("-" if sign else "") + grouped, "brackets": f"({grouped})" if sign else grouped,
            "trailing": grouped + ("-" if sign else ""), "pounds": ("-" if sign else "") + "£" + grouped}[style]


def period_text(row, style):
    p, d = row["period"], row["date"]
    return {"number": f"{p}", "padded": f"{p:02}", "P": f"P{p:02}", "word": f"Period {p}", "start": f"2025{p:02}", "end": f"2026{p:02}", "both": f"2025/26 P{p}", "short both": f"2526/{p:02}",
            "slash": f"{p:03}/2025", "month": f"{MONTHS[p - 1].upper()}-{d:%y}", "calendar": f"{d:%Y-%m}", "name": MONTHS[p - 1]}[style]


def date_text(date, style):
    return {"iso": f"{date:%Y-%m-%d}", "english": f"{date:%d/%m/%Y}", "american": f"{date:%m/%d/%Y}", "packed": f"{date:%Y%m%d}", "timed": f"{date:%d/%m/%Y} 00:00", "named": f"{date:%d-%b-%Y}",
            "serial": str((date - datetime.date(1899, 12, 30)).days)}[style]


def make(rng):
    """Sheets of rows, what they come to, and how one may be written."""
    export = Export(rng)
    style = rng.choice(sorted(STYLES))
    code, centre, period, date, doc, text, amount, debit, credit = STYLES[style]
    export.say("names: " + style)
    way = rng.choice(["signed", "signed", "signed", "sides", "sides", "negative credits", "marks", "marks", "net", "base", "months", "trial balance"])
    unit = rng.choice(["pounds"] * 8 + ["pence", "thousands"]) if way in ("signed", "sides") else "pounds"
    figures = "plain" if way in ("net", "months") or unit != "pounds" else rng.choice(["plain", "plain", "plain", "grouped", "brackets", "trailing", "pounds"])
    export.say("amounts: " + way, "unit: " + unit, "figures: " + figures)
    if unit == "thousands":
        for row in export.rows:
            row["pence"] = row["pence"] // 100 * 100_000
    if way in ("months", "trial balance"):
        return summary(export, way, code, text, debit, credit)

    periods = rng.choice(["number", "padded", "P", "word", "start", "end", "both", "short both", "slash", "month", "calendar", "name", "year beside", "dates only", "dates only"])
    dates = rng.choice(["iso", "english", "american", "packed", "timed", "named", "serial"])
    if dates == "american" and all(r["date"].day <= 12 for r in export.rows):
        export.rows[0]["date"] = export.rows[0]["date"].replace(day=20)
    export.say("periods: " + periods, "dates: " + dates)
    columns = [(code, lambda r: r["code"]), (date, lambda r: date_text(r["date"], dates)), (doc, lambda r: r["doc"]), (text, lambda r: r["text"])]
    if rng.random() < 0.4:
        columns.append((centre, lambda r: r["centre"]))
    if periods == "year beside":
        columns += [("Year", lambda r: "2025/26"), (period, lambda r: f"{r['period']}")]
    elif periods != "dates only":
        columns.append((period, lambda r: period_text(r, periods)))
    # What the amount's column would lead astray.
    if rng.random() < 0.3:
        extra = rng.choice(["User", "Batch", "Budget", "Commitment", "Quantity", "Status", "Prior Year Actual", "YTD Actual"])
        export.say("beside: " + extra)
        if extra == "Status":
            for row in export.rows:
                row["status"] = rng.choice(["Posted"] * 5 + ["Cancelled"])
                row["counts"] = row["status"] == "Posted"
            if not any(r["counts"] for r in export.rows):
                export.rows[0].update(status="Posted", counts=True)
            columns.append((extra, lambda r: r["status"]))
        elif extra in ("User", "Batch"):
            columns.append((extra, lambda r: {"User": "JSMITH1", "Batch": f"B{r['period']:03}"}[extra]))
        else:
            columns.append((extra, lambda r: str(rng.randint(1, 9)) if extra == "Quantity" else amount_text(rng.randint(1_000, 999_999), figures)))
    rng.shuffle(columns)
    shown = (lambda p: amount_text(p, figures)) if unit == "pounds" else (lambda p: str(p)) if unit == "pence" else (lambda p: str(p // 100_000) if p % 100_000 == 0 else f"{Decimal(p) / 100_000}")
    mark = {"pence": " (pence)", "thousands": " £000"}.get(unit, "")
    if way == "signed":
        columns.append((amount + mark, lambda r: shown(r["pence"])))
    elif way in ("sides", "negative credits"):
        turned = -1 if way == "negative credits" else 1
        blank = rng.choice(["", "0.00"]) if unit == "pounds" else ""
        columns += [(debit + mark, lambda r: shown(r["pence"]) if r["pence"] > 0 else blank), (credit + mark, lambda r: shown(-turned * r["pence"]) if r["pence"] < 0 else blank)]
    elif way == "marks":
        title, c, d = rng.choice([("D/C", "C", "D"), ("Dr/Cr", "CR", "DR"), ("S/H", "H", "S"), ("Debit/Credit", "Credit", "Debit")])
        columns += [(amount, lambda r: shown(abs(r["pence"]))), (title, lambda r: c if r["pence"] < 0 else d)]
    elif way == "net":
        columns += [("Net", lambda r: shown(r["pence"])), ("VAT", lambda r: shown(r["pence"] // 5)), ("Gross", lambda r: shown(r["pence"] + r["pence"] // 5))]
    elif way == "base":
        has_base = rng.random() < 0.7
        for row in export.rows:
            row["currency"] = rng.choice(["GBP", "GBP", "EUR", "USD"])
        export.say("base amount beside" if has_base else "no base amount")
        columns += [("Currency", lambda r: r["currency"]), ("Transaction Amount", lambda r: shown(r["pence"] if r["currency"] == "GBP" else r["pence"] * 3 // 2))]
        if has_base:
            columns.append(("Amount GBP", lambda r: shown(r["pence"])))
    header = [title for title, _ in columns]
    width, at = len(header), {title: n for n, title in enumerate(header)}
    has_balance = way in ("signed", "sides", "negative credits") and unit == "pounds" and rng.random() < 0.25
    if has_balance:
        export.say("running balance")
    body, running = [], 0

    def line(row):
        nonlocal running
        running += row["pence"]
        return [write(row) for _, write in columns] + ([shown(running)] if has_balance else [])

    def total(words, pence):
        cells = [""] * (width + has_balance)
        cells[at[code]] = words
        for title, side in ((amount, 0), ("Net", 0), ("Amount GBP", 0)):
            if title + (mark if title == amount else "") in at and way in ("signed", "net", "base") and (title != amount or way == "signed"):
                cells[at[title + (mark if title == amount else "")]] = shown(pence)
        return cells

    totals = rng.choice(["none", "none", "none", "grand", "subs", "both"]) if way == "signed" and not has_balance else "none"
    export.say("totals: " + totals)
    rows = export.rows
    if totals in ("subs", "both"):
        rows = sorted(rows, key=lambda r: (r["code"], r["period"]))
        prefix = rng.random() < 0.5
        for value in sorted({r["code"] for r in rows}):
            part = [r for r in rows if r["code"] == value]
            body += [line(r) for r in part] + [total(f"Total {value}" if prefix else f"{value} Total", sum(r["pence"] for r in part))]
    else:
        body += [line(r) for r in rows]
    if totals in ("grand", "both"):
        body.append(total(rng.choice(["Grand Total", "Total"]), sum(r["pence"] for r in rows)))
    if has_balance:
        header.append("Balance")
        if rng.random() < 0.3:
            opening = [""] * (width + 1)
            opening[at[text]] = "Opening balance"
            opening[width] = shown(0)
            body.insert(0, opening)
    above = [["Ledger export"], ["Run by finance systems"], []][: rng.choice([0, 0, 0, 2, 3])]
    if rng.random() < 0.15 and len(body) > 8 and totals == "none":
        export.say("page headings")
        body = body[:5] + [header] + body[5:]
    expected = [(r["period"], r["pence"]) for r in export.rows if r["counts"]]
    sheets = [("Ledger", above + [header] + body)]
    if totals == "none" and not has_balance and rng.random() < 0.15:
        export.say("a sheet a quarter")
        sheets = [(f"Q{q}", [header] + [line(r) for r in export.rows if (r["period"] - 1) // 3 == q - 1]) for q in range(1, 5)]
        sheets = [s for s in sheets if len(s[1]) > 1]
        if rng.random() < 0.5 and len(sheets) > 1:
            export.say("and one of the year")
            sheets.append(("Year", [header] + [line(r) for r in export.rows]))
    numeric = {t for t in header if t.split(" (")[0].split(" £")[0] in (amount, debit, credit, "Net", "VAT", "Gross", "Balance", "Transaction Amount", "Amount GBP", "Budget", "Commitment", "Prior Year Actual", "YTD Actual", "Quantity", code)}
    return export, sheets, expected, numeric, figures


def summary(export, way, code, text, debit, credit):
    """Files that give a code's sum: a month a column, or a trial balance at a period."""
    rng, sums = export.rng, collections.defaultdict(lambda: collections.defaultdict(int))
    for row in export.rows:
        sums[row["code"]][row["period"]] += row["pence"]
    if way == "months":
        style = rng.choice(["P", "Mmm", "Mmm-yy"])
        has_plan = rng.random() < 0.4
        export.say("months: " + style + (", plans beside" if has_plan else ""))
        name = lambda p: {"P": f"P{p}", "Mmm": MONTHS[p - 1], "Mmm-yy": f"{MONTHS[p - 1]}-{25 if p < 10 else 26}"}[style]
        titles = [t for p in range(1, 13) for t in ([f"{name(p)} Budget", f"{name(p)} Actual"] if has_plan else [name(p)])]
        rows = [[code, text] + titles]
        for c in sorted(sums):
            cells = [c, "Sundry costs"]
            for p in range(1, 13):
                cells += ([amount_text(rng.randint(0, 99_999), "plain")] if has_plan else []) + [amount_text(sums[c][p], "plain") if sums[c][p] else ""]
            rows.append(cells)
        return export, [("Ledger", rows)], [(p, v) for c in sums for p, v in sums[c].items()], set(titles), "plain"
    at = rng.choice([3, 6, 12])
    export.say("trial balance")
    part = {c: sum(v for p, v in sums[c].items() if p <= at) for c in sums}
    part = {c: v for c, v in part.items() if v}
    date = datetime.date(2025 if at < 10 else 2026, (at + 2) % 12 + 1, {3: 30, 6: 30, 12: 31}[at])
    rows = [["Trial balance"], [rng.choice([f"As at {date:%d %B %Y}", f"Period {at}"])], [code, text, debit, credit]]
    for c, v in sorted(part.items()):
        rows.append([c, "Sundry costs", amount_text(v, "plain") if v > 0 else "", amount_text(-v, "plain") if v < 0 else ""])
    return export, [("TB", rows)], [(at, v) for v in part.values()], {debit, credit, code}, "plain"


# MARK: Writing

def write(export, sheets, numeric, figures, folder, number):
    """- Returns: the path, and the format that LibreOffice is to make of it, or nothing."""
    rng = export.rng
    kind = rng.choice(["csv"] * 4 + ["xlsx"] * 4 + ["ods", "fods", "xls"])
    if len(sheets) > 1 and kind == "csv":
        kind = "xlsx"
    export.say("written: " + kind)
    if kind == "csv":
        path = folder / f"e{number}.csv"
        encoding = rng.choice(["utf-8", "utf-8-sig", "cp1252"])
        with open(path, "w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=rng.choice([",", ",", ";", "\t"]), lineterminator=rng.choice(["\n", "\r\n"]), quoting=rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])).writerows(sheets[0][1])
        return path, None
    from openpyxl import Workbook
    book = Workbook()
    book.remove(book.active)
    as_numbers = figures == "plain" or rng.random() < 0.8
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        titles = next(r for r in rows if len(r) > 2)
        for r, cells in enumerate(rows, 1):
            for c, value in enumerate(cells, 1):
                if value == "":
                    continue
                held = value
                if as_numbers and titles[c - 1:c] and titles[c - 1] in numeric:
                    bare = value.replace(",", "").replace("£", "")
                    bare = "-" + bare.strip("()-") if bare.startswith("(") or bare.endswith("-") else bare
                    if re.fullmatch(r"-?\d+(\.\d+)?", bare):
                        held = float(bare) if "." in bare else int(bare)
                sheet.cell(r, c).value = held
    path = folder / f"e{number}.xlsx"
    book.save(path)
    return path, None if kind == "xlsx" else kind


# MARK: Judging

def run(program, *words):
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=60)


def judge(program, path, expected, folder):
    """- Returns: right, asked or wrong, and why."""
    home = folder / (path.stem + "-" + path.suffix[1:])
    (home / "maps").mkdir(parents=True)
    (home / "2025-26").mkdir()
    (home / "agreement").write_text(AGREEMENT)
    (home / "2025-26/budget.csv").write_text("heading,alpha,beta\ncosts,0.00,0.00\n")
    (home / "2025-26/opening.csv").write_text("member,reserve\nalpha,0.00\nbeta,0.00\n")
    suggested = run(program, "map", "suggest", path)
    if suggested.returncode:
        return "asked", f"suggest: {suggested.stderr[:200]}"
    # Every code that the suggestion lists, made a cost.
    (home / "maps/m.yaml").write_text(re.sub(r'^#\s*(".*"): *expenditure', r"  \1: expenditure costs", suggested.stdout, flags=re.M))
    imported = run(program, "import", home, path, "--map", "m")
    if imported.returncode:
        return "asked", f"import: {imported.stderr[:300]}"
    checked = run(program, "check", home, "--format", "json")
    answer = json.loads(checked.stdout)
    findings = answer["findings"] if isinstance(answer, dict) else answer
    told = [f for f in findings if f["severity"] in ("error", "warning") and f.get("file") and ("exports/" in f["file"] or "maps/" in f["file"])
            # What the import says of the file, and not what the year says of its ledger.
            and (f["code"][1:3] in ("01", "02") or f["code"] in ("W0414", "W0433"))]
    totals = [(12, sum(v for _, v in expected))] + [(p, sum(v for q, v in expected if q <= p)) for p in (4, 9)]
    wrong = []
    for p, want in totals:
        words = ["statement", home, "--format", "csv"] + (["--to", f"P{p}"] if p < 12 else [])
        out = run(program, *words).stdout
        got = next((row for row in csv.reader(out.splitlines()) if any("Total expenditure" == c for c in row)), None)
        figure = Decimal(re.sub(r"[^0-9.\-]", "", got[-1]) or "0") if got else None
        if figure is None or figure != Decimal(want) / 100:
            wrong.append(f"to P{p}: {figure}, must be {Decimal(want) / 100}")
    if not wrong:
        return "right", ""
    if told:
        return "asked", f"{told[0]['code']} {told[0]['message']}"
    return "wrong", "; ".join(wrong)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    arguments.add_argument("--count", type=int, default=120)
    arguments.add_argument("--seed", default="exports")
    arguments.add_argument("--only", type=int, help="one export alone, which is kept")
    arguments.add_argument("--kinds", action="store_true", help="the figure by kind")
    arguments.add_argument("--state", help="a file that remembers how many are done, to go on after an interruption")
    options = arguments.parse_args()
    program = str(pathlib.Path(options.program).resolve())
    state = pathlib.Path(options.state) if options.state else None
    tally = json.loads(state.read_text()) if state and state.exists() else {"done": 0, "right": 0, "asked": 0, "wrong": 0, "kinds": {}}
    numbers = [options.only] if options.only is not None else range(tally["done"], options.count)
    batch = 100
    failures = []
    for start in range(0, len(numbers), batch):
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch) if options.only is None else pathlib.Path(tempfile.mkdtemp())
            made = {}
            for n in numbers[start:start + batch]:
                rng = random.Random(f"{options.seed} {n}")
                export, sheets, expected, numeric, figures = make(rng)
                path, convert = write(export, sheets, numeric, figures, folder, n)
                made[n] = [export, path, convert, expected]
            for ending in ("ods", "fods", "xls"):
                wanted = [n for n in made if made[n][2] == ending]
                if wanted:
                    for n, path in zip(wanted, libreoffice.convert([str(made[n][1]) for n in wanted], str(folder), ending)):
                        made[n][1] = pathlib.Path(path)
            with ThreadPoolExecutor(2) as pool:
                verdicts = list(pool.map(lambda n: judge(program, made[n][1], made[n][3], folder), made))
            for n, (verdict, why) in zip(made, verdicts):
                export = made[n][0]
                tally[verdict] += 1
                for kind in export.kinds:
                    held = tally["kinds"].setdefault(kind, {"right": 0, "asked": 0, "wrong": 0})
                    held[verdict] += 1
                if options.only is not None:
                    print(verdict, why, made[n][1], export.kinds, sep="\n")
                if verdict == "wrong":
                    failures.append(n)
                    print(f"{n}: {why}\n  {', '.join(export.kinds)}")
                elif options.kinds and verdict == "asked":
                    print(f"{n} asked: {why.strip()[:160]!r}\n  {', '.join(export.kinds)}")
            tally["done"] = list(made)[-1] + 1
            if state and not failures:
                state.write_text(json.dumps(tally))
    total = tally["right"] + tally["asked"] + tally["wrong"]
    if options.kinds:
        for kind, held in sorted(tally["kinds"].items()):
            print(f"{kind:32} right {held['right']:4}  asked {held['asked']:4}  wrong {held['wrong']:4}")
    print(f"exports: {total}, of which {tally['right']} right at once, {tally['asked']} asked, {tally['wrong']} wrong in silence")
    print(f"{total - tally['wrong']} passed, {tally['wrong']} failed")
    return 1 if tally["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
