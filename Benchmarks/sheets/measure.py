#!/usr/bin/env python3
"""Runs each reader five times in turn, so that a machine's changing speed falls on all alike, and
prints medians. CPU is user and system time, memory the peak resident set.

    measure.py ROOT PYTHON ROWS...

The ratio is the peer's CPU to that of `outturn read --summary` on the same file in the same run.
"""
import os, pathlib, statistics, subprocess, sys, tempfile, time

root, python, sizes = sys.argv[1], sys.argv[2], [int(n) for n in sys.argv[3:]]
program, cache = f"{root}/.build/release/outturn", f"{root}/.cache"
SAX = ("libxml2 SAX2 push, empty callbacks", lambda path: [f"{cache}/sax-empty", path])
CALAMINE = ("python-calamine, load", lambda path: [python, f"{root}/Benchmarks/sheets/calamine-load.py", path])
PEERS = {"xml": SAX, "xlsx": CALAMINE, "ods": CALAMINE, "fods": SAX}
TARGETS = {"xml": 4, "xlsx": 10, "ods": 3, "fods": None}


def once(command):
    with tempfile.NamedTemporaryFile("r") as measured:
        start = time.monotonic()
        subprocess.run(["/usr/bin/time", "-o", measured.name, "-f", "%U %S %M", *command], stdout=subprocess.DEVNULL, check=True)
        wall = time.monotonic() - start
        user, system, memory = measured.read().split()
    return wall, float(user) + float(system), int(memory) / 1024


def compare(commands, times=5):
    runs = {name: [] for name in commands}
    for _ in range(times):
        for name, command in commands.items():
            runs[name].append(once(command))
    return {name: [statistics.median(r[i] for r in results) for i in range(3)] for name, results in runs.items()}


largest = max(sizes)
print(f"{largest:,} rows by 12 columns; medians of 5")
print(f"{'':6}{'MB':>7}  {'reader':38}{'wall s':>8}{'CPU s':>8}{'peak MB':>9}{'CPU ratio':>11}{'to reach':>10}")
walls = {}
for ending, (peer, command) in PEERS.items():
    path = f"{cache}/export-{largest}.{ending}"
    results = compare({
        "outturn read --summary, 2 threads": [program, "read", path, "--summary", "--threads", "2"],
        "outturn read --summary, 1 thread": [program, "read", path, "--summary", "--threads", "1"],
        peer: command(path)})
    walls[ending] = [results[f"outturn read --summary, {n}"][0] for n in ("1 thread", "2 threads")]
    # The fewest CPU seconds count: those of one thread, which nothing shares its core with.
    base = results["outturn read --summary, 1 thread"][1]
    for index, (name, (wall, cpu, memory)) in enumerate(results.items()):
        is_peer = name == peer
        print(f"{ending if index == 0 else '':6}{f'{os.path.getsize(path) / 1e6:,.0f}' if index == 0 else '':>7}  {name:38}{wall:8.2f}{cpu:8.2f}{memory:9.0f}"
              + (f"{cpu / base:11.1f}{f'{TARGETS[ending]}' if TARGETS[ending] else '-':>10}" if is_peer else ""))
print("\nwall time of one thread to two: " + ", ".join(f"{ending} {one / two:.2f}" for ending, (one, two) in walls.items()))

print(f"\nSlope: microseconds of CPU a row, one thread, above reading a file of one row")
print(f"{'rows':>12}" + "".join(f"{ending:>8}" for ending in PEERS))
empty = compare({ending: [program, "read", f"{cache}/export-2.{ending}", "--summary", "--threads", "1"] for ending in PEERS})
for rows in sizes:
    results = compare({ending: [program, "read", f"{cache}/export-{rows}.{ending}", "--summary", "--threads", "1"] for ending in PEERS})
    print(f"{rows:12,}" + "".join(f"{(results[e][1] - empty[e][1]) / rows * 1e6:8.2f}" for e in PEERS))
