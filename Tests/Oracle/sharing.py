#!/usr/bin/env python3
"""An independent calculator of shares, in Python's rationals, against the program.

It shares no code and no data structure with the program: it makes random agreements and books from a
seed, writes them in the agreement's language for the program to read, and works out from its own
structures what must come out. Tables are rounded by brute force where they are small; larger ones are
held to the law's properties.

    sharing.py --runner .build/release/oracle-runner --first 0 --count 2000 [--state FILE]

With --state the run goes on where an earlier one was stopped.
"""
import argparse, hashlib, itertools, json, os, pathlib, random, subprocess, sys
from fractions import Fraction as F
from math import comb, floor


class Disagreement(Exception):
    pass


def expect(condition, *what):
    if not condition:
        raise Disagreement(" ".join(map(str, what)))


class Program:
    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1 << 16)

    def ask(self, text):
        self.process.stdin.write(text)
        self.process.stdin.flush()

    def line(self):
        line = self.process.stdout.readline()
        expect(line, "the program ended")
        return line.split()

    def table(self, rows):
        width = len(rows[0])
        self.ask(f"table {len(rows)} {width}\n" + "".join(" ".join(f"{c.numerator}/{c.denominator}" for c in row) + "\n" for row in rows))
        return [[int(c) for c in self.line()] for _ in rows]

    def year(self, agreement, books):
        self.ask("year\n" + agreement + "books\n" + "".join(b + "\n" for b in books) + "end\n")
        answer = {"pools": [], "owes": {}, "recharges": [], "reserves": {}}
        while True:
            words = self.line()
            if words[0] == "done":
                return answer
            if words[0] == "fault":
                raise Disagreement("the program refuses: " + " ".join(words))
            if words[0] == "roundtrip":
                expect(words[1] == "same", "printing and parsing again gives another agreement")
            elif words[0] == "pool":
                answer["pools"].append({"key": tuple(words[1:]), "rows": {}})
            elif words[0] == "payers":
                answer["pools"][-1]["payers"] = words[1:]
            elif words[0] == "row":
                answer["pools"][-1]["rows"][words[1]] = [int(w) for w in words[2:]]
            elif words[0] == "owes":
                answer["owes"][words[1]] = int(words[2])
            elif words[0] == "recharge":
                answer["recharges"].append((words[1], words[2], int(words[3])))
            elif words[0] == "reserve":
                answer["reserves"][words[1]] = [int(w) for w in words[2:]]


# Law 6: the one rounding.

BRUTE_CELLS = 12


def judge_table(exact, got):
    """Properties of every table; of small ones, that it is the law's own."""
    columns = range(len(exact[0]))
    for row, pence in zip(exact, got):
        expect(sum(row) == sum(pence), "a row doesn't keep its total", row, pence)
        for a, x in zip(row, pence):
            expect(abs(x - a) < 1, "a cell moved by a penny or more", a, x)
            expect(a != 0 or x == 0, "nought got something")
    for c in columns:
        expect(abs(sum(r[c] for r in got) - sum(r[c] for r in exact)) < 1, "a payer's total moved by a penny or more", exact, got)
    fractional = sum(1 for row in exact for a in row if a.denominator != 1)
    if fractional and fractional <= BRUTE_CELLS:
        expect(got == brute(exact), "not the law's table:", exact, "got", got, "law", brute(exact))
        return 1
    return 0


def brute(exact):
    def choices(row):
        floors = [floor(a) for a in row]
        open_cells = [i for i, a in enumerate(row) if a.denominator != 1]
        ups = sum(row) - sum(floors)
        for chosen in itertools.combinations(open_cells, int(ups)):
            yield [f + (i in chosen) for i, f in enumerate(floors)]

    width = range(len(exact[0]))
    totals = [sum(row[c] for row in exact) for c in width]
    best = None
    for table in itertools.product(*(list(choices(row)) for row in exact)):
        sums = [sum(row[c] for row in table) for c in width]
        if any(abs(s - t) >= 1 for s, t in zip(sums, totals)):
            continue
        key = (
            sum(abs(s - t) for s, t in zip(sums, totals)), [-abs(s) for s in sums],
            sum(abs(x - a) for row, er in zip(table, exact) for x, a in zip(row, er)), [-abs(x) for row in table for x in row],
        )
        if best is None or key < best[0]:
            best = (key, [list(r) for r in table])
    return best[1]


