#!/usr/bin/env python3
"""The statements of the project's ledgers worked out again, from the exports, to the penny.

Its own reader, its own knowledge of each layout, exact rationals and brute-force rounding; the program
must say the same.

    statement.py --program .build/release/outturn
"""
import argparse, csv, json, pathlib, subprocess, sys, tempfile
from fractions import Fraction as F

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import sharing, spreadsheetml


def pence(text):
    text = text.strip()
    if not text:
        return 0
    negative = text.startswith(("(", "-")) or text.endswith("-")
    value = F(text.strip("()-").replace(",", "").replace("£", "")) * 100
    assert abs(value - round(value)) < F(1, 10_000)
    return int(round(value)) * (-1 if negative else 1)


def grid(path):
    rows = {}
    for _, row, column, _, text in spreadsheetml.cells(path.read_bytes()):
        rows.setdefault(row, {})[column] = text
    return [rows[r] for r in sorted(rows)]


def tri_borough():
    """(member, code, pence), debits positive, of every transaction."""
    folder = ROOT / "Ledgers/tri-borough/2018-19/exports"
    for row in grid(folder / "lbhf/ledger-illustrative.xml"):
        if row.get(2, "").isdigit():
            yield "lbhf", row[2], pence(row[8])
    for row in grid(folder / "rbkc/ledger-illustrative.xml")[1:]:
        if 2 in row:
            yield "rbkc", row[2], pence(row.get(7, "")) - pence(row.get(8, ""))
    for row in grid(folder / "wcc/ledger-illustrative.xml")[1:]:
        if 1 in row:
            yield "wcc", row[2], pence(row[7])


HEADINGS = {
    "salaries": ("10100", "4010", "P1001"), "chair": ("4200", "S2105"), "training": ("22310", "4310", "S2201"), "other": ("24020", "4400", "S2900"),
}
INCOME = ("52110", "5110", "5120", "I5102")
PARTNERS = {"Metropolitan Police": ("51010", "5010", "I5001"), "Probation": ("51020", "5020", "I5002"), "CAFCASS": ("51030", "5030", "I5003"),
            "London Fire Brigade": ("51040", "5040", "I5004"), "CCGs (Health)": ("51050", "5050", "I5005")}
LABELS = {"salaries": "Salary expenditure", "chair": "Independent Chair", "training": "Training", "other": "Other LSCB costs"}


def expected_tri_borough():
    members = ["lbhf", "rbkc", "wcc"]
    rows = list(tri_borough())
    budget = {"lbhf": 7_916_900, "rbkc": 6_074_000, "wcc": 7_771_000}
    opening = {"lbhf": 4_521_600, "rbkc": 12_965_000, "wcc": 8_149_900}
    costs = sharing.brute([[F(sum(a for _, c, a in rows if c in codes), 3)] * 3 for codes in HEADINGS.values()])
    fees = sharing.brute([[F(-sum(a for _, c, a in rows if c in INCOME), 3)] * 3])[0]
    out = {"Sovereign Borough General Fund": [-budget[m] for m in members]}
    for label, codes in PARTNERS.items():
        out[label] = [sum(a for who, c, a in rows if who == m and c in codes) for m in members]
    out["Total Partner Income"] = [sum(out[p][i] for p in PARTNERS) for i in range(3)]
    out["Training income"] = [-f for f in fees]
    out["Total Funding"] = [out["Sovereign Borough General Fund"][i] + out["Total Partner Income"][i] - fees[i] for i in range(3)]
    for heading, shares in zip(HEADINGS, costs):
        out[LABELS[heading]] = shares
    out["Total expenditure"] = [sum(row[i] for row in costs) for i in range(3)]
    out["Final outturn variance"] = [out["Total Funding"][i] + out["Total expenditure"][i] for i in range(3)]
    out["Reserves Brought Forward"] = [-opening[m] for m in members]
    out["Contribution to LSCB balance sheet accounts"] = out["Final outturn variance"]
    out["Reserves to take forward"] = [out["Final outturn variance"][i] - opening[m] for i, m in enumerate(members)]
    return members, out


def expected_new(folder):
    members = ["northshire", "southshire"]
    weights = [F(41_000, 68_500), F(27_500, 68_500)]
    rows = []
    for m in members:
        for row in csv.DictReader((folder / f"2026-27/exports/{m}/illustrative.csv").open(newline="")):
            if row["Account"]:
                rows.append((m, row["Account"], row["Case of"].lower(), pence(row["Amount"])))

    def total(*codes):
        return sum(a for _, c, _, a in rows if c in codes)

    costs = sharing.brute([[total(*codes) * w for w in weights] for codes in (("4000",), ("4100",))])
    fees = sharing.brute([[-total("6000") * w for w in weights]])[0]
    pooled = sharing.brute([[F(-total("6100"), 2)] * 2, [F(-total("6200"), 2)] * 2])
    reviews = [sum(a for _, c, case, a in rows if c == "4300" and case == m) for m in members]
    out = {"General fund": [2_000_000, 1_400_000], "Police": pooled[0], "Integrated care board": pooled[1], "Training fees": fees,
           "Salaries": costs[0], "Training": costs[1], "Case reviews": reviews, "Met from reserves": reviews}
    out["Total funding"] = [out["General fund"][i] + pooled[0][i] + pooled[1][i] + fees[i] for i in range(2)]
    out["Total expenditure"] = [costs[0][i] + costs[1][i] + reviews[i] for i in range(2)]
    out["Net outturn"] = [out["Total funding"][i] - out["Total expenditure"][i] + reviews[i] for i in range(2)]
    out["Reserves brought forward"] = [800_000, 550_000]
    out["Case reviews met"] = [-r for r in reviews]
    out["Net outturn to reserves"] = out["Net outturn"]
    out["Reserves carried forward"] = [out["Reserves brought forward"][i] - reviews[i] + out["Net outturn"][i] for i in range(2)]
    assert all(r <= b for r, b in zip(reviews, out["Reserves brought forward"])) and all(n > 0 for n in out["Net outturn"])
    return members, out


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    options = arguments.parse_args()
    passed = failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch) / "new"
        subprocess.run([options.program, "new", str(folder), "--year", "2026-27"], check=True, stdout=subprocess.DEVNULL)
        for path, (members, expected) in ((ROOT / "Ledgers/tri-borough", expected_tri_borough()), (folder, expected_new(folder))):
            text = subprocess.run([options.program, "statement", str(path), "--format", "json"], capture_output=True, text=True, check=True).stdout
            got = {row["label"]: row["amounts"] for section in json.loads(text)["sections"] for row in section["rows"]}
            if set(got) != set(expected):
                failed += 1
                print(f"{path.name}: other rows: {set(got) ^ set(expected)}")
            for label, amounts in expected.items():
                ours = [F(got[label][m]) * 100 for m in members] + [F(got[label]["total"]) * 100] if label in got else None
                if ours == amounts + [sum(amounts)]:
                    passed += 1
                else:
                    failed += 1
                    print(f"{path.name}: {label}: the program {ours}, the calculator {amounts}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
