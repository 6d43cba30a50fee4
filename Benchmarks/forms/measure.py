#!/usr/bin/env python3
"""Wall seconds of a whole command for each form, the median of five, and openpyxl's for the same workbook.

    measure.py PROGRAM LEDGER
"""
import os, pathlib, statistics, subprocess, sys, tempfile, time

program, ledger = sys.argv[1:3]


def timed(command):
    start = time.monotonic()
    # The seeded balances move between the years, so the statements are drafts: status 1.
    if subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode > 1:
        sys.exit(f"{' '.join(command)} failed")
    return time.monotonic() - start


with tempfile.TemporaryDirectory() as folder:
    base = [program, "statement", ledger, "--year", "2010-11"]
    print("33 members by 65 rows, 2,020 postings; median of 5 (pdf: of 2), the whole command")
    for form in ("txt", "csv", "json", "html", "xlsx", "ods", "pdf"):
        path = f"{folder}/statement.{form}"
        seconds = statistics.median(timed(base + ["--output", path]) for _ in range(2 if form == "pdf" else 5))
        print(f"{form:6}{seconds:8.2f} s{os.path.getsize(path) / 1024:10.0f} KB")
        if form == "xlsx":
            ours = seconds
    cast = statistics.median(timed(base + ["--rounding", "cast", "--output", f"{folder}/cast.txt"]) for _ in range(5))
    print(f"{'txt, rounded to cast':20}{cast:8.2f} s")
    peer = statistics.median(timed([sys.executable, "-c", f"import openpyxl; openpyxl.load_workbook('{folder}/statement.xlsx').save('{folder}/peer.xlsx')"]) for _ in range(3))
    print(f"openpyxl loading and saving the same .xlsx: {peer:.2f} s, {peer / ours:.1f} times ours from the books")
    forms = [a for form in ("text", "csv", "json", "html", "xlsx", "ods") for a in ("--forms", form)]
    pack = timed([program, "report", ledger, "--years", "10", "--output", f"{folder}/pack", *forms])
    files = [p for p in pathlib.Path(f"{folder}/pack").rglob("*") if p.is_file()]
    print(f"a report pack of ten years, pdf aside: {pack:.1f} s, {len(files)} files, {sum(p.stat().st_size for p in files) / 1e6:.0f} MB")
