#!/usr/bin/env python3
"""The laws of sharing as constraints, solved by linear programming, and as likenesses between two runs.

The other calculators follow the agreement line by line, as the program does. This one doesn't: of each rule's pool it
states what may and may not be (nobody pays more than its part, its cap or its balance; all of the pool is paid), and
that earlier lines pay as much as they can; a solver of linear programs finds the one allocation that is so. Then it
compares runs whose likeness follows from the laws, of agreements with every feature: other orders of the same postings,
a cost split in two, all sums ten times as large, a pool in credit beside its mirror, two headings in one.

    laws.py --runner .build/release/oracle-runner --first 0 --count 2000 [--state FILE]
"""
import argparse, hashlib, json, os, pathlib, random, re, sys
import numpy
from scipy.optimize import linprog
from sharing import Disagreement, expect
from agreements import Asker, make, write, write_books

# Of pence: what a solver in floating point may miss by; and below what distance its answer is taken for whole pence. A
# true share may be as near to a whole penny and still be rounded away from it, though very seldom, so the second is small.
CLOSE = 1e-3
WHOLE = 3e-5


class Line:
    """`take AMOUNT from PAYERS, at least LEAST, each at most MOST, at most CAP`; payers by weight. MOST is one sum, or one by
    payer; where the excess is shared again, those below theirs bear what it leaves."""

    def __init__(self, amount, payers, weights, most=None, cap=None, text="", least=0, shares_excess=False):
        self.amount, self.payers, self.weights, self.most, self.cap, self.text = amount, payers, weights, most, cap, text
        self.least, self.shares_excess = least, shares_excess

    def most_of(self, payer):
        return self.most.get(payer) if isinstance(self.most, dict) else self.most


def pounds(pence):
    return f"£{pence // 100:,}.{pence % 100:02}"


def small(rng, shares_only=False):
    """An agreement of a few members, with the lines as data and as text."""
    members = [f"m{i}" for i in range(rng.randint(2, 4))]
    weights = {m: rng.choice([0, 1, 1, 2, 3, rng.randint(1, 50_000)]) for m in members}
    weights["m0"] = max(1, weights["m0"])
    headings = [f"h{i}" for i in range(rng.randint(1, 4))]
    free, rules = headings[:], []
    while free and rng.random() < 0.6:
        taken = rng.sample(free, rng.randint(1, len(free)))
        free = [h for h in free if h not in taken]
        rules.append((sorted(taken), [line(rng, members, weights, shares_only) for _ in range(rng.randint(0, 3))]))
    # Over income alone a rule has no limited lines.
    rules.append((None, [line(rng, members, weights, shares_only) for _ in range(rng.randint(0, 3) if free else 0)]))
    for _, lines in rules:
        lines.append(group(rng, members, weights, ("rest",), "rest", limited=False))
    # The last of the headings may be income that goes off the costs of a rule.
    net = rng.choice([n for n, (names, _) in enumerate(rules) if names or free]) if not shares_only and rng.random() < 0.4 else None
    allowances = {"contributor:" + c: rng.choice([0, rng.randint(0, 600_000)]) for c in ("c0", "c1") if not shares_only and rng.random() < 0.4}
    return members, weights, headings, rules, net, allowances


def group(rng, members, weights, amount, words, limited):
    names = sorted(rng.sample(members, rng.randint(1, len(members))))
    by_weights = rng.random() < 0.5 and any(weights[m] for m in names)
    parts = [weights[m] if by_weights else 1 for m in names]
    most = rng.choice([None, 0, rng.randint(0, 400_000)]) if limited and len(names) > 1 else None
    cap = rng.choice([None, rng.randint(0, 900_000)]) if limited else None
    said = ""
    shares_excess = False
    if most is not None:
        if rng.random() < 0.4:
            some = rng.sample(names, rng.randint(1, len(names)))
            most = {"member:" + m: rng.randint(0, 400_000) for m in some}
            said = ", each at most " + " ".join(f"{p[7:]} {pounds(v)}" for p, v in most.items())
        else:
            said = f", each at most {pounds(most)}"
        shares_excess = rng.random() < 0.6
        if shares_excess:
            said += ", excess by the same key"
            # Somebody who is free could bear all, and a line after it would be refused.
            cap = rng.randint(0, 900_000) if cap is None else cap
    least = rng.randint(0, 300_000) if limited and amount[0] in ("share", "fixed") and rng.random() < 0.2 else 0
    least = min([least] + [x for x in (cap, amount[1] if amount[0] == "fixed" else None) if x is not None])
    if len(names) == 1:
        by_weights, parts, who = False, [1], names[0]
    else:
        who = " ".join(names) + (" by w" if by_weights else " equally")
    text = f"take {words} from {who}" + (f", at least {pounds(least)}" if least else "") + said + (f", at most {pounds(cap)}" if cap is not None else "")
    return Line(amount, ["member:" + m for m in names], parts, most, cap, text, least, shares_excess)


