#!/usr/bin/env python3
"""Writes a partnership of two members whose host's export has ROWS rows, or one of YEARS years of them.

    make.py ROWS FORMAT FOLDER [YEARS]       FORMAT: csv, xml (SpreadsheetML 2003), xlsx

The rows are those of Benchmarks/sheets/make-export.py, dated in their own periods; nothing published stands in them.
"""
import csv, datetime, importlib.util, pathlib, sys

spec = importlib.util.spec_from_file_location("exports", pathlib.Path(__file__).parent.parent / "sheets/make-export.py")
exports = importlib.util.module_from_spec(spec)
spec.loader.exec_module(exports)
plain_ledger = exports.ledger

AGREEMENT = """partnership "Two boroughs"
members ash elm
host ash
books ash
signs funding positive, expenditure positive

section "Funding"
  approved budget "General fund"
  income fees "Fees"
  total "Total funding"

section "Expenditure"
  cost pay "Pay"
  cost rooms "Rooms"
  total "Total expenditure"
  met from reserves "Met from reserves"
  net outturn "Net outturn"

section "Reserves"
  brought forward "Brought forward"
  to reserves "To reserves"
  carried forward "Carried forward"

contribution approved budget of each member, stays

rule "Everything"
  for anything else
  take rest from members equally

surplus of each member to its reserve
deficit of each member from its reserve, at most balance; rest from its general fund
"""
MAP = """layout: benchmark
recognise: [Account, Period, Document, Net]
columns: {cost centre: Cost centre, code: Account, period: Period, date: Date, document: Document, description: Description, net: Net, vat: VAT, gross: Gross}
amounts: debits positive
period format: pp
codes:
  10000-10699: expenditure pay
  10700-11399: expenditure rooms
"""


def dated(start):
    def ledger(rows):
        for row in plain_ledger(rows):
            month = (row[3] + 2) % 12 + 1
            yield (*row[:4], datetime.date(start if month >= 4 else start + 1, month, row[4].day), *row[5:])
    return ledger


def write_csv(rows, path):
    def text(index, value):
        if index not in exports.AMOUNTS:
            return value
        return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02}"

    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(exports.NAMES)
        for row in exports.ledger(rows):
            writer.writerow([text(i, v) for i, v in enumerate(row)])


rows, ending, folder, years = int(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3]), int((sys.argv + ["1"])[4])
(folder / "maps").mkdir(parents=True, exist_ok=True)
(folder / "agreement").write_text(AGREEMENT)
(folder / "maps/benchmark.yaml").write_text(MAP)
for start in range(2018, 2018 + years):
    year = folder / f"{start}-{(start + 1) % 100:02}"
    (year / "exports/ash").mkdir(parents=True, exist_ok=True)
    (year / "budget.csv").write_text("line,ash,elm\napproved budget,10.00,10.00\n")
    (year / "opening.csv").write_text("reserve of,brought forward\nash,0.00\nelm,0.00\n")
    exports.ledger = dated(start)
    {"csv": write_csv, "xml": exports.spreadsheet_ml, "xlsx": exports.xlsx}[ending](rows, str(year / f"exports/ash/ledger.{ending}"))
