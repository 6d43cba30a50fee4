#!/usr/bin/env python3
"""Times exports on their way to a statement, beside reading the same file alone, and years on their way to the next.

    measure.py ROOT ROWS
"""
import os, pathlib, shutil, statistics, subprocess, sys, tempfile

root, rows = sys.argv[1], int(sys.argv[2])
program, runner, cache = f"{root}/.build/release/outturn", f"{root}/.build/release/oracle-runner", f"{root}/.cache"


def once(command, closes="off", stdin=None):
    with tempfile.NamedTemporaryFile("r") as measured:
        done = subprocess.run(["/usr/bin/time", "-o", measured.name, "-f", "%U %S %M %e", *command], stdin=stdin,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "OUTTURN_CACHE": closes})
        words = measured.read().split()[-4:]
        if done.returncode not in (0, 1):
            sys.exit(f"{' '.join(command)} ended with {done.returncode}")
    return float(words[0]) + float(words[1]), int(words[2]) / 1024, float(words[3])


def median(command, times=3, closes="off"):
    runs = [once(command, closes) for _ in range(times)]
    return [statistics.median(run[i] for run in runs) for i in range(3)]


print(f"{rows:,} rows of an export through a map to a statement; medians of 3")
print(f"{'':12}{'statement':>12}{'peak MB':>9}{'read alone':>12}{'ratio':>7}   to reach 4.0, under 256 MB")
for ending in ("csv", "xml", "xlsx"):
    folder = f"{cache}/imports-{rows}-{ending}"
    ours = median([program, "statement", folder])
    alone = median([program, "read", f"{folder}/2018-19/exports/ash/ledger.{ending}", "--summary"])
    print(f"{ending:12}{ours[0]:10.2f} s{ours[1]:9.0f}{alone[0]:10.2f} s{ours[0] / alone[0]:7.1f}")

folder = f"{cache}/imports-years"
with tempfile.TemporaryDirectory() as closes:
    print("\nTen years of 50,000 rows each")
    first = median([program, "statement", folder, "--year", "2018-19"])
    cold = once([program, "statement", folder], closes)
    warm = median([program, "statement", folder], closes=closes)
    print(f"statement of the first year {first[0]:.2f} s; of the tenth {warm[0]:.2f} s, once the years before have been stated: {warm[0] / first[0]:.2f} times (to reach 1.5); the first time of all {cold[0]:.2f} s")
for years in (2, 5, 10):
    with tempfile.TemporaryDirectory() as out:
        used = once([program, "report", folder, "--output", f"{out}/pack", "--years", str(years), "--forms", "csv", "--forms", "json"])
        print(f"a pack of {years:2} years: {used[0]:6.2f} s, {used[0] / years / first[0]:.2f} statements of one year each")

print("\nRounding a table of 62 headings by 300 payers (to reach 1 s), and its square")
import random
from fractions import Fraction
for kind in ("weights", "equal shares"):
    for headings, payers in ((62, 300), (300, 300)):
        rng = random.Random(62)
        weights = [rng.randint(1, 10**6) if kind == "weights" else 1 for _ in range(payers)]
        with tempfile.TemporaryFile("w+") as table:
            print("table", headings, payers, file=table)
            for _ in range(headings):
                total = rng.randint(1, 10**8)
                print(*(Fraction(total * weight, sum(weights)) for weight in weights), file=table)
            table.seek(0)
            print(f"{headings} by {payers}, {kind}: {once([runner], stdin=table)[0]:.2f} s")