def line(rng, members, weights, shares_only):
    if shares_only:
        return group(rng, members, weights, ("share", 1, 5), "1/5", limited=False)
    amount, words = rng.choice([(("rest",), "rest"), (("share", 1, 3), "1/3"), (("share", 4, 5), "80%"), (("fixed", f := rng.randint(0, 700_000)), f"up to {pounds(f)}"), (("of-rest", 1, 2), "50% of the rest")])
    kind = rng.choice(["group", "reserve", "reserves", "fund", "contributor", "contributors"])
    if kind == "contributors":
        cap = rng.randint(0, 900_000)
        return Line(amount, ["contributor:c0", "contributor:c1"], [1, 1], cap=cap, text=f"take {words} from c0 c1 equally, at most {pounds(cap)}")
    if kind == "group":
        made = group(rng, members, weights, amount, words, limited=True)
        if made.most is None and made.cap is None and amount[0] != "fixed":
            # A line without limit would leave the last one nothing, and several of them more than all.
            made.cap = rng.randint(made.least, 900_000)
            made.text += f", at most {pounds(made.cap)}"
        return made
    if kind == "reserve":
        m = rng.choice(members)
        return Line(amount, ["reserve:" + m], [1], text=f"take {words} from reserve of {m}, at most balance")
    if kind == "reserves":
        return Line(amount, ["reserve:" + m for m in members], [1] * len(members), text=f"take {words} from reserves of members equally, at most balance")
    if kind == "fund":
        return Line(amount, ["fund:f0"], [1], text=f"take {words} from f0, at most balance")
    cap = rng.randint(0, 900_000)
    return Line(amount, ["contributor:c0"], [1], cap=cap, text=f"take {words} from c0, at most {pounds(cap)}")


def text(case):
    members, weights, headings, rules, net, allowances = case
    out = ['partnership "Case"', "members " + " ".join(members), "host m0", "contributors c0 c1", "signs funding negative, expenditure positive",
           'section "Funding"', '  approved budget "Own"', '  from c0 "From c0"', '  from c1 "From c1"', '  income i0 "Income i0"', 'section "Costs"']
    out += [f'  cost {h} "Cost {h}"' for h in headings] + ['  net outturn "Net"'] + [f"{p.split(':')[1]} at most {pounds(most)} in all" for p, most in allowances.items()]
    out += ["weights w " + " ".join(f"{m} {w}" for m, w in weights.items()) + ', source "case", at 2018-01-01']
    out += ["fund f0, unspent carried forward", "contribution approved budget of each member, stays"]
    for n, (names, lines) in enumerate(rules):
        for_names = (" ".join(names + (["i0"] if n == net else [])) if names else "anything else") + (", net" if n == net else "")
        out += [f'rule "Rule {n}"', "  for " + for_names] + ["  " + l.text for l in lines]
    return "\n".join(out + ["surplus of each member to its reserve", "deficit of each member from its reserve, at most balance; rest from its general fund"]) + "\n"


