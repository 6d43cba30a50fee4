#!/usr/bin/env python3
"""Generated exports with a known ledger: what a stranger's file becomes, by the map that the program suggests.

    exports.py --program .build/release/outturn --count 120 [--seed TEXT] [--kinds] [--state FILE]
    exports.py --program .build/release/outturn --seed TEXT --only N [--shrink]

Each export holds a ledger that is known here, in one of many layouts: names and order of columns, one amount or two,
marks of a side, units, currencies, totals, balances, ways to write a period, sheets, and who wrote the file. `map
suggest` guesses the map, every code that it lists is made expenditure, and the file is imported. Then it is

  right   its postings come to the known total, in the year and in each period, and the codes listed are the ledger's;
  asked   a command refused and said why;
  told    it went in otherwise, and an error or a warning names the file, a cell of it or its map;
  wrong   anything else: wrong in silence, and none may be.

A layout is a set of traits, drawn each by itself; the first choice of each is the plainest. `--shrink` takes a wrong
export's traits back to the plainest and its rows away one after the other as long as it stays wrong: what is left is
its kind. What a file itself doesn't tell is said by three functions and nowhere else: `tells_sides`, `tells_periods`
and `tells_currency`.
"""
import argparse, collections, csv, datetime, json, os, pathlib, random, re, shutil, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Scripts/support"))
import libreoffice

AGREEMENT = """partnership "P"
members alpha
host alpha
books alpha
signs funding positive, expenditure positive
section "Funding"
  approved budget "General fund"
section "Expenditure"
  cost costs "Costs"
  total "Total expenditure"
  net outturn "Net outturn"
section "Reserves"
  brought forward "B/f"
  to reserves "To reserves"
  carried forward "C/f"
contribution approved budget of each member, stays
rule "Everything"
  for anything else
  take rest from alpha
surplus of each member to its reserve
deficit of each member from its reserve, at most balance; rest from its general fund
"""
BUDGET = "line,alpha,total\napproved budget,1000000.00,1000000.00\ncosts,,1000000.00\n"
OPENING = "reserve of,brought forward,adjustment,reason\nalpha,1000000.00,,\n"
MONTHS = "Apr May Jun Jul Aug Sep Oct Nov Dec Jan Feb Mar".split()
LONG_MONTHS = "April May June July August September October November December January February March".split()

# The names that systems give to: code, cost centre, period, date, document, description, amount, debit, credit.
NAMES = {
    "plain": "Code|Cost centre|Period|Date|Document|Description|Amount|Debit|Credit",
    "Oracle": "Natural Account|Cost Centre|Period Name|Effective Date|Journal Name|Line Description|Amount|"
    "Accounted Dr|Accounted Cr",
    "SAP": "G/L Account|Cost Ctr|Posting period|Pstng Date|Document Number|Text|Amount in local currency|Debit|Credit",
    "Unit4": "Account|CostC|Period|Trans.date|TransNo|Text|Amount|Debit|Credit",
    "Civica": "Detail Code|Cost Centre|Period|Transaction Date|Reference|Narrative|Value|Debit Amount|Credit Amount",
    "Integra": "Account Code|Centre|Period No|Date|Doc No|Details|Base Amount|Debits|Credits",
    "Sage": "N/C|Dept|Period|Date|Ref|Details|Net Amount|Debit|Credit",
    "Xero": "Account Code|Tracking|Period|Date|Reference|Description|Amount|Debit (GBP)|Credit (GBP)",
    "QuickBooks": "Account|Class|Period|Date|Num|Memo/Description|Amount|Debit|Credit",
    "snake": "account_code|cost_centre|accounting_period|transaction_date|document_number|line_description|amount|"
    "debit_amount|credit_amount",
    "camel": "AccountCode|CostCentre|Period|PostingDate|DocumentNo|Description|Amount|DebitAmount|CreditAmount",
    "capitals": "GL CODE|COST CENTRE|PERIOD|TRANS DATE|DOC REF|NARRATIVE|AMOUNT|DEBIT|CREDIT",
}
ROLES = "code centre period date document description amount debit credit".split()
# Names that one thing has besides: currency, amount in it, amount in pounds.
BASES = [("Currency", "Transaction Amount", "Amount GBP"), ("Curr", "Amount in doc. curr.", "Amount in local currency"),
         ("Currency Code", "Entered Amount", "Accounted Amount"), ("Currency", "Amount", "Base Amount"),
         ("currency", "foreign_amount", "base_amount"), ("Transaction Currency", "Currency Amount", "GBP Equivalent")]
# A column of marks: its title, a credit's and a debit's; a side may have several.
MARKS = {
    "D/C": ("D/C", "C", "D"), "Dr/Cr": ("Dr/Cr", "CR", "DR"), "S/H": ("S/H", "H", "S"),
    "words": ("Debit/Credit", "Credit", "Debit"), "indicator": ("D/C indicator", "H", "S"),
    "type": ("Type", "CR", "DR"), "sign": ("Sign", "-", "+"), "Sage types": ("Type", "PC JC SI", "PI JD BP")
}
# What leads astray beside the amount: a column's title, by kind.
BESIDE = {
    "user": "User", "batch": "Batch", "line": "Line No", "posted": "Status", "tax code": "T/C", "quantity": "Quantity",
    "budget": "Budget", "commitment": "Commitment", "YTD": "Year to date", "prior year": "Prior Year Actual",
    "rate": "Exchange Rate", "project": "Project", "order": "Order No", "cancelled": "Status", "unposted": "Status",
    "budget rows": "Record Type", "outstanding": "Amount Outstanding", "invoice": "Invoice Total", "due": "Due Date",
    "entity": "Company", "analysis": "Analysis Code", "cheque": "Cheque No", "unit price": "Unit Price",
    "VAT rate": "VAT %", "variance": "Variance", "forecast": "Forecast"
}
# Rows that the ledger doesn't hold, by what their column says of them.
NOT_COUNTED = {
    "cancelled": ("Cancelled", "Posted"), "unposted": ("Unposted", "Posted"), "budget rows": ("Budget", "Actual")
}

