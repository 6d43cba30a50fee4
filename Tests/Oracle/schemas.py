#!/usr/bin/env python3
"""The JSON forms of every ledger and published table against the schemas that the program prints itself.

    schemas.py --program .build/release/outturn
"""
import argparse, json, pathlib, subprocess, sys
from jsonschema import Draft202012Validator

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    options = arguments.parse_args()
    problems, count = [], 0

    def answer(*words):
        run = subprocess.run([options.program, *map(str, words)], capture_output=True, text=True)
        if run.returncode > 1:
            problems.append(f"{words}: {run.stderr}")
        return json.loads(run.stdout)

    schemas = {topic: Draft202012Validator(answer("help", topic)) for topic in ("schema-statement", "schema-check-table")}
    for validator in schemas.values():
        Draft202012Validator.check_schema(validator.schema)
    cases = []
    for ledger in sorted((ROOT / "Ledgers").glob("*/agreement")) + sorted((ROOT / "Ledgers/london-survey-illustrative").glob("*/agreement"))[:2]:
        for year in sorted(p for p in ledger.parent.iterdir() if p.is_dir() and p.name[:4].isdigit()):
            cases.append(("schema-statement", ("statement", year, "--format", "json")))
    for table in sorted((ROOT / "Tests/Casting/tables").glob("*.[ct]sv")):
        cases.append(("schema-check-table", ("check-table", table, "--format", "json")))
    for topic, words in cases:
        count += 1
        for error in schemas[topic].iter_errors(answer(*words)):
            problems.append(f"{words[1]}: {error.json_path}: {error.message[:200]}")
    # The schema refuses what it should: a number for an amount, a key that nobody knows.
    good = answer("statement", ROOT / "Ledgers/tri-borough", "--format", "json")
    for spoil in (lambda d: d["sections"][0]["rows"][0]["amounts"].__setitem__("total", 1.5), lambda d: d.__setitem__("extra", 1), lambda d: d.pop("books")):
        bad = json.loads(json.dumps(good))
        spoil(bad)
        if schemas["schema-statement"].is_valid(bad):
            problems.append("the schema takes a spoilt statement")
    print(*problems[:30], sep="\n")
    print(f"schemas: {count} documents valid" if not problems else f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
