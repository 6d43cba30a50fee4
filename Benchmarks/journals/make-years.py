#!/usr/bin/env python3
"""Writes a partnership of 33 members and 20 contributors with ten years of books, and 100 variants.

    make-years.py FOLDER
"""
import pathlib, random, sys

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
rng = random.Random("ten years")
members = [f"m{i:02}" for i in range(33)]
contributors = [f"c{i:02}" for i in range(20)]
headings = [f"h{i:02}" for i in range(40)]
lines = ['partnership "Ten years"', "members " + " ".join(members), "host m00", "books in journals", "contributors " + " ".join(contributors),
         "signs funding negative, expenditure positive", 'section "Funding"', '  approved budget "General fund"']
lines += [f'  from {c} "Contributor {c}"' for c in contributors] + ['section "Costs"'] + [f'  cost {h} "Heading {h}"' for h in headings]
lines += ['  net outturn "Net outturn"', 'section "Reserves"', '  brought forward "Brought forward"', '  to reserves "To reserves"', '  carried forward "Carried forward"']
for n in range(5):
    lines.append(f"weights w{n} " + " ".join(f"{m} {rng.randint(1, 90_000):,}" for m in members) + f', source "seeded", at 2010-03-31')
lines.append("contribution approved budget of each member, stays")
for c in contributors:
    lines.append(f"contribution £{rng.randint(1_000, 60_000):,} from {c} to {rng.choice(members)}, rising 2% a year from 2012-13, " + ("pooled by w0" if rng.random() < 0.5 else "stays"))
for n in range(6):
    lines += [f'rule "Rule {n}"', "  for " + " ".join(headings[n * 5:n * 5 + 5]), f"  take {10 + n}% from {members[n]}", f"  take rest from members {'by w' + str(n % 5) if n % 3 else 'equally'}"]
lines += ['rule "Everything else"', "  for anything else", "  take rest from members by w1", "surplus of each member to its reserve", "deficit of each member from its reserve, at most balance; rest from its general fund"]
(folder / "agreement").write_text("\n".join(lines) + "\n")
for start in range(2010, 2020):
    year = folder / f"{start}-{(start + 1) % 100:02}"
    year.mkdir(exist_ok=True)
    (year / "opening.csv").write_text("reserve of,brought forward\n" + "".join(f"{m},{rng.randint(0, 9_000_000) / 100:.2f}\n" for m in members))
    (year / "budget.csv").write_text("line," + ",".join(members) + "\napproved budget," + ",".join(f"{rng.randint(1_000_000, 90_000_000) / 100:.2f}" for _ in members) + "\n")
    rows = ["journal,period,ledger of,from,to,amount,reason\n"]
    for n in range(2_000):
        rows.append(f"J{n},P{rng.randint(1, 12)},{rng.choice(members)},cash,{rng.choice(headings)},{rng.randint(1, 900_000) / 100:.2f},Invoice\n")
    for c in contributors:
        rows.append(f"K{c},P4,{rng.choice(members)},{c},cash,{rng.randint(100_000, 6_000_000) / 100:.2f},Contribution\n")
    (year / "journals.csv").write_text("".join(rows))
variants = [f"everything by w{n}" for n in range(5)] + [f"cut {c} by {p}%" for c in contributors for p in (10, 50)] + [f"without {c}" for c in contributors]
variants += [f"cost {h} up {rng.randint(1, 20)}%" for h in headings]
(folder / "variants").write_text("\n".join(variants[:100]) + "\n")