# Each trait's choices, the plainest first; a choice that is named twice comes twice as often.
TRAITS = {
    "names": list(NAMES),
    "order": ["as named", "shuffled"],
    "amounts": [
        "signed", "signed", "signed", "credits positive", "sides", "sides", "sides", "negative credits", "reversals",
        "marks", "marks", "marked and signed", "net", "base", "base sides", "foreign alone", "pounds named",
        "sides to date", "months", "months and plans", "months and quarters", "trial balance", "movements", "to date",
        "two years"
    ],
    "marks": list(MARKS),
    "ledger": ["costs", "costs", "costs", "all debits", "with income"],
    "codes": ["four", "four", "five", "three", "letter", "nought", "named"],
    "grouped": ["no"] * 8 + ["code on first row", "code above"],
    "texts": ["plain", "plain", "awkward"],
    "figures": [
        "plain", "plain", "plain", "grouped", "brackets", "trailing", "pounds", "pounds brackets", "cr", "cr and dr",
        "minus", "bare", "GBP", "spaced"
    ],
    "blanks": ["empty", "empty", "0.00", "-"],
    "unit": ["pounds"] * 12 + ["pence", "pence", "thousands", "thousands", "pence above", "thousands above"],
    "periods": [
        "number", "number", "padded", "P", "P0", "word", "end", "start", "both", "short both", "slash", "month",
        "month 20", "calendar", "name", "long name", "year beside", "end year beside", "dates only", "dates only",
        "dates only", "calendar number", "none"
    ],
    "dates": [
        "iso", "english", "short", "american", "packed", "timed", "iso timed", "named", "dotted", "serial", "cell",
        "cell", "cell"
    ],
    "invoices": ["same month", "same month", "same month", "earlier"],
    "centre": ["none", "there"],
    "beside": ["none", "none"] + list(BESIDE),
    "totals": ["none"] * 6 +
    ["grand", "grand", "grand first", "prefix", "suffix", "code beside", "both", "centres", "control above", "unnamed"],
    "words": ["code", "first", "description"],
    "balance": ["none"] * 6 + ["running", "running by code", "brought forward", "b/f and c/f"],
    "above": ["none", "none", "titles", "titles and blank", "named values"],
    "below": ["none", "none", "none", "end", "count"],
    "pages": ["none", "none", "none", "headings", "blank lines"],
    "sheets": ["one"] * 7 + ["cover", "summary", "names", "months", "quarters", "year too", "months unsaid"],
    "written": ["csv"] * 6 + ["xlsx"] * 6 + ["ods", "fods", "xls"],
    "csv": ["comma", "comma", "semicolon", "tab", "sep="],
    "encoding": ["utf-8", "utf-8-sig", "cp1252"],
    "lines": ["\n", "\r\n"],
    "quoted": ["minimal", "all"],
    "held": ["numbers", "numbers", "texts", "some texts"],
    "month names": ["P1", "Apr", "April", "Apr-25", "P01", "Period 1"],
    "at": ["title", "column", "as at", "unsaid"],
}

# Exports that give sums: a column a month, or a code's balance at a period.
MONTHLY = ("months", "months and plans", "months and quarters")
BALANCES = ("trial balance", "movements", "to date", "two years")
SUMS = MONTHLY + BALANCES
# Sheets that hold none of the ledger's rows.
NO_LEDGER = ("Cover", "Summary", "Codes")


class Cell(str):
    """What stands in a file of texts, and what a workbook holds instead."""

    held, shape = None, "General"

    def __new__(cls, text, held=None, shape="General"):
        new = super().__new__(cls, text)
        new.held, new.shape = held, shape
        return new


Row = collections.namedtuple("Row", "number code centre period date document text pence")