def solve(lines, pool, balances):
    """What each payer pays of a pool, as the laws bind it: line by line as much as can be."""
    # Of each line what it asks for, what each payer pays, and the level up to which weights count where the excess is
    # shared again.
    columns, asked = [], []
    for k, l in enumerate(lines):
        asked.append(len(columns))
        columns.append((k, None))
        columns += [(k, p) for p in range(len(l.payers))] + [(k, "level")]
    width = len(columns)

    def row(entries):
        made = numpy.zeros(width)
        for at, value in entries:
            made[at] += value
        return made

    at_most, limits, settled = [], [], []

    def bind(entries, limit, is_settled=False):
        at_most.append(row(entries))
        limits.append(limit)
        settled.append(is_settled)

    paid = [(i, 1) for i, (_, p) in enumerate(columns) if isinstance(p, int)]
    for k, l in enumerate(lines):
        # A line asks for no more than earlier ones leave, nor than its amount and its cap.
        bind([(asked[k], 1)] + [(i, v) for i, v in paid if columns[i][0] < k], pool)
        if l.amount[0] == "share":
            bind([(asked[k], 1)], max(l.least, pool * l.amount[1] / l.amount[2]))
        if l.amount[0] == "fixed":
            bind([(asked[k], 1)], max(l.least, l.amount[1]))
        if l.amount[0] == "of-rest":
            part = l.amount[1] / l.amount[2]
            bind([(asked[k], 1)] + [(i, v * part) for i, v in paid if columns[i][0] < k], pool * part)
        level = asked[k] + 1 + len(l.payers)
        if l.shares_excess:
            bind([(asked[k] + 1 + p, 1) for p in range(len(l.payers))] + [(asked[k], -1)], 0)
        if l.cap is not None:
            bind([(asked[k], 1)], l.cap)
        for p, weight in enumerate(l.weights):
            # Nobody pays more than its part of what the line asks for, or than the most of each.
            bind([(asked[k] + 1 + p, 1), (level if l.shares_excess else asked[k], -weight / sum(l.weights))], 0)
            if l.most_of(l.payers[p]) is not None:
                bind([(asked[k] + 1 + p, 1)], l.most_of(l.payers[p]))
    for payer, balance in balances.items():
        bind([(i, 1) for i, (k, p) in enumerate(columns) if isinstance(p, int) and lines[k].payers[p] == payer], balance)
    equal, sums = [row(paid)], [pool]
    answer = None
    def best(goal):
        # What earlier lines pay is settled, to what the solver may miss by; later ones may only use what they leave. Seldom
        # the solver misses by more and finds no solution; then it is given more room, and no other rule is bent.
        for slack in (1e-5, 1e-4):
            bounds = [limit + slack * is_settled for limit, is_settled in zip(limits, settled)]
            found = linprog(goal, A_ub=numpy.array(at_most), b_ub=numpy.array(bounds), A_eq=numpy.array(equal), b_eq=numpy.array(sums), method="highs")
            if found.status == 0:
                break
        expect(found.status == 0, "the laws have no solution:", found.message)
        return found.x

    for k in range(len(lines)):
        mine = [(i, 1) for i, v in paid if columns[i][0] == k]
        answer = best(-row(mine))
        bind([(i, -v) for i, v in mine], -sum(answer[i] for i, _ in mine), is_settled=True)
        if lines[k].shares_excess:
            # The lowest level at which so much is paid: nobody below its cap bears less in proportion than another.
            level = asked[k] + 1 + len(lines[k].payers)
            answer = best(row([(level, 1)]))
            bind([(level, 1)], answer[level], is_settled=True)
    totals = {}
    for i, (k, p) in enumerate(columns):
        if isinstance(p, int):
            totals[lines[k].payers[p]] = totals.get(lines[k].payers[p], 0) + answer[i]
    return totals


def takes_nothing(payer, lines, balances):
    """Whether no line can ask anything of a payer: a share of 0.0002 of a penny may get the odd penny, and one of nil may not."""
    def is_idle(l):
        weight = l.weights[l.payers.index(payer)]
        return weight == 0 or l.most_of(payer) == 0 or l.cap == 0 or (l.amount == ("fixed", 0) and not l.least)
    return balances.get(payer) == 0 or all(is_idle(l) for l in lines if payer in l.payers)


def ask(program, agreement, books):
    program.ask("year 2018\n" + agreement + "books\n" + "".join(b + "\n" for b in books) + "end\n")
    pools = []
    while True:
        words = program.line()
        if words[0] == "done":
            return pools
        expect(words[0] not in ("fault", "unfit"), "the program refuses: ", *words)
        if words[0] == "pool":
            pools.append({"source": words[1], "rows": {}})
        elif words[0] == "payers":
            pools[-1]["payers"] = words[1:]
        elif words[0] == "row":
            pools[-1]["rows"][words[1]] = [int(w) for w in words[2:]]


def costs(rng, headings, members):
    return [("heading:" + rng.choice(headings), rng.choice(members), rng.choice([1, 2, 1001, rng.randint(1, 900_000)])) for _ in range(rng.randint(1, 12))]


def posted(postings, sign=1):
    return [f"posting {a} {m} - {sign * p} 1" for a, m, p in postings]


