#!/usr/bin/env python3
"""Runs each reader three times in turn, so that a machine's changing speed falls on all alike, and
prints medians and their ratios. CPU is user and system time, memory the peak resident set."""
import os, resource, statistics, subprocess, sys, time

rows, path, root, python = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
READERS = {
    "outturn read --summary": [f"{root}/.build/release/outturn", "read", path, "--summary"],
    "xmllint --stream --noout": ["xmllint", "--stream", "--noout", path],
    "lxml iterparse": [python, f"{root}/Benchmarks/sheets/lxml-summary.py", path],
}


def once(command):
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.PIPE)
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, command
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output


runs = {name: [] for name in READERS}
for _ in range(3):
    for name, command in READERS.items():
        runs[name].append(once(command))
size = os.path.getsize(path) / 1e6
print(f"{rows:,} rows by 12 columns, {size:,.0f} MB, median of 3")
print(f"{'':28}{'wall s':>9}{'CPU s':>9}{'MB':>9}{'rows/s':>12}{'MB/s':>9}{'CPU ratio to outturn':>24}")
base = statistics.median(r[1] for r in runs["outturn read --summary"])
for name, results in runs.items():
    wall, cpu, memory = (statistics.median(r[i] for r in results) for i in range(3))
    print(f"{name:28}{wall:9.1f}{cpu:9.1f}{memory:9.0f}{rows / wall:12,.0f}{size / wall:9.0f}{cpu / base:24.2f}")