class Export:

    def __init__(self, seed, number, plain=(), kept=None, has_xls=False):
        """- Parameters:
           - plain: the traits that are taken back to the plainest.
           - kept: the rows that stay, by number."""
        self.seed, self.number = seed, number
        draw = self.random("traits")
        self.traits = {name: draw.choice(choices) for name, choices in TRAITS.items()}
        if not has_xls and self.traits["written"] == "xls":
            self.traits["written"] = "xlsx"
        for name in plain:
            self.traits[name] = TRAITS[name][0]
        self.settle()
        self.rows = [r for r in self.ledger() if kept is None or r.number in kept]
        self.counted = self.rows
        if self["beside"] in NOT_COUNTED:
            self.counted = [r for r in self.rows if not self.is_passed_over(r)]

    def random(self, *purpose):
        """Chance that is its own for each purpose, so that one trait's change leaves the rest as it is."""
        return random.Random(f"{self.seed} {self.number} {purpose}")

    def __getitem__(self, trait):
        return self.traits[trait]

    def settle(self):
        """Traits that can't be together are taken back."""
        t = self.traits

        def back(*names):
            for name in names:
                t[name] = TRAITS[name][0]

        if t["amounts"] in SUMS:
            back("periods", "dates", "invoices", "balance", "beside", "pages", "sheets", "order", "unit", "centre")
            if t["totals"] not in ("none", "grand"):
                back("totals")
            if t["figures"] in ("cr", "cr and dr"):
                back("figures")
        else:
            back("month names", "at")
        if t["amounts"] not in ("signed", "sides", "credits positive"):
            back("unit")
        if t["amounts"] != "signed" and t["figures"] in ("cr", "cr and dr"):
            back("figures")
        if t["amounts"] not in ("marks", "marked and signed"):
            back("marks")
        elif t["marks"] in ("Sage types", "sign") and t["amounts"] == "marked and signed":
            back("marks")
        if t["amounts"] not in ("sides", "negative credits", "reversals", "base sides", "sides to date",
                                "trial balance", "movements"):
            back("blanks")
        if t["unit"] != "pounds":
            back("figures", "blanks", "balance")
        if t["unit"].endswith("above") and t["above"] == "none":
            t["above"] = "titles"
        if t["sheets"] == "months unsaid":
            t["periods"] = "none"
        if t["periods"] in ("dates only", "calendar number", "none"):
            back("invoices")
        if t["amounts"] in ("foreign alone", "marks", "marked and signed", "base", "base sides",
                            "sides to date") and t["balance"] != "none":
            back("balance")
        if t["balance"] != "none" or t["sheets"] in ("months", "quarters", "year too", "months unsaid"):
            back("totals", "pages")
        if t["balance"] != "none" and t["sheets"] != "one":
            back("sheets")
        if t["beside"] in NOT_COUNTED:
            back("totals", "balance")
        if t["totals"] == "centres":
            t["centre"] = "there"
        if t["totals"] not in (
                "none", "grand", "prefix", "suffix"
        ) or t["balance"] != "none" or t["sheets"] != "one" or t["pages"] == "headings" or t["amounts"] in SUMS:
            back("grouped")
        if t["beside"] in ("rate", ) and not t["amounts"].startswith("base"):
            back("beside")
        if t["totals"] in ("none", "control above", "code beside", "centres", "unnamed"):
            back("words")
        if t["sheets"] != "one" and t["written"] == "csv":
            t["written"] = "xlsx"
        if t["written"] == "csv":
            back("held")
            if t["dates"] == "cell":
                t["dates"] = "english"
        else:
            back("csv", "encoding", "lines", "quoted")

    # ---- the ledger ------------------------------------------------------------------------------

    def ledger(self):
        draw = self.random("ledger")
        first, step, count = draw.choice([0, 10, 100]), draw.choice([1, 5, 10]), draw.randint(2, 6)
        named = {"four": "{}", "five": "4{}", "three": "{}", "letter": "D{}", "nought": "0{}",
                 "named": "{} Supplies"}[self["codes"]]
        codes = [named.format((400 if self["codes"] == "three" else 4000) + first + step * n) for n in range(count)]
        income = set(codes[count // 2:]) if self["ledger"] == "with income" else set()
        texts = ["Rent", "Training", "Travel", "Invoice 12", "Sundry", "Room hire", "Stationery", "Licences"]
        if self["texts"] == "awkward":
            texts += [
                "Training, two days", "Total Gas & Power Ltd", "Room \"A\", annexe", "Café supplies £5",
                "Total Fitness Centres", "Balance of rent; final", "Credit check", "  spaced  ", "'quoted"
            ] * 2
        rows = []
        for n in range(draw.randint(5, 40)):
            period, day = draw.randint(1, 12), draw.randint(1, 28)
            date = datetime.date(2025 if period < 10 else 2026, (period + 2) % 12 + 1, day)
            pence = draw.choice(
                [draw.randint(100, 99_999),
                 draw.randint(100_000, 9_999_999), 100 * draw.randint(1, 5_000)])
            is_refund, code = draw.random() < 0.12, draw.choice(codes)
            if (is_refund and self["ledger"] != "all debits") != (code in income):
                pence = -pence
            if self["unit"].startswith("thousands"):
                pence = pence // 1000 * 10**(5 - self.thousandths()) or 10**(5 - self.thousandths())
            if self["invoices"] == "earlier" and draw.random() < 0.6:
                date = max(date - datetime.timedelta(draw.randint(1, 40)), datetime.date(2025, 4, 1))
            rows.append(
                Row(n, code, draw.choice(["LSCB", "LSCP"]), period, date, f"D{1000 + n}", draw.choice(texts), pence))
        rows.sort(key=lambda r: (r.period, r.number))
        return rows

    def thousandths(self):
        """How many places the thousands have; no export's figure is rounded."""
        return self.random("thousandths").choice([0, 1, 2, 3])

    def is_passed_over(self, row):
        return self.random("passed over", row.number).random() < 0.2 and row.number > 0

    # ---- what the file tells ---------------------------------------------------------------------

    def tells_sides(self):
        """Whether the file says which sign a cost has. One column of signed amounts, whose figures bear no CR, only
        does where nearly all are of one sign: most rows of a ledger are costs."""
        if self["amounts"] not in ("signed", "credits positive", "net", "pounds named", "base", *MONTHLY, "to date",
                                   "two years") or self["figures"].startswith("cr"):
            return True
        shown = [p for _, p in self.expected()] if self["amounts"] in SUMS else [r.pence for r in self.rows]
        return sum(p > 0 for p in shown) >= 0.75 * len(shown)

    def tells_periods(self):
        """Whether the file says each row's period. A period such as 2025-06 may count the year's periods or the
        calendar's months, and 03/04 may be either's day, where both put each row into the year, unless dates or
        periods beside tell."""
        kind, dates = self["periods"], self["dates"]
        if kind == "none":
            # By the sheets' names, or by dates; where neither does, none may be made up.
            return True
        may_be_either = dates in ("english", "short", "american", "timed", "dotted")
        has_month_first_doubt = may_be_either and all(
            r.date.day <= 12 and in_year(r.date.year, r.date.day) for r in self.rows)
        is_dated = self.has_dates() and not has_month_first_doubt and self["invoices"] == "same month"
        if kind == "dates only":
            return not has_month_first_doubt
        if kind in ("end", "start", "calendar") and not is_dated:
            year = {"end": lambda r: 2026, "start": lambda r: 2025, "calendar": lambda r: r.date.year}[kind]
            month = (lambda r: r.date.month) if kind == "calendar" else (lambda r: r.period)
            readings = [
                all(year(r) == 2026 for r in self.rows),
                all(year(r) == 2025 for r in self.rows),
                all(in_year(year(r), month(r)) for r in self.rows)
            ]
            return sum(readings) == 1
        return kind != "calendar number" or is_dated

    def has_dates(self):
        """Whether the file has a column of dates."""
        if self["amounts"] in SUMS or self["sheets"] == "months unsaid":
            return False
        if self["periods"] == "none":
            return self["dates"] == "cell"
        return self["periods"] in ("dates only", "calendar number") or self.random("date").random() < 0.7

    def tells_currency(self):
        """Whether pounds can be had of the file: not where rows are of another currency and no column is in pounds."""
        return self["amounts"] != "foreign alone" or all(self.currency(r) == "GBP" for r in self.counted)

    def expected(self):
        """What must be posted: (period, pence)."""
        if self["amounts"] in BALANCES:
            sums = collections.Counter()
            for row in self.counted:
                if row.period <= self.at():
                    sums[row.code] += row.pence
            return [(self.at(), v) for v in sums.values()]
        if self["amounts"] in MONTHLY:
            sums = collections.Counter()
            for row in self.counted:
                sums[row.code, row.period] += row.pence
            return [(p, v) for (_, p), v in sums.items()]
        return [(r.period, r.pence) for r in self.counted]

    def at(self):
        return max(self.random("at").choice([3, 6, 9, 12]), min(r.period for r in self.rows))

    # ---- cells -----------------------------------------------------------------------------------

    def currency(self, row):
        return self.random("currency", row.number).choice(["GBP", "GBP", "EUR", "USD"]) if row.number else "EUR"

    def figure(self, pence):
        style, unit = self["figures"], self["unit"].split()[0]
        value = {"pounds": Decimal(pence) / 100, "pence": Decimal(pence), "thousands": Decimal(pence) / 100_000}[unit]
        places = {"pounds": 2, "pence": 0, "thousands": self.thousandths()}[unit]
        is_below, text = value < 0, f"{abs(value):.{places}f}"
        if style not in ("plain", "bare"):
            text = f"{abs(value):,.{places}f}"
        if style == "bare":
            text = text.rstrip("0").rstrip(".") if "." in text else text
        if style.startswith("pounds"):
            text = "£" + text
        if style == "GBP":
            text = "GBP " + text
        if is_below:
            text = {
                "GBP": text.replace("GBP ", "GBP -"), "brackets": f"({text})", "pounds brackets": f"({text})",
                "trailing": text + "-", "cr": text + "CR", "cr and dr": text + " CR", "minus": "−" + text
            }.get(style, "-" + text)
        elif style == "cr and dr":
            text += " DR"
        if style == "spaced":
            text = f" {text} "
        shape = {
            "grouped": "#,##0.00", "brackets": "#,##0.00;(#,##0.00)", "trailing": "#,##0.00;#,##0.00-",
            "pounds": "£#,##0.00", "pounds brackets": "£#,##0.00;(£#,##0.00)", "cr": '#,##0.00;#,##0.00"CR"',
            "cr and dr": '#,##0.00" DR";#,##0.00" CR"'
        }.get(style, "General")
        return Cell(text, int(value) if value == int(value) else float(value), shape)

    def blank(self):
        return {"empty": "", "0.00": Cell("0.00", 0, "0.00"), "-": "-"}[self["blanks"]]

    def debit(self, pence):
        """A side's cells; some of a reversal's ledger stand below zero on the other side."""
        return self.figure(pence) if pence > 0 else self.blank()

    def credit(self, pence):
        return self.figure(pence if self["amounts"] == "negative credits" else -pence) if pence < 0 else self.blank()

    def period(self, row):
        p, d, number = row.period, row.date, lambda v: Cell(str(v), v)
        d = datetime.date(2025 if p < 10 else 2026, (p + 2) % 12 + 1, 1)
        return {
            "number": lambda: number(p), "padded": lambda: f"{p:02}", "P": lambda: f"P{p}", "P0": lambda: f"P{p:02}",
            "word": lambda: f"Period {p}", "start": lambda: number(202500 + p), "end": lambda: number(202600 + p),
            "both": lambda: f"2025/26 P{p}", "short both": lambda: f"2526/{p:02}", "slash": lambda: f"{p:03}/2025",
            "month": lambda: f"{MONTHS[p - 1].upper()}-{d:%y}", "month 20": lambda: f"{MONTHS[p - 1]} {d:%Y}",
            "calendar": lambda: f"{d:%Y-%m}", "name": lambda: MONTHS[p - 1], "long name": lambda: LONG_MONTHS[p - 1],
            "year beside": lambda: number(p), "end year beside": lambda: number(p),
            "calendar number": lambda: number(d.month)
        }[self["periods"]]()

    def date(self, date):
        serial = (date - datetime.date(1899, 12, 30)).days
        return {
            "iso": lambda: f"{date:%Y-%m-%d}", "english": lambda: f"{date:%d/%m/%Y}",
            "short": lambda: f"{date:%d/%m/%y}", "american": lambda: f"{date:%m/%d/%Y}",
            "packed": lambda: Cell(f"{date:%Y%m%d}", int(f"{date:%Y%m%d}")), "timed": lambda: f"{date:%d/%m/%Y} 09:30",
            "iso timed": lambda: f"{date:%Y-%m-%d}T00:00:00", "named": lambda: f"{date:%d-%b-%Y}",
            "dotted": lambda: f"{date:%d.%m.%Y}", "serial": lambda: Cell(str(serial), serial),
            "cell": lambda: Cell(f"{date:%d/%m/%Y}", datetime.datetime(date.year, date.month, date.day), "dd/mm/yyyy")
        }[self["dates"]]()

    def code(self, code):
        return Cell(code, int(code)) if self["codes"] in ("four", "five", "three") and self["held"] != "texts" else code

    def beside(self, row):
        draw, kind = self.random("beside", row.number), self["beside"]
        if kind in NOT_COUNTED:
            return NOT_COUNTED[kind][not self.is_passed_over(row)]
        return {
            "user": lambda: f"USER{draw.randint(1, 5)}", "batch": lambda: f"B{row.period:03}",
            "line": lambda: Cell(str(row.number + 1), row.number + 1), "posted": lambda: "Posted",
            "tax code": lambda: draw.choice(["T0", "T1", "T9"]), "quantity": lambda: Cell("1", 1)
            if draw.random() < 0.5 else Cell("3", 3), "project": lambda: f"PR{draw.randint(100, 120)}",
            "order": lambda: Cell(str(700100 + row.number), 700100 + row.number), "rate": lambda: Cell("1.0000", 1)
            if self.currency(row) == "GBP" else Cell("1.5000", 1.5),
            "due": lambda: self.date(row.date + datetime.timedelta(30)), "entity": lambda: Cell("100", 100),
            "analysis": lambda: f"A{draw.randint(1, 9)}",
            "cheque": lambda: Cell(str(300400 + row.number), 300400 + row.number), "VAT rate": lambda: Cell("20", 20),
        }.get(kind, lambda: self.figure(draw.randint(1_000, 999_999)))()

    # ---- sheets ----------------------------------------------------------------------------------

    def columns(self):
        """(role, title, a row's cell), as they stand."""
        title = dict(zip(ROLES, NAMES[self["names"]].split("|")))
        unit = self.random("unit").choice(
            {"pence": [" (pence)", " pence", " (p)"], "thousands": [" £000", " (£'000)",
                                                                    " £000s"]}.get(self["unit"], [""]))
        way, figure = self["amounts"], self.figure
        left = [("code", title["code"], lambda r: self.code(r.code)),
                ("document", title["document"], lambda r: r.document),
                ("description", title["description"], lambda r: r.text)]
        if self["centre"] == "there":
            left.insert(1, ("centre", title["centre"], lambda r: r.centre))
        if self["periods"] in ("year beside", "end year beside"):
            left += [("year", self.random("year").choice(["Year", "Fin Year", "Financial Year"]), lambda r: "2025/26"
                      if self["periods"] == "year beside" else Cell("2026", 2026))]
        if self["periods"] not in ("dates only", "none"):
            left += [("period", "Month" if self["periods"] == "calendar number" else title["period"], self.period)]
        if self.has_dates():
            left += [("date", "Invoice Date" if self["invoices"] == "earlier" else title["date"],
                      lambda r: self.date(r.date))]
        if self["beside"] != "none":
            left += [("beside", BESIDE[self["beside"]], self.beside)]
        amount, debit, credit = title["amount"] + unit, title["debit"] + unit, title["credit"] + unit
        if way == "signed":
            right = [("amount", amount, lambda r: figure(r.pence))]
        elif way == "credits positive":
            right = [("amount", amount, lambda r: figure(-r.pence))]
        elif way in ("sides", "negative credits", "reversals"):
            turned = self.reversed_rows()
            right = [("debit", debit, lambda r: (figure(r.pence) if r.pence < 0 else self.blank())
                      if r.number in turned else self.debit(r.pence)),
                     ("credit", credit, lambda r: (figure(-r.pence) if r.pence > 0 else self.blank())
                      if r.number in turned else self.credit(r.pence))]
        elif way in ("marks", "marked and signed"):
            named, credits, debits = MARKS[self["marks"]]
            right = [("amount", amount, lambda r: figure(abs(r.pence) if way == "marks" else r.pence)),
                     ("mark", named, lambda r: self.random("mark", r.number).choice(
                         (credits if r.pence < 0 else debits).split()))]
        elif way == "net":
            names = self.random("net").choice([("Net", "VAT", "Gross"), ("Net Amount", "Tax Amount", "Gross Amount"),
                                               ("Net Value", "VAT Amount", "Gross Value")])
            right = [("net", names[0], lambda r: figure(r.pence)), ("vat", names[1], lambda r: figure(self.vat(r))),
                     ("gross", names[2], lambda r: figure(r.pence + self.vat(r)))]
        elif way in ("base", "foreign alone", "pounds named"):
            currency, foreign, base = self.random("base").choice(BASES)
            abroad = lambda r: figure(r.pence if self.currency(r) == "GBP" else r.pence * 3 // 2)
            right = [("currency", currency, lambda r: "GBP" if way == "pounds named" else self.currency(r))]
            right += [("amount", amount, lambda r: figure(r.pence))] if way == "pounds named" else [("foreign", foreign,
                                                                                                     abroad)]
            right += [("base", base, lambda r: figure(r.pence))] if way == "base" else []
        elif way == "sides to date":
            # Each row has its code's sums up to it beside what it is itself.
            so_far = lambda r: sum(o.pence for o in self.rows
                                   if o.code == r.code and (o.period, o.number) <= (r.period, r.number))
            names = self.random("to date").choice([("Period Debit", "Period Credit", "YTD Debit", "YTD Credit"),
                                                   ("Debit", "Credit", "YTD Debit", "YTD Credit")])
            right = [("debit", names[0], lambda r: self.debit(r.pence)),
                     ("credit", names[1], lambda r: self.credit(r.pence)),
                     ("so far", names[2], lambda r: self.debit(so_far(r))),
                     ("so far", names[3], lambda r: self.credit(so_far(r)))]
        else:
            abroad = lambda r: r.pence if self.currency(r) == "GBP" else r.pence * 3 // 2
            right = [("currency", "Currency", lambda r: self.currency(r)),
                     ("foreign", "Entered Dr", lambda r: self.debit(abroad(r))),
                     ("foreign", "Entered Cr", lambda r: self.credit(abroad(r))),
                     ("debit", "Accounted Dr", lambda r: self.debit(r.pence)),
                     ("credit", "Accounted Cr", lambda r: self.credit(r.pence))]
        columns = left + right
        if self["order"] == "shuffled":
            self.random("order").shuffle(left)
            columns = left + right if self.random("side").random() < 0.5 else left[:2] + right + left[2:]
        if self["balance"].startswith("running"):
            columns.append(("balance", "Balance", None))
        return columns

    def vat(self, row):
        return row.pence // 5 if self.random("vat", row.number).random() < 0.7 else 0

    def reversed_rows(self):
        """Rows that stand below zero on the other side: one debit, and one credit where two others are as usual."""
        if self["amounts"] != "reversals":
            return set()
        credits, debits = [r.number for r in self.rows if r.pence < 0], [r.number for r in self.rows if r.pence > 0]
        return set(credits[:1] if len(credits) > 2 else []) | set(debits[:1] if len(credits) > 3 else [])

    def sheets(self):
        """(name, rows of cells)."""
        if self["amounts"] in MONTHLY:
            return [("Report", self.above() + self.months() + self.below())]
        if self["amounts"] in BALANCES:
            return [("Report", self.above() + self.balances() + self.below())]
        columns = self.columns()
        header, place = [t for _, t, _ in columns], {}
        for n, (role, _, _) in enumerate(columns):
            place.setdefault(role, n)
        running = collections.Counter()

        def line(row):
            key = row.code if self["balance"] == "running by code" else ""
            running[key] += row.pence if self["amounts"] != "credits positive" else -row.pence
            return [self.figure(running[key]) if role == "balance" else write(row) for role, _, write in columns]

        def total(words, at, rows, beside=None):
            """A row of totals; its words stand in the column `at`."""
            cells, signed = [""] * len(columns), sum(r.pence for r in rows)
            sums = {
                "amount": -signed if self["amounts"] == "credits positive" else signed, "net": signed, "base": signed,
                "vat": sum(map(self.vat, rows)), "gross": signed + sum(map(self.vat, rows))
            }
            for n, (role, _, write) in enumerate(columns):
                if role in sums and self["amounts"] != "marks":
                    cells[n] = self.figure(sums[role])
                elif role in ("debit", "credit"):
                    cells[n] = self.figure(
                        round(100 * sum(Decimal(str(write(r).held)) for r in rows if getattr(write(r), "held", None)) *
                              {"pounds": 1, "pence": Decimal("0.01"), "thousands": 1000}[self["unit"].split()[0]]))
                elif role == "amount":
                    cells[n] = self.figure(abs(signed))
                elif role == "mark":
                    cells[n] = MARKS[self["marks"]][1 if signed < 0 else 2].split()[0]
            cells[at] = words
            if beside:
                cells[beside[0]] = beside[1]
            return cells

        at = {
            "code": place["code"], "first": 0 if columns[0][0] not in ("debit", "amount", "net", "currency", "foreign",
                                                                       "base", "beside") else place["code"],
            "description": place["description"]
        }[self["words"]]
        kind, rows, body = self["totals"], self.rows, []
        if kind in ("prefix", "suffix", "both", "code beside",
                    "centres") or self["grouped"] != "no" or self["balance"] in ("running by code", "b/f and c/f"):
            key = (lambda r: r.centre) if kind == "centres" else (lambda r: r.code)
            rows = sorted(rows, key=lambda r: (key(r), r.period, r.number))
            for value in sorted({key(r) for r in rows}):
                part, opening = [r for r in rows if key(r) == value], self.random("opening",
                                                                                  value).choice([0, 10_000, 123_456])
                if self["balance"] == "b/f and c/f":
                    body.append(
                        self.carried(
                            columns, place,
                            self.random("b/f").choice(["Balance b/f", "Opening Balance", "Balance brought forward"]),
                            part[0], opening))
                lines = [line(r) for r in part]
                if self["grouped"] == "code above":
                    body.append([self.code(value) if n == place["code"] else "" for n in range(len(columns))])
                for cells in lines if self["grouped"] == "code above" else lines[1:] if self["grouped"] != "no" else []:
                    cells[place["code"]] = ""
                body += lines
                if self["balance"] == "b/f and c/f":
                    body.append(
                        self.carried(
                            columns, place,
                            self.random("b/f").choice(["Balance c/f", "Closing Balance", "Balance carried forward"]),
                            part[-1], opening + sum(r.pence for r in part)))
                elif kind == "code beside":
                    body.append(total("Total", place["description"], part, (place["code"], self.code(value))))
                elif kind == "centres":
                    body.append(total(f"Total {value}", place["centre"], part))
                elif kind in ("prefix", "suffix", "both"):
                    body.append(
                        total(
                            f"{value} Total" if kind == "suffix" or
                            kind == "both" and self.random("both").random() < 0.5 else f"Total {value}", at, part))
        else:
            body = [line(r) for r in rows]
        if self["balance"] == "brought forward":
            body.insert(
                0, self.carried(columns, place, "Balance b/f", rows[0],
                                self.random("opening").choice([10_000, 765_432])))
        word = self.random("word").choice(["Total", "Grand Total", "TOTAL", "Report total"])
        if kind in ("grand", "both"):
            body.append(total(word, at, rows))
        elif kind == "unnamed":
            body.append(total("", at, rows))
        elif kind == "grand first":
            body.insert(0, total(word, at, rows))
        if self["pages"] == "headings" and len(body) > 6:
            for cut in range(len(body) // 3 * 2, 0, -(len(body) // 3)):
                body[cut:cut] = [["Page 2"], header] if self.random("page").random() < 0.5 else [header]
        elif self["pages"] == "blank lines":
            for cut in range(len(body) - 1, 0, -5):
                body.insert(cut, [])
        above = self.above()
        if kind == "control above":
            above = above + [[
                "Control total",
                self.figure(sum(r.pence for r in rows) * (-1 if self["amounts"] == "credits positive" else 1))
            ], []]
        whole = above + [header] + body + self.below()
        ways = self["sheets"]
        if ways in ("months", "quarters", "year too", "months unsaid"):
            size = 3 if ways == "quarters" else 1
            name = self.random("sheet").choice([
                lambda p: MONTHS[p - 1], lambda p: f"P{p}", lambda p: f"{LONG_MONTHS[p - 1]} {2025 if p < 10 else 2026}"
            ])
            parts = []
            for first in range(1, 13, size):
                held = [r for r in self.rows if first <= r.period < first + size]
                if held:
                    parts.append((f"Q{first // 3 + 1}" if size == 3 else name(first),
                                  above + [header] + [line(r) for r in held] + self.below()))
            if ways == "year too" and len(parts) > 1:
                parts.insert(len(parts) if self.random("year sheet").random() < 0.6 else 0, ("Year", whole))
            return parts
        more = []
        if ways == "cover":
            more = [("Cover", [["Ledger export"], [], ["Prepared by", "Finance"], ["Year", "2025-26"],
                               ["Rows", Cell(str(len(rows)), len(rows))],
                               ["Total", self.figure(sum(r.pence for r in rows))]])]
        elif ways in ("summary", "names"):
            codes = sorted({r.code for r in rows})
            sums = {c: sum(r.pence for r in rows if r.code == c) for c in codes}
            heading = header[place["code"]]
            if ways == "summary":
                table = [[self.code(c), self.figure(sums[c])] for c in codes]
                table.append(["Total", self.figure(sum(sums.values()))])
                more = [("Summary", [["Summary"], [heading, "Total"]] + table)]
            else:
                more = [("Codes", [[heading, "Name"]] + [[self.code(c), "Sundry costs"] for c in codes])]
        return more + [("Ledger", whole)] if self.random("more").random() < 0.5 else [("Ledger", whole)] + more

    def carried(self, columns, place, words, row, pence):
        """A row that brings a balance forward or carries it: no transaction."""
        cells = [
            self.code(row.code) if role == "code" else write(row) if role in ("period", "year", "date", "centre",
                                                                              "currency") else ""
            for role, _, write in columns
        ]
        cells[place["description"]] = words
        pence = -pence if self["amounts"] == "credits positive" else pence
        for n, (role, _, _) in enumerate(columns):
            if role in ("amount", "net", "gross") or role == "debit" and pence >= 0:
                cells[n] = self.figure(pence)
            elif role == "credit" and pence < 0:
                cells[n] = self.credit(pence)
            elif role == "vat":
                cells[n] = self.figure(0)
        return cells

    def above(self):
        unit = {"pence above": "All amounts in pence", "thousands above": "All figures in £000"}.get(self["unit"])
        lines = {
            "none": [], "titles": [["General ledger transactions"], ["Run by finance systems"]],
            "titles and blank": [["General ledger transactions"], []], "named values": [["Report", "GL detail"],
                                                                                        ["Ledger year", "2025/26"],
                                                                                        ["Run date", "28/04/2026"], []]
        }[self["above"]]
        return ([[unit]] if unit else []) + lines

    def below(self):
        return {
            "none": [], "end": [[], ["*** End of report ***"]],
            "count": [[], ["Rows printed", Cell(str(len(self.rows)), len(self.rows))]]
        }[self["below"]]

    def months(self):
        """A row a code, a column a month; plans stand beside in some."""
        title, sums = dict(zip(ROLES, NAMES[self["names"]].split("|"))), collections.Counter()
        for row in self.counted:
            sums[row.code, row.period] += row.pence
        name = {
            "P1": lambda p: f"P{p}", "P01": lambda p: f"P{p:02}", "Apr": lambda p: MONTHS[p - 1],
            "April": lambda p: LONG_MONTHS[p - 1], "Apr-25": lambda p: f"{MONTHS[p - 1]}-{25 if p < 10 else 26}",
            "Period 1": lambda p: f"Period {p}"
        }[self["month names"]]
        has_quarters = self["amounts"] == "months and quarters"
        has_plans, has_sum = self["amounts"] == "months and plans", self.random("sum").random() < 0.5
        rows = [[title["code"], title["description"]] + [
            t for p in range(1, 13) for t in ([f"{name(p)} Budget", f"{name(p)} Actual"] if has_plans else [name(p)] +
                                              ([f"Q{p // 3}"] if has_quarters and p % 3 == 0 else []))
        ] + (["Total"] if has_sum and not has_plans else [])]
        codes = sorted({c for c, _ in sums})
        for code in codes:
            cells = [self.code(code), "Sundry costs"]
            for p in range(1, 13):
                plan = self.random("plan", code, p).randint(0, 99_999)
                cells += ([self.figure(plan)]
                          if has_plans else []) + [self.figure(sums[code, p]) if sums[code, p] else ""]
                cells += [self.figure(sum(sums[code, q]
                                          for q in range(p - 2, p + 1)))] if has_quarters and p % 3 == 0 else []
            rows.append(cells + ([self.figure(sum(
                v for (c, _), v in sums.items() if c == code))] if has_sum and not has_plans else []))
        if self["totals"] == "grand" and not has_plans and not has_quarters:
            by = [sum(sums[c, p] for c in codes) for p in range(1, 13)]
            rows.append(["Total", ""] + [self.figure(v) for v in by] + ([self.figure(sum(by))] if has_sum else []))
        return rows

    def balances(self):
        """A row a code, up to one period."""
        title, sums, at = dict(zip(ROLES, NAMES[self["names"]].split("|"))), collections.Counter(), self.at()
        for row in self.counted:
            if row.period <= at:
                sums[row.code] += row.pence
        date = datetime.date(2025 if at < 10 else 2026, (at + 3) % 12 + 1, 1) - datetime.timedelta(1)
        said = {"title": [[f"Period {at}"]], "as at": [[f"As at {date:%d %B %Y}"]], "column": [],
                "unsaid": []}[self["at"]]
        named, cell = ([title["period"]], [Cell(str(at), at)]) if self["at"] == "column" else ([], [])
        rows = said + [[title["code"], title["description"]] + named]
        is_moving = self["amounts"] == "movements"
        if self["amounts"] in ("trial balance", "movements"):
            # Codes of costs open at nil: what moved is the balance.
            rows[-1] += (["Opening Balance"] if is_moving else []) + [title["debit"], title["credit"]
                                                                      ] + (["Closing Balance"] if is_moving else [])
            for code, v in sorted(sums.items()):
                rows.append([self.code(code), "Sundry costs"] + cell + ([self.figure(0)] if is_moving else []) +
                            [self.debit(v), self.credit(v)] + ([self.figure(v)] if is_moving else []))
            if self["totals"] == "grand" and not is_moving:
                rows.append(["Total", ""] + [""] * len(cell) + [
                    self.figure(sum(v for v in sums.values() if v > 0)),
                    self.figure(-sum(v for v in sums.values() if v < 0))
                ])
        else:
            plan = lambda code, n: self.random("plan", code, n).randint(10_000, 9_999_999)
            rows[-1] += self.random("to date").choice(
                [["Annual Budget", "Budget to Date", "Actual to Date", "Variance"],
                 ["Full Year Budget", "YTD Budget", "YTD Actual", "YTD Variance"]] if self["amounts"] ==
                "to date" else [["2024-25 Budget", "2024-25 Actual", "2025-26 Actual", "Change"],
                                ["Budget", "Prior Year", "Current Year", "Difference"]])
            for code, v in sorted(sums.items()):
                rows.append([self.code(code), "Sundry costs"] + cell +
                            [self.figure(x) for x in (plan(code, 1) * 2, plan(code, 1), v, v - plan(code, 1))])
            if self["totals"] == "grand":
                rows.append(["Total", ""] + [""] * len(cell) + [
                    self.figure(sum(x))
                    for x in zip(*[(plan(c, 1) * 2, plan(c, 1), v, v - plan(c, 1)) for c, v in sums.items()])
                ])
        return rows

    # ---- files -----------------------------------------------------------------------------------

    def write(self, folder):
        """- Returns: the path, and what LibreOffice is to make of it, or nothing."""
        sheets, written = self.sheets(), self["written"]
        if written == "csv":
            path = folder / f"e{self.number}.csv"
            with open(path, "w", encoding=self["encoding"], newline="") as file:
                rows = [[c.replace("−", "-") for c in row]
                        for row in sheets[0][1]] if self["encoding"] == "cp1252" else sheets[0][1]
                if self["csv"] == "sep=":
                    file.write("sep=;" + self["lines"])
                csv.writer(file,
                           delimiter={"comma": ",", "tab": "\t"}.get(self["csv"], ";"),
                           lineterminator=self["lines"],
                           quoting=csv.QUOTE_ALL if self["quoted"] == "all" else csv.QUOTE_MINIMAL).writerows(rows)
            return path, None
        from openpyxl import Workbook
        book = Workbook()
        book.remove(book.active)
        for name, rows in sheets:
            sheet = book.create_sheet(name)
            for r, cells in enumerate(rows, 1):
                for c, value in enumerate(cells, 1):
                    if value == "":
                        continue
                    cell, held = sheet.cell(r, c), getattr(value, "held", None)
                    is_text = held is None or not isinstance(held, datetime.datetime) and (
                        self["held"] == "texts" or
                        self["held"] == "some texts" and self.random("text", r, c).random() < 0.1)
                    cell.value = str(value) if is_text else held
                    if is_text:
                        cell.data_type = "s"
                    else:
                        cell.number_format = value.shape
        path = folder / f"e{self.number}.xlsx"
        book.save(path)
        return path, None if written == "xlsx" else written


def in_year(year, month):
    return (year, month) >= (2025, 4) and (year, month) <= (2026, 3)


# MARK: Judging


def run(program, *words):
    try:
        return subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=60)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(words, 124, "", "hung")


def told_in(text, names):
    """The errors and warnings of a command's words that name a file of these; what is said of a sheet that has none of
    the ledger's rows doesn't count."""
    found = [line.strip() for line in text.splitlines() if re.search(r"(error|warning): [EW]\d{4}", line)]
    return [
        line for line in found
        if any(name in line for name in names) and not re.search(rf":({'|'.join(NO_LEDGER)})\b", line)
    ]


def judge(program, export, path, folder):
    """- Returns: right, asked, told or wrong, and why."""
    home = folder / (path.stem + "-" + path.suffix[1:])
    shutil.rmtree(home, ignore_errors=True)
    (home / "maps").mkdir(parents=True)
    (home / "2025-26").mkdir()
    for name, text in (("agreement", AGREEMENT), ("2025-26/budget.csv", BUDGET), ("2025-26/opening.csv", OPENING)):
        (home / name).write_text(text)
    suggested = run(program, "map", "suggest", path)
    if suggested.returncode:
        return refusal("suggest", suggested)
    (home / "maps/m.yaml").write_text(
        re.sub(r'(?m)^#\s*(".*"): *expenditure', r"  \1: expenditure costs", suggested.stdout))
    imported = run(program, "import", home, path, "--map", "m")
    if imported.returncode:
        return refusal("import", imported)
    explained = run(program, "explain", home, "Costs/Total", "--format", "json")
    if explained.returncode not in (0, 1) or not explained.stdout:
        return "wrong", f"explain: exit {explained.returncode} {explained.stderr[:200]}"
    got, posted = collections.Counter(), 0
    for row in json.loads(explained.stdout)["rows"]:
        if "exports/" in row["figures"]["source"]:
            pence = int(Decimal(row["figures"]["amount"]) * 100)
            got[int(re.match(r"P(\d+)", row["label"])[1])] += pence
            posted += pence
    want = collections.Counter()
    for period, pence in export.expected():
        want[period] += pence
    faults = [f"posted {Decimal(posted) / 100:.2f}, must be {Decimal(sum(want.values())) / 100:.2f}"] if posted != sum(
        want.values()) else []
    off = [p for p in range(1, 13) if got[p] != want[p]]
    if off and not faults and export.tells_periods():
        faults.append(f"P{off[0]} {Decimal(got[off[0]]) / 100:.2f}, must be {Decimal(want[off[0]]) / 100:.2f}")
    if faults and not export.tells_sides() and (all(got[p] == -want[p] for p in range(1, 13)) or
                                                posted == -sum(want.values()) and not export.tells_periods()):
        faults = []
    if not export.tells_currency():
        faults = [f"posted {Decimal(posted) / 100:.2f} in no one currency"]
    listed = re.findall(r'(?m)^#\s*"=?(.*)": *expenditure', suggested.stdout)
    if not faults and not set(listed) <= {r.code for r in export.rows}:
        faults.append(f"codes {', '.join(sorted(listed))[:80]}")
    if not faults:
        return "right", ""
    names = [path.name, "maps/m"]
    told = told_in(suggested.stderr + imported.stderr, names)
    if not told:
        checked = run(program, "check", home, "--format", "json")
        for finding in json.loads(checked.stdout)["findings"]:
            # What is said of the file itself, of suspense, and of sheets or files that say the same; not of the ledger.
            is_of_file = finding["code"][1:3] in ("01", "02") or finding["code"] in ("W0414", "W0433")
            if finding["severity"] in ("error",
                                       "warning") and is_of_file and finding["sheet"] not in NO_LEDGER and finding.get(
                                           "file") and ("exports/" in finding["file"] or "maps/" in finding["file"]):
                told.append(f"check: {finding['code']} {finding['message']}")
    return ("told", told[0] + "; " + faults[0]) if told else ("wrong", "; ".join(faults))


def refusal(command, done):
    """A refusal is a question if it ends by a status that the manual names, and says why."""
    if done.returncode not in (1, 64, 65, 66, 73) or len(done.stderr) < 20:
        return "wrong", f"{command}: died with {done.returncode} {done.stderr[:200]}"
    first = next((line for line in done.stderr.splitlines() if re.search(r"error: |outturn: ", line)), done.stderr)
    return "asked", f"{command}: {first.strip()}"


def converted(exports, folder, paths):
    """LibreOffice's files in place of those that it is to convert, many at a time."""
    for ending in ("ods", "fods", "xls"):
        wanted = [n for n in exports if paths[n][1] == ending]
        if wanted:
            for n, path in zip(wanted, libreoffice.convert([paths[n][0] for n in wanted], folder, ending)):
                paths[n] = path, None
    return {n: path for n, (path, _) in paths.items()}


def shrunk(program, export, folder, has_xls):
    """The plainest export that is still wrong in silence: its traits first, then its rows."""
    plain, kept = set(), {r.number for r in export.rows}

    def is_wrong(plain, kept):
        try:
            tried = Export(export.seed, export.number, plain, kept, has_xls)
            path = converted([tried.number], folder, {tried.number: tried.write(folder)})[tried.number]
        except (ValueError, IndexError, StopIteration):
            return False
        return judge(program, tried, path, folder)[0] == "wrong"

    def peel(plain):
        for name in ["written"] + [n for n in TRAITS if n != "written"]:
            now = Export(export.seed, export.number, plain, kept, has_xls)
            if now[name] != TRAITS[name][0] and is_wrong(plain | {name}, kept):
                plain = plain | {name}
        return plain

    plain = peel(peel(plain))
    size = len(kept) // 2
    while size:
        for start in range(0, len(kept), size):
            less = kept - set(sorted(kept)[start:start + size])
            if len(less) >= 3 and is_wrong(plain, less):
                kept = less
        size //= 2
    return Export(export.seed, export.number, peel(plain), kept, has_xls)


def described(export):
    return ", ".join(f"{name}: {value!r}" if name == "lines" else f"{name}: {value}"
                     for name, value in export.traits.items() if value != TRAITS[name][0]) or "the plainest"


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    arguments.add_argument("--count", type=int, default=120)
    arguments.add_argument("--seed", default="exports")
    arguments.add_argument("--only", type=int, help="one export alone, which is kept")
    arguments.add_argument("--shrink",
                           action="store_true",
                           help="make each wrong export as plain and small as it can be")
    arguments.add_argument("--kinds", action="store_true", help="the figure by every trait, and what was asked")
    arguments.add_argument("--xls", action="store_true", help="LibreOffice writes some as xls")
    arguments.add_argument("--jobs", type=int, default=os.cpu_count())
    arguments.add_argument("--state", help="a file that remembers how many are done, to go on after an interruption")
    options = arguments.parse_args()
    program = str(pathlib.Path(options.program).resolve())
    state = pathlib.Path(options.state) if options.state else None
    verdicts = ("right", "asked", "told", "wrong")
    tally = {"seed": options.seed, "done": 0, "all": dict.fromkeys(verdicts, 0), "kinds": {}, "questions": {}}
    if state and state.exists() and json.loads(state.read_text()).get("seed") == options.seed:
        tally = json.loads(state.read_text())
    numbers = [options.only] if options.only is not None else range(tally["done"], options.count)
    keep, batch = None, 200
    for start in range(0, len(numbers), batch):
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch)
            exports = {n: Export(options.seed, n, has_xls=options.xls) for n in numbers[start:start + batch]}
            paths = converted(exports, folder, {n: export.write(folder) for n, export in exports.items()})
            with ThreadPoolExecutor(options.jobs) as pool:
                judged = list(pool.map(lambda n: judge(program, exports[n], paths[n], folder), exports))
            for (n, export), (verdict, why) in zip(exports.items(), judged):
                tally["all"][verdict] += 1
                for trait, value in export.traits.items():
                    tally["kinds"].setdefault(f"{trait}: {value!r}" if trait == "lines" else f"{trait}: {value}",
                                              dict.fromkeys(verdicts, 0))[verdict] += 1
                if verdict in ("asked", "told"):
                    code = re.search(r"\b[EW]\d{4}\b.*", why)
                    question = (code[0] if code else why)[:90].replace(str(folder), "").replace(paths[n].name, "FILE")
                    tally["questions"].setdefault(f"{verdict} {question[:5] if code else question}",
                                                  [0, n, question])[0] += 1
                if verdict != "wrong" and options.only is None:
                    continue
                if verdict == "wrong" and options.shrink:
                    export = shrunk(program, export, folder, options.xls)
                    path = converted([n], folder, {n: export.write(folder)})[n]
                    why = judge(program, export, path, folder)[1]
                    paths[n] = path
                if tally["all"]["wrong"] > 200:
                    continue
                keep = keep or pathlib.Path(tempfile.mkdtemp(prefix="exports-"))
                kept = keep / f"{options.seed}-{n}"
                shutil.rmtree(kept, ignore_errors=True)
                shutil.copytree(folder / (paths[n].stem + "-" + paths[n].suffix[1:]), kept)
                shutil.copy(paths[n], kept)
                (kept /
                 "why.txt").write_text(f"{verdict}: {why}\n{described(export)}\n--seed {options.seed} --only {n}\n")
                print(f"{n} {verdict}: {why}\n  {described(export)}", flush=True)
            tally["done"] = list(exports)[-1] + 1
            if state and not tally["all"]["wrong"] and options.only is None:
                state.write_text(json.dumps(tally))
    for kind, held in sorted(tally["kinds"].items()):
        if options.kinds or kind.startswith("amounts: "):
            print(f"{kind:30}" + "".join(f"  {v} {held[v]:4}" for v in verdicts))
    if options.kinds:
        for count, n, question in sorted(tally["questions"].values(), reverse=True):
            print(f"{count:5}  such as {n}: {question}")
    held = tally["all"]
    total = sum(held.values())
    print(
        f"exports: {total}, of which {held['right']} right at once, {held['asked'] + held['told']} asked "
        f"({held['told']} of them in passing), {held['wrong']} wrong in silence"
    )
    if keep:
        print(f"kept in {keep}")
    print(f"{total - held['wrong']} passed, {held['wrong']} failed")
    return 1 if held["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