def by_laws(program, rng):
    case = small(rng)
    members, _, headings, rules, net, allowances = case
    openings = {m: rng.choice([0, rng.randint(0, 500_000)]) for m in members}
    fund = rng.choice([0, rng.randint(0, 500_000)])
    postings = costs(rng, headings, members)
    books = [f"opening {m} {o} 0" for m, o in openings.items()] + [f"fund f0 {fund} 0 0"] + posted(postings)
    income = rng.choice([0, 1, rng.randint(0, 400_000)]) if net is not None else 0
    if income:
        books.append(f"posting heading:i0 m0 - {income} 1")
    # Of a rule that is net the income's pool stands beside that of its costs, and goes off it.
    pools, of_income = {}, {}
    for p in ask(program, text(case), books):
        if p["source"].startswith("rule"):
            (of_income if "i0" in p["rows"] else pools)[p["source"]] = p
    balances = {"reserve:" + m: o for m, o in openings.items()} | {"fund:f0": fund} | allowances
    named = {h for names, _ in rules if names for h in names}
    for n, (names, lines) in enumerate(rules):
        totals = {h: sum(p for a, _, p in postings if a == "heading:" + h) for h in names or [h for h in headings if h not in named]}
        totals = {h: t for h, t in totals.items() if t}
        if n == net and income:
            totals["i0"] = -income
        pool = sum(totals.values())
        if not pool or (n == net and pool < 0):
            # A pool in credit goes by shares alone; the calculator of whole agreements knows how.
            break
        expect(f"rule{n}" in pools or f"rule{n}" in of_income, "rule", n, "has costs and no pool")
        got, exact = merge(pools.get(f"rule{n}"), of_income.get(f"rule{n}")), solve(lines, pool, balances)
        for payer, part in exact.items():
            column = got["payers"].index(payer) if payer in got["payers"] else None
            pence = sum(r[column] for r in got["rows"].values()) if column is not None else 0
            near = round(part) if abs(part - round(part)) < WHOLE and round(part) else None
            expect(pence == near if near is not None else abs(pence - part) < 1 + CLOSE, f"rule {n}: {payer} bears {pence}, and the laws give {part}\n{text(case)}")
            idle = takes_nothing(payer, lines, balances)
            for h, total in totals.items():
                cell = got["rows"][h][column] if column is not None else 0
                wanted = part * total / pool
                expect(abs(cell - wanted) < 1 + CLOSE and (cell == 0 or not idle), f"rule {n}: {payer} bears {cell} of {h}, and the laws give {wanted}")
        for h, total in totals.items():
            expect(sum(got["rows"][h]) == total, f"rule {n}: {h} is not paid in full")
        for payer in got["payers"]:
            expect(payer in exact, f"rule {n}: {payer} pays, and no line names it")
            taken = sum(r[got["payers"].index(payer)] for r in got["rows"].values())
            if payer in balances:
                balances[payer] -= taken
                expect(balances[payer] >= 0, f"rule {n}: {payer} gave more than it held")


def merge(costs, income):
    """The pool of a rule that is net, with its income below zero."""
    if not income:
        return costs
    payers = sorted({p for pool in (costs, income) if pool for p in pool["payers"]})

    def row(pool, pence, sign):
        return [sign * pence[pool["payers"].index(p)] if p in pool["payers"] else 0 for p in payers]
    rows = {h: row(costs, r, 1) for h, r in costs["rows"].items()} if costs else {}
    return {"payers": payers, "rows": rows | {h: row(income, r, -1) for h, r in income["rows"].items()}}


def mirrored(program, rng):
    case = small(rng, shares_only=True)
    members, _, headings, _, _, _ = case
    postings = costs(rng, headings, members)
    one, other = ask(program, text(case), posted(postings)), ask(program, text(case), posted(postings, -1))
    expect(len(one) == len(other), "a pool in credit is no pool")
    for a, b in zip(one, other):
        expect({h: [-p for p in r] for h, r in a["rows"].items()} == b["rows"], "a pool in credit is not the mirror of its cost\n" + text(case))


def merged(program, rng):
    """Two headings of one rule, posted as one: nobody's total moves by more than the odd penny."""
    case = small(rng, shares_only=True)
    members, weights, headings, rules, _, _ = case
    pair = next((names for names, _ in rules if names and len(names) > 1), None)
    if not pair:
        return
    postings = costs(rng, headings, members)
    as_one = [("heading:" + pair[0] if a == "heading:" + pair[1] else a, m, p) for a, m, p in postings]

    def totals(answer):
        return [{payer: sum(r[i] for r in pool["rows"].values()) for i, payer in enumerate(pool["payers"])} for pool in answer]
    for a, b in zip(totals(ask(program, text(case), posted(postings))), totals(ask(program, text(case), posted(as_one)))):
        expect(a.keys() == b.keys() and all(abs(a[p] - b[p]) <= 1 for p in a) and sum(a.values()) == sum(b.values()), "two headings in one change what is borne", a, b)


