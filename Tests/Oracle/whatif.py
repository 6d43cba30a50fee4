#!/usr/bin/env python3
"""`outturn what-if` from equal thirds to child population, against a spreadsheet with live formulas.

The sheet in what-if/ holds the board's published inputs and formulas, and no computed value: LibreOffice
works it out here. Totals, net outturns and reserves must be the same to the penny; the shares of single
headings, which the sheet leaves unrounded, may differ by less than a penny and print as the same pounds.

    whatif.py --program .build/release/outturn
"""
import argparse, json, pathlib, subprocess, sys, tempfile
from decimal import Decimal, ROUND_HALF_UP
from openpyxl import load_workbook

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Scripts/support"))
import libreoffice

SHEET = ROOT / "Tests/Oracle/what-if/tri-borough-child-population.xlsx"
PENNY = Decimal("0.01")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        copy = libreoffice.convert([SHEET], scratch, "xlsx")[0]
        sheet = load_workbook(copy, data_only=True).active
    formulas = sum(1 for row in load_workbook(SHEET).active.iter_rows() for cell in row if str(cell.value).startswith("="))
    command = [options.program, "what-if", str(ROOT / "Ledgers/tri-borough/2018-19"), "--with", "everything by child-population", "--format", "json"]
    tables = {t["table"]: {r["label"]: r["figures"] for r in t["rows"]} for t in json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["tables"]}
    after = tables["after"]
    columns = dict(zip(["lbhf", "rbkc", "wcc", "total"], "BCDE"))
    # The statement prints funding, outturns and reserves with a minus.
    exact = {"Total expenditure": (16, 1), "Training income": (17, -1), "Total Partner Income": (26, -1), "Total Funding": (27, -1), "Final outturn variance": (28, -1),
             "Reserves Brought Forward": (29, -1), "Reserves to take forward": (30, -1), "Sovereign Borough General Fund": (20, -1), "Metropolitan Police": (21, -1),
             "Probation": (22, -1), "CAFCASS": (23, -1), "London Fire Brigade": (24, -1), "CCGs (Health)": (25, -1)}
    near = {"Salary expenditure": 8, "Independent Chair": 9, "Training": 10, "Other LSCB costs": 11}
    passed, problems = 0, []
    for label, (row, sign) in exact.items():
        for column, letter in columns.items():
            ours, theirs = Decimal(after[label][column]), sign * Decimal(repr(sheet[f"{letter}{row}"].value)).quantize(PENNY, ROUND_HALF_UP)
            passed += ours == theirs
            if ours != theirs:
                problems.append(f"{label}/{column}: {ours}, the sheet {theirs}")
    for label, row in near.items():
        for column, letter in columns.items():
            ours, theirs = Decimal(after[label][column]), Decimal(repr(sheet[f"{letter}{row}"].value))
            same = abs(ours - theirs) < PENNY and ours.quantize(Decimal(1), ROUND_HALF_UP) == theirs.quantize(Decimal(1), ROUND_HALF_UP)
            passed += same
            if not same:
                problems.append(f"{label}/{column}: {ours}, the sheet {theirs}")
    for label, row in tables["difference"].items():
        if Decimal(row["total"]) != 0:
            problems.append(f"the change of {label} doesn't net to nought: {row['total']}")
    for problem in problems:
        print(problem)
    print(f"what-if: {formulas} formulas worked out by LibreOffice")
    print(f"{passed} passed, {len(problems)} failed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