def table_case(program, rng):
    rows, columns = rng.randint(1, 4), rng.randint(1, 5)
    kind = rng.random()
    if kind < 0.5:
        # As pools are: each row in the same shares.
        weights = [rng.choice([0, 1, 1, 2, 3, 7, rng.randint(1, 50_000)]) for _ in range(columns)]
        if not any(weights):
            weights[0] = 1
        sign = rng.choice([1, 1, 1, -1])
        table = []
        for _ in range(rows):
            total = rng.choice([0, 1, 2, 3, 10, 100, rng.randint(1, 10_000_000)]) * sign * (-1 if rng.random() < 0.1 else 1)
            table.append([F(total * w, sum(weights)) for w in weights])
    else:
        # Any table at all whose rows are whole.
        table = []
        for _ in range(rows):
            d = rng.choice([2, 3, 4, 5, 7, 12])
            cells = [F(rng.randint(-30, 30), d) if rng.random() < 0.8 else F(0) for _ in range(columns)]
            rest = sum(cells) - floor(sum(cells))
            if rest:
                cells[rng.randrange(columns)] -= rest
            table.append(cells)
    got = program.table(table)
    proved = judge_table(table, got)
    negated = program.table([[-a for a in row] for row in table])
    expect(negated == [[-x for x in row] for row in got], "a refund doesn't mirror its charge", table)
    return proved, split_case(program, rng)


def split_case(program, rng):
    """A pool with few members and even weights, where ties abound: one heading against its two halves."""
    weights = rng.choice([[1, 1], [1, 1, 1], [1, 1, 1, 1], [2, 1, 1], [3, 2, 1, 1], [1, 2, 3, 4], [1, 1, 2, 2], [1, 2, 3, 4, 5], [1, 1, 1, 1, 4, 4]])
    rows = [rng.randint(1, 500) for _ in range(rng.randint(1, 2))]
    part = rng.randint(0, rows[0])

    def table(totals):
        return [[F(total * w, sum(weights)) for w in weights] for total in totals]

    whole, halves = table(rows), table([part, rows[0] - part] + rows[1:])
    one, two = program.table(whole), program.table(halves)
    if [sum(c) for c in zip(*one)] == [sum(c) for c in zip(*two)]:
        return 0
    expect(one == brute(whole) and two == brute(halves), "splitting a heading changes a payer's total", whole, one, halves, two)
    return 1


# A year: an agreement and its books.