def alike(program, rng):
    """Of an agreement with every feature: orders, parts and sizes of postings."""
    c = make(rng)
    agreement = write(c)
    whole = program.agreement(c, c.postings, c.upto, agreement)
    shuffled = c.postings[:]
    rng.shuffle(shuffled)
    expect(program.agreement(c, shuffled, c.upto, agreement) == whole, "the order of postings changes the figures\n" + agreement)
    parts = []
    for account, ledger, who, amount, period in c.postings:
        first = rng.randint(0, abs(amount)) * (1 if amount > 0 else -1) if rng.random() < 0.3 else 0
        parts += [(account, ledger, who, p, period) for p in (first, amount - first) if p]
    expect(program.agreement(c, parts, c.upto, agreement) == whole, "a cost posted in two parts changes the figures\n" + agreement)
    scaled(program, c, agreement, whole)


def scaled(program, c, agreement, whole):
    """All sums ten times as large: what each bears is, too, but for a penny of each rounding on the way."""
    larger = re.sub(r"£([\d,]+)\.(\d\d)", lambda m: pounds(10 * (int(m[1].replace(",", "")) * 100 + int(m[2]))), agreement)
    if re.search(r"£[\d,]+(?![\d,.])", larger):
        return
    plain = write_books(c, c.postings)

    def ten(line):
        words = line.split()
        if words[0] == "activity":
            return line
        if words[0] == "last-year":
            return " ".join(words[:2] + [str(10 * int(words[2]))] + words[3:])
        if words[0] == "posting":
            return " ".join(words[:4] + [str(10 * int(words[4]))] + words[5:])
        return " ".join(words[:2] + [str(10 * int(w)) for w in words[2:]])
    program.ask(f"year {c.start}" + (f" P{c.upto}" if c.upto else "") + "\n" + larger + "books\n" + "".join(ten(b) + "\n" for b in plain) + "end\n")
    pools = []
    while (words := program.line())[0] != "done":
        expect(words[0] not in ("fault", "unfit"), "the program refuses ten times the sums: ", *words)
        if words[0] == "pool":
            pools.append({"key": tuple(words[1:]), "rows": {}})
        elif words[0] == "payers":
            pools[-1]["payers"] = words[1:]
        elif words[0] == "row":
            pools[-1]["rows"][words[1]] = [int(w) for w in words[2:]]
    before = {p["key"]: p for p in whole["pools"]}
    allowed = 11 + 10 * (len(whole["pools"]) + len(c.contributions)) * max(1, len(c.members))
    for pool in pools:
        if pool["key"] not in before:
            continue
        for i, payer in enumerate(pool["payers"]):
            old = before[pool["key"]]
            was = sum(r[old["payers"].index(payer)] for r in old["rows"].values()) if payer in old["payers"] else 0
            now = sum(r[i] for r in pool["rows"].values())
            expect(abs(now - 10 * was) <= allowed, f"{pool['key']}: {payer} bears {now} of ten times the sums, and {was} of them\n{agreement}")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--runner", required=True)
    arguments.add_argument("--first", type=int, default=0)
    arguments.add_argument("--count", type=int, default=1000)
    arguments.add_argument("--state")
    options = arguments.parse_args()
    program, first = Asker(options.runner), options.first
    here = pathlib.Path(__file__)
    judged = hashlib.sha256(b"".join(p.read_bytes() for p in (pathlib.Path(options.runner), here, here.parent / "agreements.py"))).hexdigest()
    if options.state and os.path.exists(options.state):
        state = json.loads(pathlib.Path(options.state).read_text())
        if state.get("judged") == judged:
            first = max(first, state["next"])
    for seed in range(first, options.first + options.count):
        rng = random.Random(f"laws {seed}")
        try:
            # Agreements with every feature take the program most of its time.
            for part in (by_laws, mirrored, merged) + ((alike,) if seed % 5 == 0 else ()):
                part(program, rng)
        except (Disagreement, BrokenPipeError) as disagreement:
            print(f"seed {seed}: {disagreement}")
            print("1 case disagrees; 0 passed, 1 failed")
            return 1
        if options.state and seed % 500 == 499:
            pathlib.Path(options.state).write_text(json.dumps({"next": seed + 1, "judged": judged}))
    if first > options.first:
        print(f"the first {first - options.first} were judged by earlier runs of the same program")
    print(f"laws: {options.count} agreements solved as linear programs, and a fifth as many of every feature run in other orders, parts and sizes, from seed {options.first}")
    print(f"{options.count} passed, 0 failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
