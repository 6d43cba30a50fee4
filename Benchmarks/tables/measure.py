"""Measures `outturn check-table` on generated tables: slips found, causes named, errors cried where none is.

    Benchmarks/tables/run [--count 5000] [--seed N]
"""
import argparse
import collections
import json
import os
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(__file__))
import generate

parser = argparse.ArgumentParser()
parser.add_argument("--program", required=True)
parser.add_argument("--count", type=int, default=5000)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--show", type=int, default=0, help="show so many failures")
parser.add_argument("--keep", help="keep the files of failures here")
parser.add_argument("--check", action="store_true", help="exit with 1 unless the aims are met")
options = parser.parse_args()

source = random.Random(options.seed)
found = collections.Counter()
named = collections.Counter()
planted = collections.Counter()
layouts = collections.Counter()
false = clean = extra = shown = 0
misnamed = collections.Counter()


def cell_name(row, column):
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def fail(what, path, case, answer):
    global shown
    if shown >= options.show:
        return
    shown += 1
    print(f"--- {what}: {case}")
    print(subprocess.run([options.program, "check-table", path], capture_output=True, text=True).stdout)
    print(open(path, encoding="utf-8").read() if not path.endswith(".xlsx") else "(workbook)")


with tempfile.TemporaryDirectory() as folder:
    done = 0
    while done < options.count:
        batch = []
        for index in range(min(250, options.count - done)):
            number = done + index
            kind = generate.KINDS[(number // 2) % len(generate.KINDS)] if number % 2 else None
            made, cells = generate.case(source, kind)
            batch.append((generate.write(source, made, f"{folder}/{number}"), kind, [cell_name(*c) for c in cells]))
        answer = subprocess.run([options.program, "check-table", "--format", "json"] + [path for path, _, _ in batch], capture_output=True, text=True)
        if answer.returncode not in (0, 1):
            sys.exit(f"check-table ended with {answer.returncode}: {answer.stderr[:2000]}")
        by_file = collections.defaultdict(list)
        for table in json.loads(answer.stdout)["tables"]:
            by_file[table["file"]].append(table)
        for path, kind, cells in batch:
            errors = [f for t in by_file[path] for f in t["findings"] if f["verdict"] == "error"]
            if kind is None:
                clean += 1
                if errors:
                    false += 1
                    fail("false error", path, errors[0], None)
                continue
            planted[kind] += 1
            hits = [f for f in errors if set(f["cells"]) & set(cells) or f["cell"] in cells]
            if hits:
                found[kind] += 1
                if any(f["cause"] == kind for f in hits):
                    named[kind] += 1
                else:
                    misnamed[kind, hits[0]["cause"]] += 1
                    if options.show > 100:
                        fail("misnamed", path, (kind, cells, hits[0]["cause"]), None)
            else:
                fail("not found", path, (kind, cells), None)
            extra += len(errors) > len(hits)
        done += len(batch)
        if sys.stderr.isatty():
            print(f"\r{done} of {options.count}", end="", file=sys.stderr)
if sys.stderr.isatty():
    print("\r\033[K", end="", file=sys.stderr)

print(f"seed {options.seed}: {options.count} tables, {sum(planted.values())} with a slip")
for kind in generate.KINDS:
    if planted[kind]:
        print(f"  {kind:30} {planted[kind]:5} planted, found {100 * found[kind] / planted[kind]:5.1f}%, named {100 * named[kind] / planted[kind]:5.1f}%")
total = sum(planted.values())
f, n = 100 * sum(found.values()) / total, 100 * sum(named.values()) / total
print(f"found {f:.1f}% (aim 95), cause named {n:.1f}% (aim 80), false errors in {false} of {clean} clean tables (aim fewer than 1 in 50), other errors beside the planted one in {extra}")
print("named otherwise: " + ", ".join(f"{a} as {b}: {c}" for (a, b), c in misnamed.most_common(8)))
if options.check and (f < 95 or n < 80 or false * 50 >= clean):
    sys.exit(1)