def random_year(rng):
    members = [f"m{i}" for i in range(rng.randint(1, 5))]
    contributors = [f"c{i}" for i in range(rng.randint(0, 3))]
    costs = [f"h{i}" for i in range(rng.randint(1, 5))]
    incomes = [f"i{i}" for i in range(rng.randint(0, 2))]
    weights = {}
    for i in range(rng.randint(0, 2)):
        values = [rng.choice([0, 1, 2, 3, rng.randint(1, 60_000)]) for _ in members]
        if not any(values):
            values[0] = 1
        weights[f"w{i}"] = dict(zip(members, values))
    paying = [c for c in contributors if rng.random() < 0.3]
    declaring = [c for c in contributors if c not in paying]

    def key():
        return rng.choice(["equally"] + list(weights))

    def limit():
        return rng.choice([0, 1, 5_000, rng.randint(0, 3_000_000)]) if rng.random() < 0.3 else None

    def group_key(names):
        fitting = [w for w in weights if any(weights[w][m] for m in names)]
        return rng.choice(["equally"] + fitting)

    def take(split, last):
        t = {"limit": None, "amount": ("rest",)}
        if last:
            t["payer"] = ("concerned",) if split and rng.random() < 0.7 else ("members", key()) if rng.random() < 0.7 else ("member", rng.choice(members))
            return t
        roll = rng.random()
        if split:
            t["payer"] = rng.choice([("concerned",), ("reserve-concerned",)])
            if rng.random() < 0.15:
                t["payer"] = ("members", key())
        elif roll < 0.3:
            t["payer"] = ("reserve", rng.choice(members))
        elif roll < 0.5 and paying:
            t["payer"] = ("contributor", rng.choice(paying))
        elif roll < 0.7:
            t["payer"] = ("member", rng.choice(members))
        elif roll < 0.85 and len(members) > 1:
            names = [m for m in members if rng.random() < 0.6] or [members[0]]
            if len(names) == 1:
                t["payer"] = ("group", names, "equally")
            else:
                t["payer"] = ("group", names, group_key(names))
        else:
            t["payer"] = ("members", key())
        t["limit"] = limit()
        reserve = t["payer"][0].startswith("reserve")
        if reserve and t["limit"] is None:
            t["limit"] = "balance"
        free = t["payer"][0] in ("members", "group", "member") and split
        if free:
            t["limit"] = None
        choice = rng.random()
        if choice < 0.35:
            t["amount"] = ("share", rng.choice([F(1, 3), F(1, 10), F(1, 8), F(125, 1000), F(0)]))
        elif choice < 0.6 and not free:
            t["amount"] = ("fixed", rng.choice([0, 1, 100_000, rng.randint(1, 3_000_000)]))
        elif t["limit"] is None:
            t["amount"] = ("share", F(1, 4))
        return t

    headings = costs + incomes
    order = headings[:]
    rng.shuffle(order)
    rules = []
    for _ in range(rng.randint(0, 3)):
        if not order:
            break
        names = [order.pop() for _ in range(rng.randint(1, min(2, len(order))))]
        split = rng.random() < 0.4
        takes = [take(split, False) for _ in range(rng.randint(0, 2))]
        rules.append({"for": names, "split": split, "takes": takes + [take(split, True)]})
    rules.append({"for": None, "split": False, "takes": [take(False, False) for _ in range(rng.randint(0, 2))] + [take(False, True)]})

    # Over income alone a rule has lines of shares alone: any other is refused.
    named = {h for r in rules for h in r["for"] or []}
    for r in rules:
        covered = [h for h in headings if h not in named] if r["for"] is None else r["for"]
        if covered and not any(h in costs for h in covered):
            r["takes"] = [t for t in r["takes"] if t["limit"] is None and t["payer"][0] not in ("reserve", "reserve-concerned") and t["amount"][0] in ("rest", "share")]

    contributions = []
    for c in declaring:
        for m in members:
            if rng.random() < 0.6:
                contributions.append({"from": c, "to": m, "amount": rng.randint(1, 2_000_000), "key": key() if rng.random() < 0.5 else None})
    disposal = {
        "surplus": [("reserve", None)] if rng.random() < 0.6 else [("reserve", rng.randint(0, 3_000_000)), ("general", None)] if rng.random() < 0.7 else [("general", None)],
        "deficit": [("reserve", "balance"), ("general", None)] if rng.random() < 0.7 else [("general", None)],
    }
    books = {"openings": {m: (rng.choice([0, rng.randint(0, 4_000_000)]), rng.choice([0, 0, rng.randint(0, 50_000)])) for m in members},
             "budget": {m: rng.randint(0, 6_000_000) for m in members}, "postings": []}
    split_headings = {h for r in rules if r["split"] for h in (r["for"] or [])}
    for _ in range(rng.randint(0, 25)):
        h = rng.choice(headings)
        concerned = rng.choice(members) if h in split_headings else (rng.choice(members) if rng.random() < 0.1 else None)
        amount = rng.choice([1, 2, 100, 1001, rng.randint(1, 900_000)]) * (-1 if rng.random() < 0.15 else 1)
        books["postings"].append(("heading:" + h, rng.choice(members), concerned, amount))
    for t in contributions:
        if rng.random() < 0.9:
            books["postings"].append(("contributor:" + t["from"], t["to"], None, t["amount"]))
    # Contributors that take part of a cost pay something, to whomever.
    for c in paying:
        if rng.random() < 0.5 and any(t["payer"] == ("contributor", c) for r in rules for t in r["takes"]):
            books["postings"].append(("contributor:" + c, rng.choice(members), None, rng.randint(1, 500_000)))
    if len(members) > 1 and rng.random() < 0.5:
        a, b = rng.sample(members, 2)
        amount = rng.randint(1, 500_000)
        books["postings"] += [("recharge:" + b, a, None, amount), ("recharge:" + a, b, None, -amount)]
    return {"members": members, "host": rng.choice(members), "contributors": contributors, "costs": costs, "incomes": incomes, "weights": weights,
            "rules": rules, "contributions": contributions, "disposal": disposal, "books": books}


