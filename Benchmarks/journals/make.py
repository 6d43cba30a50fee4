#!/usr/bin/env python3
"""Writes the same postings four ways: a partnership's folder with a CSV of journals, and the texts that
hledger, ledger and beancount read. 33 members, 40 headings; seeded.

    make.py POSTINGS FOLDER
"""
import pathlib, random, sys

count, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])
rng = random.Random("journals")
members = [f"m{i:02}" for i in range(33)]
headings = [f"h{i:02}" for i in range(40)]
year = folder / "2018-19"
year.mkdir(parents=True, exist_ok=True)
lines = ['partnership "Thirty-three members"', "members " + " ".join(members), "host m00", "books in journals", "signs funding negative, expenditure positive",
         'section "Funding"', '  approved budget "General fund"', 'section "Costs"']
lines += [f'  cost {h} "Heading {h}"' for h in headings] + ['  total "Total costs"', '  net outturn "Net outturn"']
lines += ['section "Reserves"', '  brought forward "Brought forward"', '  to reserves "To reserves"', '  carried forward "Carried forward"',
          "weights people " + " ".join(f"{m} {rng.randint(8_000, 90_000):,}" for m in members) + ', source "seeded", at 2018-04-01',
          "contribution approved budget of each member, stays"]
for n in range(4):
    lines += [f'rule "Rule {n}"', "  for " + " ".join(headings[n * 5:n * 5 + 5]), "  take 20% from m00", "  take rest from members " + ("by people" if n % 2 else "equally")]
lines += ['rule "Everything else"', "  for anything else", "  take rest from members by people", "surplus of each member to its reserve",
          "deficit of each member from its reserve, at most balance; rest from its general fund"]
(folder / "agreement").write_text("\n".join(lines) + "\n")
(year / "opening.csv").write_text("reserve of,brought forward\n" + "".join(f"{m},{rng.randint(0, 9_000_000) / 100:.2f}\n" for m in members))
(year / "budget.csv").write_text("line," + ",".join(members) + "\napproved budget," + ",".join(f"{rng.randint(1_000_000, 90_000_000) / 100:.2f}" for _ in members) + "\n")
with open(year / "journals.csv", "w") as csv, open(folder / "hledger.journal", "w") as hledger, open(folder / "beancount.beancount", "w") as beancount:
    csv.write("journal,period,ledger of,from,to,amount,reason,date\n")
    for account in [f"Cash:{m.upper()}" for m in members]:
        beancount.write(f"2018-04-01 open Assets:{account} GBP\n")
    for h in headings:
        beancount.write(f"2018-04-01 open Expenses:{h.upper()} GBP\n")
    for n in range(count):
        month = n * 12 // count
        day = f"{2018 + (month > 8)}-{(month + 3) % 12 + 1:02}-{rng.randint(1, 28):02}"
        member, heading = rng.choice(members), rng.choice(headings)
        pence = rng.randint(1, 500_000)
        amount = f"{pence // 100}.{pence % 100:02}"
        number = f"J{n + 1:07}"
        csv.write(f"{number},P{month + 1},{member},cash,{heading},{amount},Invoice {n % 997},{day}\n")
        hledger.write(f"{day} {number} Invoice {n % 997}\n    expenses:{heading}  {amount} GBP\n    assets:cash:{member}  -{amount} GBP\n\n")
        beancount.write(f'{day} * "{number}" "Invoice {n % 997}"\n  Expenses:{heading.upper()}  {amount} GBP\n  Assets:Cash:{member.upper()}  -{amount} GBP\n\n')
