#!/usr/bin/env python3
"""Every figure of a ledger is followed to its cells, and the cells are opened in LibreOffice.

`outturn explain` ends at places such as `exports/rbkc/ledger.xml:GL detail!G31`. LibreOffice opens each
export and says what stands in that cell; the amounts listed must be those, and add up to the figure.

    cells.py --program .build/release/outturn
"""
import argparse, pathlib, re, subprocess, sys, tempfile
from decimal import Decimal
from openpyxl import load_workbook

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Scripts/support"))
import libreoffice

FIGURES = ["Salary expenditure/LBHF", "Salary expenditure/Total", "Training/WCC", "Other LSCB costs/RBKC", "Independent Chair/WCC", "Training income/LBHF", "Metropolitan Police/RBKC", "CCGs (Health)/Total"]
LINE = re.compile(r"^\s*(-?[\d,]+\.\d\d)\s+(2018-19/exports/\S+\.xml):(.+?)!([A-Z]+\d+)\s")
SHARE = re.compile(r"^\s*(-?[\d,]+\.\d\d)\s+the pool's row, (\d+) postings?$")


def number(text):
    return Decimal(text.replace(",", ""))


def shown(value):
    """What LibreOffice shows, as an amount; a text is what a person would read."""
    if isinstance(value, str):
        negative = value.startswith("(") or value.endswith("-")
        return number(value.strip("()-")) * (-1 if negative else 1)
    return Decimal(repr(value)).quantize(Decimal("0.01"))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    options = arguments.parse_args()
    folder = ROOT / "Ledgers/tri-borough"
    exports = sorted((folder / "2018-19/exports").glob("*/*.xml"))
    books = {}
    passed = failed = cells = 0
    with tempfile.TemporaryDirectory() as scratch:
        for path in exports:
            # One by one, because the three have one name.
            into = pathlib.Path(scratch) / path.parent.name
            into.mkdir()
            books[str(path.relative_to(folder))] = load_workbook(libreoffice.convert([path], into, "xlsx")[0], data_only=True)
        for figure in FIGURES:
            text = subprocess.run([options.program, "explain", str(folder), figure], capture_output=True, text=True, check=True).stdout
            problems, running, listed = [], Decimal(0), 0
            # The parts named at the first level add up to the figure itself.
            lines = text.splitlines()
            parts = [number(l.split()[0]) for l in lines[1:] if re.match(r"^  -?[\d,]+\.\d\d  ", l)]
            if sum(parts) != number(lines[0].rsplit(": ", 1)[1]):
                problems.append(f"{parts} don't add up to {lines[0]}")
            for line in text.splitlines():
                if match := LINE.match(line):
                    amount, place = number(match[1]), match[4]
                    cell = books[match[2]][match[3]][place].value
                    cells += 1
                    listed += 1
                    # These boards print as their ledgers sign: debits positive, and a Credit column turns.
                    sign = -1 if books[match[2]][match[3]].cell(1, books[match[2]][match[3]][place].column).value == "Credit" else 1
                    running += amount
                    if sign * shown(cell) != amount:
                        problems.append(f"{match[2]}:{match[3]}!{place} shows {cell!r}, listed as {amount}")
                elif match := SHARE.match(line):
                    if number(match[1]) != running:
                        problems.append(f"the postings add up to {running}, and the row is {match[1]}")
                    running = Decimal(0)
            if not listed:
                problems.append("no cell was listed")
            if problems:
                failed += 1
                print(figure, *problems, sep="\n  ")
            else:
                passed += 1
    print(f"cells: {cells} places of {len(FIGURES)} figures opened in LibreOffice")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