def pounds(pence):
    return f"£{pence // 100:,}.{pence % 100:02}"


def write_agreement(year):
    out = ['partnership "Case"', "members " + " ".join(year["members"]), "host " + year["host"]]
    if year["contributors"]:
        out.append("contributors " + " ".join(year["contributors"]))
    out += ["signs funding negative, expenditure positive", 'section "Funding"', '  approved budget "Own"']
    out += [f'  from {c} "From {c}"' for c in year["contributors"]]
    out += [f'  income {h} "Income {h}"' for h in year["incomes"]]
    out += ['section "Costs"'] + [f'  cost {h} "Cost {h}"' for h in year["costs"]] + ['  net outturn "Net"', '  brought forward "In"', '  carried forward "Out"']
    for name, values in year["weights"].items():
        out.append(f"weights {name} " + " ".join(f"{m} {w:,}" for m, w in values.items()) + ', source "case", at 2018-01-01')

    def key(k):
        return "equally" if k == "equally" else "by " + k

    out.append("contribution approved budget of each member, stays")
    for t in year["contributions"]:
        out.append(f"contribution {pounds(t['amount'])} from {t['from']} to {t['to']}, " + ("stays" if t["key"] is None else "pooled " + key(t["key"])))
    for n, rule in enumerate(year["rules"]):
        out.append(f'rule "Rule {n}"')
        out.append("  for " + ("anything else" if rule["for"] is None else " ".join(rule["for"])) + (", split by member concerned" if rule["split"] else ""))
        for t in rule["takes"]:
            amount = {"rest": lambda a: "rest", "share": lambda a: f"{a[1].numerator}/{a[1].denominator}", "fixed": lambda a: "up to " + pounds(a[1])}[t["amount"][0]](t["amount"])
            p = t["payer"]
            who = {"concerned": lambda: "member concerned", "reserve-concerned": lambda: "reserve of member concerned", "reserve": lambda: "reserve of " + p[1],
                   "contributor": lambda: p[1], "member": lambda: p[1], "members": lambda: "members " + key(p[1]), "group": lambda: " ".join(p[1]) + " " + key(p[2])}[p[0]]()
            limit = "" if t["limit"] is None else ", at most balance" if t["limit"] == "balance" else ", at most " + pounds(t["limit"])
            out.append(f"  take {amount} from {who}{limit}")
    for word, way in (("surplus", "to"), ("deficit", "from")):
        steps = []
        for target, most in year["disposal"][word]:
            tail = "" if most is None else ", at most balance" if most == "balance" else ", at most " + pounds(most)
            steps.append(f"{way} its {'reserve' if target == 'reserve' else 'general fund'}{tail}")
        out.append(f"{word} of each member " + "; rest ".join(steps))
    return "\n".join(out) + "\n"


def write_books(year, postings):
    b = year["books"]
    out = [f"opening {m} {o} {a}" for m, (o, a) in b["openings"].items()] + [f"budget {m} {p}" for m, p in b["budget"].items()]
    return out + [f"posting {account} {ledger} {concerned or '-'} {amount}" for account, ledger, concerned, amount in postings]


