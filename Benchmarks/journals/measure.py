#!/usr/bin/env python3
"""Runs the programs in turn and prints medians of CPU seconds (user and system) and peak memory, and the
peers' as ratios to ours, all in one run: machines are noisy, ratios less so.

    measure.py ROOT POSTINGS
"""
import pathlib, statistics, subprocess, sys, tempfile, time

root, most = sys.argv[1], int(sys.argv[2])
program, cache = f"{root}/.build/release/outturn", f"{root}/.cache"
TARGETS = {"ledger": 8, "hledger": 50}


def once(command):
    with tempfile.NamedTemporaryFile("r") as measured:
        start = time.monotonic()
        status = subprocess.run(["/usr/bin/time", "-o", measured.name, "-f", "%U %S %M", *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
        wall = time.monotonic() - start
        words = measured.read().split()[-3:]
        if status:
            sys.exit(f"{' '.join(command)} ended with {status}")
    return float(words[0]) + float(words[1]), int(words[2]) / 1024, wall


def median(command, times):
    runs = [once(command) for _ in range(times)]
    return [statistics.median(r[i] for r in runs) for i in range(3)]


folder = f"{cache}/journals-{most}"
ours = median([program, "statement", folder], 3)
print(f"{most:,} postings, 40 headings, 33 members; medians (3 runs of ours, 1 of each peer)")
print(f"{'':44}{'CPU s':>8}{'peak MB':>9}{'CPU ratio':>11}{'to reach':>10}{'memory ratio':>14}")
print(f"{'outturn statement, journals to shares':44}{ours[0]:8.2f}{ours[1]:9.0f}")
for name, command in {
    "ledger": ["ledger", "-f", f"{folder}/hledger.journal", "balance"],
    "hledger": ["hledger", "-f", f"{folder}/hledger.journal", "balance"],
    "beancount": ["bean-query", f"{folder}/beancount.beancount", "select account, sum(position) group by account"],
}.items():
    cpu, memory, _ = median(command, 1)
    print(f"{name + ', balance by account':44}{cpu:8.2f}{memory:9.0f}{cpu / ours[0]:11.1f}{TARGETS.get(name, '-'):>10}{memory / ours[1]:14.1f}")

print("\nSlope of ours: CPU seconds, and microseconds a posting more than the row above")
before = None
for count in sorted({1_000, 10_000, 100_000, most}):
    cpu, memory, _ = median([program, "statement", f"{cache}/journals-{count}"], 5 if count < most else 3)
    print(f"{count:12,}{cpu:8.2f}{memory:9.0f} MB" + ("" if before is None else f"{(cpu - before[1]) / (count - before[0]) * 1e6:8.2f} us"))
    before = (count, cpu)

years = f"{cache}/ten-years"
single = median([program, "statement", years, "--year", "2010-11"], 5)
many = median([program, "what-if", years, "--variants", f"{years}/variants", "--all-years"], 3)
print(f"\nWhat-if, 33 members, 20 contributors, 10 years, 100 variants (1,000 statements more): {many[0]:.1f} CPU s, {many[1]:.0f} MB")
print(f"a single statement of one year: {single[0]:.2f} CPU s; ratio {many[0] / single[0]:.0f}, {many[0] / single[0] / 1010:.2f} a statement")