def expected_pools(year, answer):
    """Yields each pool that must come out, with its exact table; reads the pence that reserves paid
    from the answer (already judged), because later rules see what is left of them."""
    members = year["members"]
    balance = {m: o + a for m, (o, a) in year["books"]["openings"].items()}
    covered = {h: i for i, r in reversed(list(enumerate(year["rules"]))) for h in (r["for"] or [])}
    answers = {p["key"]: p for p in answer["pools"]}

    def weights_of(names, k):
        return {m: 1 if k == "equally" else year["weights"][k][m] for m in names}

    def parts(payer, concerned):
        kind = payer[0]
        if kind == "concerned":
            return {"member:" + concerned: F(1)}
        if kind == "reserve-concerned":
            return {"reserve:" + concerned: F(1)}
        if kind in ("member", "reserve", "contributor"):
            return {kind + ":" + payer[1]: F(1)}
        w = weights_of(members if kind == "members" else payer[1], payer[-1])
        total = sum(w.values())
        return {"member:" + m: F(v, total) for m, v in w.items() if v}

    for index, rule in enumerate(year["rules"]):
        for kind, names in (("cost", year["costs"]), ("income", year["incomes"])):
            for concerned in members if rule["split"] else [None]:
                rows = {}
                for account, _, who, amount in year["books"]["postings"]:
                    what, _, h = account.partition(":")
                    if what == "heading" and h in names and covered.get(h, len(year["rules"]) - 1) == index and (not rule["split"] or who == concerned):
                        rows[h] = rows.get(h, 0) + amount
                if not rows:
                    continue
                total = sum(rows.values())
                borne = {}

                def add(payer, amount):
                    for name, part in parts(payer, concerned).items():
                        borne[name] = borne.get(name, F(0)) + part * amount

                if total == 0:
                    add(rule["takes"][-1]["payer"], F(1))
                    whole = F(1)
                else:
                    whole = left = F(total)
                    mirrored = kind == "income" or total < 0
                    for t in rule["takes"]:
                        is_reserve = t["payer"][0].startswith("reserve")
                        if mirrored and (t["limit"] is not None or t["amount"][0] == "fixed" or is_reserve):
                            continue
                        wanted = left if t["amount"][0] == "rest" else t["amount"][1] * total if t["amount"][0] == "share" else F(t["amount"][1])
                        amount = max(wanted, left) if total < 0 else min(wanted, left)
                        if t["limit"] not in (None, "balance"):
                            amount = min(amount, t["limit"])
                        if is_reserve:
                            m = concerned if t["payer"][0] == "reserve-concerned" else t["payer"][1]
                            amount = min(amount, max(F(0), balance[m] - borne.get("reserve:" + m, F(0))))
                        if amount:
                            add(t["payer"], amount)
                        left -= amount
                    expect(left == 0, "the calculator left a rest")
                payers = [p for g in ("member", "reserve") for p in (f"{g}:{m}" for m in members) if borne.get(p)]
                payers += [p for p in (f"contributor:{c}" for c in year["contributors"]) if borne.get(p)]
                ordered = [h for h in year["costs"] + year["incomes"] if h in rows]
                exact = [[F(rows[h]) * borne[p] / whole for p in payers] for h in ordered]
                key = (f"rule{index}", kind, concerned or "-")
                yield key, payers, ordered, exact
                got = answers[key]
                for c, p in enumerate(payers):
                    if p.startswith("reserve:"):
                        paid = sum(r[c] for r in got["rows"].values())
                        balance[p[8:]] -= paid
                        expect(paid == 0 or balance[p[8:]] >= 0, "a reserve is overdrawn")
    keys = []
    for t in year["contributions"]:
        if t["key"] is not None and t["key"] not in keys:
            keys.append(t["key"])
    for k in keys:
        rows = {}
        for account, ledger, _, amount in year["books"]["postings"]:
            what, _, c = account.partition(":")
            if what == "contributor" and any(t["from"] == c and t["to"] == ledger and t["key"] == k for t in year["contributions"]):
                rows[c] = rows.get(c, 0) + amount
        if rows:
            w = weights_of(members, k)
            payers = ["member:" + m for m in members if w[m]]
            ordered = [c for c in year["contributors"] if c in rows]
            name = "pooled-" + ("equally" if k == "equally" else "by-" + k)
            yield (name, "income", "-"), payers, ordered, [[F(rows[c] * w[m], sum(w.values())) for m in members if w[m]] for c in ordered]


def judge_year(year, answer):
    proved = 0
    seen = []
    for key, payers, rows, exact in expected_pools(year, answer):
        got = next((p for p in answer["pools"] if p["key"] == key), None)
        expect(got, "a pool is missing:", key)
        expect(got["payers"] == payers, "other payers in", key, got["payers"], payers)
        expect(list(got["rows"]) == rows, "other rows in", key, got["rows"], rows)
        table = [got["rows"][h] for h in rows]
        if payers:
            proved += judge_table(exact, table)
        # Caps hold in pence.
        seen.append(key)
        if key[0].startswith("rule"):
            for t in year["rules"][int(key[0][4:])]["takes"]:
                cap = t["limit"] if isinstance(t["limit"], int) else None
                alone = sum(1 for u in year["rules"][int(key[0][4:])]["takes"] if u["payer"] == t["payer"]) == 1
                if cap is not None and alone and t["payer"][0] in ("reserve", "contributor"):
                    name = t["payer"][0] + ":" + t["payer"][1]
                    if name in payers:
                        expect(sum(r[payers.index(name)] for r in table) <= cap, "a cap is passed")
    expect(sorted(seen) == sorted(p["key"] for p in answer["pools"]), "pools that nobody expected")

    members, host = year["members"], year["host"]
    share = dict.fromkeys(members, 0)
    income = dict.fromkeys(members, 0)
    spent = dict.fromkeys(members, 0)
    partners = dict.fromkeys(members, 0)
    for pool in answer["pools"]:
        for c, p in enumerate(pool["payers"]):
            group, name = p.split(":")
            total = sum(r[c] for r in pool["rows"].values())
            column = host if group == "contributor" else name
            (share if pool["key"][1] == "cost" else income)[column] += total
            if pool["key"][1] == "cost" and group == "reserve":
                spent[column] += total
            if group == "contributor":
                # A part of earned income lowers what a contributor meets.
                partners[column] += total if pool["key"][1] == "cost" else -total
    own = dict.fromkeys(members, 0)
    held = dict.fromkeys(members, 0)
    stays = dict.fromkeys(members, 0)
    recharged = dict.fromkeys(members, 0)
    received = dict.fromkeys(members, 0)
    for account, ledger, _, amount in year["books"]["postings"]:
        what, _, name = account.partition(":")
        if what == "heading":
            (own if name in year["costs"] else held)[ledger] += amount
        elif what == "recharge":
            recharged[ledger] += amount
        elif any(t["payer"] == ("contributor", name) for r in year["rules"] for t in r["takes"]):
            # It meets costs in the host's column.
            held[ledger] += amount
            income[host] += amount
            received[host] += amount
        elif any(t["from"] == name and t["to"] == ledger and t["key"] is not None for t in year["contributions"]):
            held[ledger] += amount
        else:
            stays[ledger] += amount
    owes = {m: share[m] - own[m] - income[m] + held[m] - recharged[m] for m in members}
    expect(owes == answer["owes"], "other positions", owes, answer["owes"])
    expect(sum(owes.values()) == 0, "positions don't net to nought")
    after = dict(owes)
    for a, b, amount in answer["recharges"]:
        expect(amount > 0, "an empty recharge")
        after[a] -= amount
        after[b] += amount
    expect(not any(after.values()), "recharges don't settle", after)
    expect(len(answer["recharges"]) < max(1, len(members)), "more payments than needed")
    for m in members:
        net = year["books"]["budget"][m] + stays[m] + income[m] - received[m] - share[m] + spent[m] + partners[m]
        opening, adjustment = year["books"]["openings"][m]
        left = abs(net)
        got = {"reserve": 0, "general": 0}
        for target, most in year["disposal"]["surplus" if net >= 0 else "deficit"]:
            amount = left if most is None else min(left, opening + adjustment - spent[m]) if most == "balance" else min(left, most)
            got[target] += amount
            left -= amount
        sign = 1 if net >= 0 else -1
        carried = opening + adjustment - spent[m] + sign * got["reserve"]
        expect(answer["reserves"][m] == [spent[m], sign * got["reserve"], got["general"] if net < 0 else 0, got["general"] if net >= 0 else 0, carried],
               "another roll-forward of", m, answer["reserves"][m], [spent[m], sign * got["reserve"], got["general"], carried])
        expect(carried >= 0, "a reserve below nought")
    return proved


def payer_totals(answer):
    return {p["key"]: {name: sum(r[c] for r in p["rows"].values()) for c, name in enumerate(p["payers"])} for p in answer["pools"]}


def year_case(program, rng):
    year = random_year(rng)
    postings = year["books"]["postings"]
    agreement = write_agreement(year)
    answer = program.year(agreement, write_books(year, postings))
    proved = judge_year(year, answer)
    shuffled = postings[:]
    rng.shuffle(shuffled)
    expect(program.year(agreement, write_books(year, shuffled)) == answer, "the order of postings changes something")
    # Splitting a heading in two, under the same rule, changes no payer's total.
    h = rng.choice(year["costs"])
    for rule in year["rules"]:
        if rule["for"] and h in rule["for"]:
            rule["for"].append("split")
    year["costs"].append("split")
    moved = [("heading:split", *p[1:]) if p[0] == "heading:" + h and rng.random() < 0.5 else p for p in postings]
    year["books"]["postings"] = moved
    halves = program.year(write_agreement(year), write_books(year, year["books"]["postings"]))
    judge_year(year, halves)
    whole, split = payer_totals(answer), payer_totals(halves)
    exceptions = 0
    changed = {k for k in set(whole) | set(split) if whole.get(k) != split.get(k)}
    if changed:
        # Law 6 gives the odd pennies by largest remainder where a table has room for that, which now and
        # then only one of the two has. Then both must be proved to be the law's own tables.
        year["costs"].remove("split")
        for rule in year["rules"]:
            if rule["for"] and "split" in rule["for"]:
                rule["for"].remove("split")
        year["books"]["postings"] = postings
        exceptions += prove(year, answer, changed)
        for rule in year["rules"]:
            if rule["for"] and h in rule["for"]:
                rule["for"].append("split")
        year["costs"].append("split")
        year["books"]["postings"] = moved
        prove(year, halves, changed)
    return proved, exceptions


def prove(year, answer, changed):
    """Brute force for the first pool that changed; later ones may follow from what it left of a reserve."""
    for key, _, rows, exact in expected_pools(year, answer):
        if key in changed:
            choices = 1
            for row in exact:
                choices *= comb(sum(a.denominator != 1 for a in row), int(sum(row) - sum(floor(a) for a in row)))
            expect(choices <= 5_000_000, "splitting a heading changes a payer's total, in a table too large to prove:", exact)
            got = next(p for p in answer["pools"] if p["key"] == key)
            expect([got["rows"][h] for h in rows] == brute(exact), "splitting a heading changes a payer's total", exact)
            return 1
    return 0


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--runner", required=True)
    arguments.add_argument("--first", type=int, default=0)
    arguments.add_argument("--count", type=int, default=2000)
    arguments.add_argument("--state")
    options = arguments.parse_args()
    program = Program(options.runner)
    first = options.first
    # What an earlier run showed holds for the same program and the same calculator only.
    judged = hashlib.sha256(pathlib.Path(options.runner).read_bytes() + pathlib.Path(__file__).read_bytes()).hexdigest()
    if options.state and os.path.exists(options.state):
        state = json.loads(pathlib.Path(options.state).read_text())
        if state.get("judged") == judged:
            first = max(first, state["next"])
    proved = exceptions = splits = 0
    for seed in range(first, options.first + options.count):
        rng = random.Random(f"outturn {seed}")
        try:
            more, split = table_case(program, rng)
            proved += more
            splits += split
            more, exceptional = year_case(program, rng)
            proved += more
            exceptions += exceptional
        except (Disagreement, BrokenPipeError) as disagreement:
            print(f"seed {seed}: {disagreement}")
            print("1 case disagrees; 0 passed, 1 failed")
            return 1
        if options.state and seed % 500 == 499:
            pathlib.Path(options.state).write_text(json.dumps({"next": seed + 1, "judged": judged}))
    if first > options.first:
        print(f"the first {first - options.first} were judged by earlier runs of the same program")
    print(f"sharing: {options.count} tables and {options.count} years from seed {options.first}; {proved} tables of this run proved by brute force;"
          f" splitting a heading changed a payer's total in {exceptions} years, and in {splits} of as many small tables full of ties,"
          " each time because the law's own tables differ (proved)")
    print(f"{options.count} passed, 0 failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
