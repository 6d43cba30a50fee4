#!/usr/bin/env python3
"""An independent calculator of whole agreements, in Python's rationals, against the program.

Where sharing.py holds the one rounding and plain rules to their laws, this one mixes all that the
language has: funds and grants with lives, ring-fences, matches and caps, members that come and go and
succeed each other, weights and rules with dates, floors and caps on each payer, schemes with a lead,
surpluses and deficits shared by rules of their own, contributions with uplifts. It shares no code and no
data structure with the program: a pool here is a dictionary of cells, one a heading and month, and a
line takes money out of the cells. Rounded tables are judged by sharing.py's brute force.

    agreements.py --runner .build/release/oracle-runner --first 0 --count 1000 [--state FILE]
"""
import argparse, calendar, datetime, hashlib, json, os, pathlib, random, sys
from fractions import Fraction as F
from math import floor
from sharing import Disagreement, Program, expect, judge_table, pounds

Day = datetime.date
ONE = datetime.timedelta(1)


# ---- the calendar -------------------------------------------------------------------------------

def month_days(start, month):
    """First and last day of a month of the financial year; April is 1."""
    year, m = (start, month + 3) if month <= 9 else (start + 1, month - 9)
    return Day(year, m, 1), Day(year, m, calendar.monthrange(year, m)[1])


def month_of(period):
    return min(max(period, 1), 12)


def overlap(spans, first, last):
    return sum(max(0, (min(to or last, last) - max(begin or first, first)).days + 1) for begin, to in spans)


def half_away(x):
    size = floor(abs(x) + F(1, 2))
    return -size if x < 0 else size


# ---- making a case ------------------------------------------------------------------------------

class Case:
    """An agreement and its books, as plain data."""


def random_day(rng, start, edge=False):
    day = Day(start, 4, 1) + datetime.timedelta(rng.randint(0, 364))
    if edge:
        return day.replace(day=1)
    return day


def make(rng):
    c = Case()
    c.start = rng.choice([2018, 2019])
    c.members = [f"m{i}" for i in range(rng.randint(1, 5))]
    c.host = rng.choice(c.members)
    c.contributors = [f"c{i}" for i in range(rng.randint(0, 4))]
    c.costs = [f"h{i}" for i in range(rng.randint(1, 5))]
    c.incomes = [f"i{i}" for i in range(rng.randint(0, 2))]
    # m0 is always there, so that somebody always pays.
    c.tenures, c.successions = [], []
    for m in c.members[1:]:
        roll = rng.random()
        day = random_day(rng, c.start + rng.choice([-1, 0, 0, 0]))
        if roll < 0.15:
            c.tenures.append((m, day, None))
        elif roll < 0.3:
            c.tenures.append((m, None, day))
        elif roll < 0.4:
            c.tenures.append((m, day, day + datetime.timedelta(rng.randint(0, 200))))
            again = c.tenures[-1][2] + datetime.timedelta(rng.randint(1, 120))
            if rng.random() < 0.5:
                c.tenures.append((m, again, None))
    untimed = [m for m in c.members[1:] if not any(t[0] == m for t in c.tenures)]
    if len(untimed) > 1 and rng.random() < 0.3:
        old, new = rng.sample(untimed, 2)
        c.successions.append((new, old, random_day(rng, c.start)))
    if len(c.contributors) > 1 and rng.random() < 0.3:
        old, new = rng.sample(c.contributors, 2)
        c.successions.append((new, old, random_day(rng, c.start)))
    if c.contributors and rng.random() < 0.2:
        lone = [x for x in c.contributors if not any(x in s[:2] for s in c.successions)]
        if lone:
            c.tenures.append((rng.choice(lone), random_day(rng, c.start), None))

    def weight_values():
        values = {m: rng.choice([0, 1, 1, 2, 3, rng.randint(1, 60_000)]) for m in c.members}
        values["m0"] = max(1, values["m0"])
        for new, old, _ in c.successions:
            if new in values and rng.random() < 0.6:
                del values[new]
        return values

    c.weights = []
    for i in range(rng.randint(0, 2)):
        c.weights.append((f"w{i}", None, weight_values()))
        if rng.random() < 0.4:
            c.weights.append((f"w{i}", random_day(rng, c.start + rng.choice([0, 0, 0, 1]), edge=True), weight_values()))
    c.schemes = []
    if rng.random() < 0.3:
        c.schemes.append(("s0", "m0", rng.sample(c.costs, rng.randint(1, len(c.costs)))))
    c.budget = {m: rng.choice([0, rng.randint(0, 6_000_000)]) for m in c.members}
    c.budget["m0"] = rng.randint(1, 6_000_000)
    c.lines = {h: rng.randint(0, 3_000_000) for h in c.costs if rng.random() < 0.5}

    c.funds = []
    for i in range(rng.choice([0, 0, 1, 1, 2, 3])):
        f = {"name": f"f{i}", "award": None, "life": None, "fence": None, "holder": rng.choice(c.members), "conditional": True, "match": None, "kind": None, "timing": None}
        if rng.random() < 0.6:
            f["award"] = rng.choice([0, 100, rng.randint(0, 5_000_000)])
            first, last = sorted(rng.sample(range(-14, 30), 2))
            f["life"] = (shift(c.start, first)[0], shift(c.start, last)[1])
            f["conditional"] = rng.random() < 0.7
            if rng.random() < 0.4:
                f["match"] = rng.choice([F(1, 5), F(1, 2), F(1, 3)])
                if rng.random() < 0.6:
                    f["kind"] = rng.randint(0, 800_000)
        f["held"] = rng.choice(["earmarked reserve", "receipt in advance", "creditor"])
        f["unspent"] = rng.choice(["returned", "carried"] + (["shared"] if f["award"] is None or not f["conditional"] else []))
        if f["unspent"] == "shared":
            f["key"] = random_key(rng, c, c.members, no_months=True)
        if rng.random() < 0.4:
            f["fence"] = rng.sample(c.costs, rng.randint(1, len(c.costs)))
        f["opening"] = (rng.choice([0, rng.randint(0, 3_000_000)]), rng.choice([0, 0, rng.randint(0, 90_000)]),
                        rng.randint(0, f["award"]) if f["award"] and rng.random() < 0.5 else 0)
        c.funds.append(f)
    c.in_kind = [(f["name"], rng.randint(0, 900_000)) for f in c.funds if f["award"] is not None and rng.random() < 0.5]

    c.paying = [x for x in c.contributors if rng.random() < 0.3 and not any(x in s[:2] for s in c.successions) and not any(t[0] == x for t in c.tenures)]
    order = c.costs + c.incomes
    rng.shuffle(order)
    c.rules = []
    used_names = set()
    for n in range(rng.randint(0, 4)):
        span = (None, None)
        if rng.random() < 0.35:
            day = random_day(rng, c.start, edge=True)
            span = rng.choice([(day, None), (None, day - ONE), (day, month_end(day + datetime.timedelta(rng.randint(0, 150))))])
        rule = {"span": span, "split": rng.random() < 0.25, "scheme": None, "else": False}
        if c.schemes and rng.random() < 0.4 and not (set(c.schemes[0][2]) & used_names):
            rule["scheme"], rule["for"] = "s0", c.schemes[0][2]
        else:
            free = [h for h in order if h not in used_names]
            if not free:
                break
            rule["for"] = rng.sample(free, rng.randint(1, min(2, len(free))))
        if span == (None, None):
            used_names |= set(rule["for"])
        elif any(h in used_names for h in rule["for"]):
            continue
        elif any(r["span"] == span and set(r["for"] or []) & set(rule["for"]) for r in c.rules) or any(covers(r["span"], span) and set(r["for"] or []) & set(rule["for"]) for r in c.rules):
            continue
        rule["takes"] = of_income(c, rule["for"], random_takes(rng, c, rule))
        c.rules.append(rule)
    last = {"span": (None, None), "split": False, "scheme": None, "for": None, "else": True}
    if rng.random() < 0.2:
        day = random_day(rng, c.start, edge=True)
        dated = {"span": (None, day - ONE), "split": False, "scheme": None, "for": None, "else": True}
        dated["takes"] = of_income(c, left_over(c), random_takes(rng, c, dated))
        c.rules.append(dated)
    last["takes"] = of_income(c, left_over(c), random_takes(rng, c, last))
    c.rules.append(last)

    c.budget_key = random_key(rng, c, c.members) if rng.random() < 0.25 else None
    c.contributions = []
    for x in c.contributors:
        if (x in c.paying and rng.random() < 0.5) or any(x == s[0] for s in c.successions):
            continue
        free = c.members[:]
        for _ in range(rng.randint(0, 2)):
            if not free:
                break
            t = {"from": x, "amount": rng.randint(1, 2_000_000), "uplift": None, "days": rng.random() < 0.2, "instalments": rng.choice([None, None, "monthly", "quarterly"])}
            always = [m for m in free if not any(s[0] == m or s[1] == m for s in c.successions)]
            if rng.random() < 0.25 and len(always) > 1 and "m0" in always:
                t["to"] = ["m0"] + rng.sample([m for m in always if m != "m0"], rng.randint(1, len(always) - 1))
                t["split"] = rng.choice(["equally"] + [w for w, begin, _ in c.weights if begin is None])
            else:
                t["to"] = [rng.choice(free)]
                t["split"] = None
            free = [m for m in free if m not in t["to"]]
            if rng.random() < 0.3:
                t["uplift"] = (rng.choice([F(1, 50), F(1, 40), F(3, 100)]), c.start - rng.randint(-1, 4))
            t["pooled"] = random_key(rng, c, c.members) if rng.random() < 0.5 else None
            c.contributions.append(t)

    c.disposal = {
        "surplus": [("reserve", None)] if rng.random() < 0.6 else [("reserve", rng.randint(0, 3_000_000)), ("general", None)] if rng.random() < 0.7 else [("general", None)],
        "deficit": [("reserve", "balance"), ("general", None)] if rng.random() < 0.6 else [("reserve", ("above", rng.randint(0, 900_000))), ("general", None)] if rng.random() < 0.5 else [("general", None)],
    }
    c.shared = {}
    for word in ("surplus", "deficit"):
        if rng.random() < 0.35:
            c.shared[word] = random_shared(rng, c, word)

    books(rng, c)
    c.upto = rng.choice([None, None, None, 3, 6, 9, 12, 13])
    return c


def shift(start, months):
    """First and last day of a month so many after the year's April."""
    index = start * 12 + 3 + months
    year, m = index // 12, index % 12 + 1
    return Day(year, m, 1), Day(year, m, calendar.monthrange(year, m)[1])


def month_end(day):
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def covers(a, b):
    return (a[0] is None or (b[0] is not None and b[0] >= a[0])) and (a[1] is None or (b[1] is not None and b[1] <= a[1]))


def change_days(c, names, basis):
    days = []
    for name, begin, to in c.tenures:
        if name in names:
            days += ([begin] if begin else []) + ([to + ONE] if to else [])
    days += [day for new, old, day in c.successions if new in names or old in names]
    if basis not in ("equally", "contribution"):
        days += [begin for w, begin, _ in c.weights if w == basis and begin]
    return [d for d in days if (d.month, d.day) != (4, 1)]


def random_key(rng, c, names, no_months=False):
    basis = rng.choice(["equally", "equally", "contribution"] + [w for w, begin, _ in c.weights if begin is None])
    if change_days(c, names, basis):
        return basis, rng.choice(["by days"] + ([] if no_months else ["as costs fall"]))
    return basis, rng.choice([None, None, "by days"] + ([] if no_months else ["as costs fall"]))


def fits(f, c, rule):
    covered = rule["for"] if rule["for"] is not None else c.costs + c.incomes
    return f["fence"] is None or all(h in f["fence"] for h in covered if h in c.costs)


def some_members(rng, c):
    others = [m for m in c.members[1:] if rng.random() < 0.6]
    return ["m0"] + others


def random_take(rng, c, rule, last):
    t = {"amount": ("rest",), "limit": None, "least": None, "most": None}
    if last:
        if rule["split"] and rng.random() < 0.7:
            t["payer"] = ("concerned",)
        elif rule["scheme"] and rng.random() < 0.5:
            t["payer"] = ("lead",)
        else:
            t["payer"] = rng.choice([("members", None), ("members", None), ("member", "m0"), ("direct", "m0"), ("members", some_members(rng, c))])
    elif rule["split"]:
        t["payer"] = rng.choice([("concerned",), ("reserve-concerned",), ("members", None)])
    else:
        options = [("members", None), ("members", some_members(rng, c)), ("member", "m0"), ("direct", "m0"), ("reserve", rng.choice(c.members)), ("reserves", None), ("reserves", some_members(rng, c))]
        options += [("contributor", x) for x in c.paying] * 2 + [("fund", f["name"]) for f in c.funds if fits(f, c, rule)] * 3
        t["payer"] = rng.choice(options)
    kind = t["payer"][0]
    if kind in ("members", "reserves"):
        names = t["payer"][1]
        t["payer"] = (kind, names, random_key(rng, c, names or c.members))
    if last:
        return t
    plain_split = rule["split"] and kind not in ("concerned", "reserve-concerned")
    balance = kind in ("reserve", "reserves", "reserve-concerned", "fund")
    if balance:
        t["limit"] = rng.choice(["balance", "balance", ("above", rng.randint(0, 500_000)), rng.randint(0, 2_000_000)])
    elif rng.random() < 0.3 and not plain_split:
        t["limit"] = rng.choice([0, 1, 5_000, rng.randint(0, 3_000_000)])
    if kind in ("members", "reserves") and not plain_split:
        if rng.random() < 0.25:
            t["most"] = rng.choice([0, 1, rng.randint(0, 900_000)])
        if kind == "members" and rng.random() < 0.25 and t["payer"][2][1] != "as costs fall":
            t["least"] = rng.randint(0, min(t["most"], 300_000) if t["most"] is not None else 300_000)
    choice = rng.random()
    if choice < 0.35:
        t["amount"] = ("share", rng.choice([F(1, 3), F(1, 10), F(4, 5), F(35, 80), F(0)]), None)
        if t["amount"][1] == F(35, 80):
            t["amount"] = ("share", F(35, 80), "35 of 80 days")
    elif choice < 0.6 and not plain_split:
        t["amount"] = rng.choice([("fixed", rng.choice([0, 1, 100_000, rng.randint(1, 3_000_000)])), ("budget",)])
    unlimited = t["limit"] is None and t["most"] is None and not balance and t["amount"][0] in ("rest", "share")
    if unlimited:
        # Unlimited shares must not pass the whole; a few of a quarter at most cannot.
        t["amount"] = ("share", F(1, 4), None)
    return t


def left_over(c):
    """The headings that earlier rules leave to one for anything else."""
    taken = {h for r in c.rules if r["span"] == (None, None) for h in r["for"] or []}
    return [h for h in c.costs + c.incomes if h not in taken]


def of_income(c, covered, takes):
    """Over income alone a rule has lines of shares alone: any other is refused."""
    if not covered or any(h in c.costs for h in covered):
        return takes
    return [t for t in takes if t["limit"] is None and t["most"] is None and t["payer"][0] not in ("reserve", "reserves", "reserve-concerned", "fund")
            and t["amount"][0] in ("rest", "share")]


def random_takes(rng, c, rule):
    takes = [random_take(rng, c, rule, False) for _ in range(rng.randint(0, 3))]
    if rng.random() < 0.1 and not rule["split"]:
        # Percentages alone, adding to the whole.
        parts = rng.choice([[F(1, 2), F(1, 2)], [F(1, 3), F(2, 3)], [F(4, 5), F(1, 5)]])
        return [{"amount": ("share", p, None), "limit": None, "least": None, "most": None, "payer": ("members", None, random_key(rng, c, c.members)) if i else ("member", "m0")} for i, p in enumerate(parts)]
    return takes + [random_take(rng, c, rule, True)]


def random_shared(rng, c, word):
    takes = []
    for _ in range(rng.randint(0, 2)):
        options = [("members", None), ("member", "m0"), ("reserve", rng.choice(c.members))] + [("fund", f["name"]) for f in c.funds if f["award"] is None and (word == "surplus" or f["fence"] is None)]
        payer = rng.choice(options)
        if payer[0] == "members":
            payer = ("members", None, random_key(rng, c, c.members, no_months=True))
        t = {"amount": ("rest",), "payer": payer, "limit": rng.randint(0, 2_000_000), "least": None, "most": None}
        if word == "deficit" and payer[0] in ("reserve", "fund"):
            t["limit"] = rng.choice(["balance", t["limit"], ("above", rng.randint(0, 100_000))])
        takes.append(t)
    takes.append({"amount": ("rest",), "payer": ("members", None, random_key(rng, c, c.members, no_months=True)) if rng.random() < 0.7 else ("member", "m0"), "limit": None, "least": None, "most": None})
    return takes


def books(rng, c):
    c.openings = {m: (rng.choice([0, rng.randint(0, 4_000_000)]), rng.choice([0, 0, rng.randint(0, 50_000)])) for m in c.members}
    c.postings = []
    for _ in range(rng.randint(0, 40)):
        h = rng.choice(c.costs + c.incomes)
        amount = rng.choice([1, 2, 100, 1001, rng.randint(1, 900_000)]) * (-1 if rng.random() < 0.15 else 1)
        period = rng.choice([rng.randint(1, 12)] * 9 + [rng.randint(13, 16)])
        needs = is_split(c, h, month_of(period)) or rng.random() < 0.1
        c.postings.append(("heading:" + h, rng.choice(c.members), rng.choice(c.members) if needs else None, amount, period))
    for x in c.contributors:
        for m, amount in agreed(c, x):
            if rng.random() < 0.9:
                c.postings.append(("contributor:" + x, m, None, amount, rng.randint(1, 12)))
        if x in c.paying and rng.random() < 0.5 and any(t["payer"] == ("contributor", x) for r in c.rules for t in r["takes"]):
            c.postings.append(("contributor:" + x, rng.choice(c.members), None, rng.randint(1, 500_000), rng.randint(1, 12)))
    for f in c.funds:
        if rng.random() < 0.6:
            c.postings.append(("fund:" + f["name"], rng.choice(c.members), None, rng.randint(1, 2_000_000) * (-1 if rng.random() < 0.1 else 1), rng.randint(1, 12)))
    if len(c.members) > 1 and rng.random() < 0.5:
        a, b = rng.sample(c.members, 2)
        amount = rng.randint(1, 500_000)
        c.postings += [("recharge:" + b, a, None, amount, 5), ("recharge:" + a, b, None, -amount, 5)]


# ---- writing it in the program's words ----------------------------------------------------------

def words_key(key):
    basis, timing = key
    return ("equally" if basis == "equally" else "by " + basis) + (f", {timing}" if timing else "")


def words_span(span):
    return " ".join(p for p in (f"from {span[0]}" if span[0] else "", f"to {span[1]}" if span[1] else "") if p)


def words_payer(p):
    kind = p[0]
    if kind == "members":
        return (" ".join(p[1]) if p[1] else "members") + " " + words_key(p[2])
    if kind == "reserves":
        return "reserves of " + (" ".join(p[1]) if p[1] else "members") + " " + words_key(p[2])
    return {"concerned": "member concerned", "reserve-concerned": "reserve of member concerned", "lead": "lead"}.get(kind) or \
        {"member": "{}", "direct": "{} directly", "reserve": "reserve of {}", "contributor": "{}", "fund": "{}"}[kind].format(p[1])


def words_tail(t):
    out = ""
    if t["least"] is not None:
        out += ", each at least " + pounds(t["least"])
    if t["most"] is not None:
        out += ", each at most " + pounds(t["most"])
    if t["limit"] == "balance":
        out += ", at most balance"
    elif isinstance(t["limit"], tuple):
        out += ", at most balance above " + pounds(t["limit"][1])
    elif t["limit"] is not None:
        out += ", at most " + pounds(t["limit"])
    return out


def words_amount(a):
    if a[0] == "share":
        return a[2] or f"{a[1].numerator}/{a[1].denominator}"
    return {"rest": "rest", "budget": "up to budget"}.get(a[0]) or "up to " + pounds(a[1])


WORKED = ["met from reserves", "met from grants", "met from partners", "net outturn", "shared net outturn", "from general fund", "to general fund", "brought forward", "adjustment",
          "appropriations", "spent from reserves", "shared from funds", "to reserves", "carried forward"]


def write(c):
    out = ['partnership "Case"', "members " + " ".join(c.members), "host " + c.host]
    if c.contributors:
        out.append("contributors " + " ".join(c.contributors))
    # Lines that move no figure; the generator writes one of each kind that the language has.
    out += [f'label {c.host} "The host"', "books " + c.host, f"statutory training in {c.costs[0]}", "floor £1 of reserve of each member", "virements up to £1", "threshold £1 or 1%"]
    out += [f"membership {n} {words_span((b, e))}" for n, b, e in c.tenures]
    out += [f"{new} succeeds {old} from {day}" for new, old, day in c.successions]
    out += ["signs funding negative, expenditure positive", 'section "Funding"', '  approved budget "Own"']
    out += [f'  from {x} "From {x}"' for x in c.contributors] + [f'  income {h} "Income {h}"' for h in c.incomes]
    out += ['section "Costs"'] + [f'  cost {h} "Cost {h}"' for h in c.costs] + ['  total "All costs"'] + [f'  {words} "{words}"' for words in WORKED]
    for name, begin, values in c.weights:
        out.append(f"weights {name} " + " ".join(f"{m} {w:,}" for m, w in values.items()) + ', source "case", at 2018-01-01' + (f", from {begin}" if begin else ""))
    for name, lead, headings in c.schemes:
        out.append(f'scheme {name} "Scheme", led by {lead}, for {" ".join(headings)}')
    for f in c.funds:
        parts = [f"grant {f['name']} {pounds(f['award'])}", f"{f['life'][0]} to {f['life'][1]}"] if f["award"] is not None else [f"fund {f['name']}"]
        parts += [f"for {' '.join(f['fence'])}"] if f["fence"] else []
        parts += [f"held by {f['holder']}"]
        if f["award"] is not None:
            parts += ([] if f["conditional"] else ["unconditional"]) + ([f"match {f['match'].numerator}/{f['match'].denominator}"] if f["match"] else [])
            parts += [f"in kind up to {pounds(f['kind'])}"] if f["kind"] is not None else []
        else:
            parts += [f"as {f['held']}"]
        parts += ["unspent " + {"returned": "returned", "carried": "carried forward"}.get(f["unspent"], "shared " + words_key(f.get("key", ("equally", None))))]
        out.append(", ".join(parts))
    out.append("contribution approved budget of each member, " + ("stays" if c.budget_key is None else "pooled " + words_key(c.budget_key)))
    for t in c.contributions:
        to = t["to"][0] if t["split"] is None else " ".join(t["to"]) + (" equally" if t["split"] == "equally" else " by " + t["split"])
        line = f"contribution {pounds(t['amount'])} from {t['from']} to {to}"
        if t["uplift"]:
            rate, first = t["uplift"]
            line += f", rising {rate.numerator}/{rate.denominator} a year from {first}-{(first + 1) % 100:02}"
        line += (f", {t['instalments']}" if t["instalments"] else "") + (", by days" if t["days"] else "")
        out.append(line + (", stays" if t["pooled"] is None else ", pooled " + words_key(t["pooled"])))
    for n, r in enumerate(c.rules):
        out.append(f'rule "Rule {n}" {words_span(r["span"])}'.rstrip())
        out.append("  for " + ("anything else" if r["else"] else f"scheme {r['scheme']}" if r["scheme"] else " ".join(r["for"])) + (", split by member concerned" if r["split"] else ""))
        out += [f"  take {words_amount(t['amount'])} from {words_payer(t['payer'])}{words_tail(t)}" for t in r["takes"]]
    for word, takes in c.shared.items():
        way = "to" if word == "surplus" else "from"
        out.append(f"{word} of the partnership " + "; rest ".join(f"{way} {words_payer(t['payer'])}{words_tail(t)}" for t in takes))
    for word, way in (("surplus", "to"), ("deficit", "from")):
        steps = []
        for target, most in c.disposal[word]:
            steps.append(f"{way} its {'reserve' if target == 'reserve' else 'general fund'}" + words_tail({"least": None, "most": None, "limit": most}))
        out.append(f"{word} of each member " + "; rest ".join(steps))
    return "\n".join(out) + "\n"


def write_books(c, postings):
    out = [f"opening {m} {o} {a}" for m, (o, a) in c.openings.items()] + [f"budget {m} {p}" for m, p in c.budget.items()]
    out += [f"line {h} {p}" for h, p in c.lines.items()] + [f"fund {f['name']} {' '.join(map(str, f['opening']))}" for f in c.funds]
    out += [f"in-kind {n} {p}" for n, p in c.in_kind]
    return out + [f"posting {a} {ledger} {who or '-'} {amount} {period}" for a, ledger, who, amount, period in postings]


class Asker(Program):
    def agreement(self, c, postings, upto, text=None):
        self.ask(f"year {c.start}" + (f" P{upto}" if upto else "") + "\n" + (text or write(c)) + "books\n" + "".join(b + "\n" for b in write_books(c, postings)) + "end\n")
        answer = {"pools": [], "owes": {}, "recharges": [], "reserves": {}, "funds": {}, "agreed": [], "moved": None, "bills": []}
        while True:
            w = self.line()
            if w[0] == "done":
                return answer
            if w[0] in ("fault", "unfit"):
                while self.line()[0] != "done":
                    pass
                raise Disagreement("the program refuses: " + " ".join(w))
            if w[0] == "roundtrip":
                expect(w[1] == "same", "printing and parsing again gives another agreement")
            elif w[0] == "pool":
                answer["pools"].append({"key": tuple(w[1:]), "rows": {}, "payers": []})
            elif w[0] == "payers":
                answer["pools"][-1]["payers"] = w[1:]
            elif w[0] == "row":
                answer["pools"][-1]["rows"][w[1]] = [int(x) for x in w[2:]]
            elif w[0] == "owes":
                answer["owes"][w[1]] = int(w[2])
            elif w[0] == "recharge":
                answer["recharges"].append((w[1], w[2], int(w[3])))
            elif w[0] in ("reserve", "fund"):
                answer[w[0] + "s"][w[1]] = [int(x) for x in w[2:]]
            elif w[0] == "moved":
                answer["moved"] = [int(x) for x in w[1:]]
            elif w[0] == "agreed":
                answer["agreed"].append((w[1], w[2], int(w[3])))
            elif w[0] == "bill":
                answer["bills"].append([int(x) for x in w[1:]])
            elif w[0] == "whatif":
                expect(w[1] == "same", "a change that changes nothing changes something")
            else:
                raise Disagreement("an unknown answer " + " ".join(w))


# ---- working it out -----------------------------------------------------------------------------

def spans_of(c, name):
    own = [(b, e) for n, b, e in c.tenures if n == name] or [(None, None)]
    for new, old, day in c.successions:
        if new == name:
            own = [(day, e) for _, e in own]
        if old == name:
            own = [(b, day - ONE) for b, _ in own]
    return own


def days_in(c, name, month):
    return overlap(spans_of(c, name), *month_days(c.start, month))


def there(c, name):
    return any(days_in(c, name, m) for m in range(1, 13))


def weight(c, name, basis, day):
    if basis == "equally":
        return 1
    if basis == "contribution":
        return max(0, c.budget[name])
    values = [v for w, begin, v in c.weights if w == basis and (begin is None or begin <= day)][-1]
    if name in values:
        return values[name]
    for new, old, _ in c.successions:
        if new == name:
            return weight(c, old, basis, day)
    return 0


def parts(c, names, key, upto):
    """{member: {month: part}}"""
    basis, timing = key
    names = [m for m in c.members if names is None or m in names]

    def normal(values):
        total = sum(values.values())
        return {m: F(v, total) if total else F(1, len(names)) for m, v in values.items()}

    last = {month: month_days(c.start, month)[1] for month in range(1, 13)}
    if timing == "as costs fall":
        # Where nothing changes within the year it says nothing.
        if group_changes(c, names, basis):
            table = {month: normal({m: weight(c, m, basis, last[month]) * days_in(c, m, month) for m in names}) for month in range(1, 13)}
            return {m: {month: table[month][m] for month in range(1, 13)} for m in names}
    if timing == "by days":
        whole = normal({m: sum(weight(c, m, basis, last[month]) * days_in(c, m, month) for month in range(1, month_of(upto or 12) + 1)) for m in names})
    else:
        whole = normal({m: weight(c, m, basis, last[1]) if there(c, m) else 0 for m in names})
    return {m: {month: whole[m] for month in range(1, 13)} for m in names}


def group_changes(c, names, basis):
    year = sum((month_days(c.start, m)[1] - month_days(c.start, m)[0]).days + 1 for m in range(1, 13))
    for m in names:
        days = sum(days_in(c, m, month) for month in range(1, 13))
        if 0 < days < year:
            return True
    if basis in ("equally", "contribution"):
        return False
    first = [v for w, b, v in c.weights if w == basis and (b is None or b <= Day(c.start, 4, 1))][-1]
    last = [v for w, b, v in c.weights if w == basis and (b is None or b <= Day(c.start + 1, 3, 31))][-1]
    return first != last


def rule_of(c, heading, month):
    day = month_days(c.start, month)[1]
    for i, r in enumerate(c.rules):
        b, e = r["span"]
        if (r["else"] or heading in r["for"]) and (b is None or b <= day) and (e is None or day <= e):
            return i
    raise AssertionError


def is_split(c, heading, month):
    return c.rules[rule_of(c, heading, month)]["split"]


def agreed(c, contributor):
    out = []
    for t in c.contributions:
        bodies = [t["from"]]
        while True:
            step = [new for new, old, _ in c.successions if old == bodies[-1]]
            if not step:
                break
            bodies += step
        if contributor not in bodies:
            continue
        days = {b: sum(days_in(c, b, m) for m in range(1, 13)) for b in bodies}
        if not days[contributor]:
            continue
        amount = t["amount"]
        if t["uplift"] and c.start >= t["uplift"][1]:
            amount = half_away(amount * (1 + t["uplift"][0]) ** (c.start - t["uplift"][1] + 1))
        if t["days"]:
            amount = half_away(F(amount * sum(days.values()), (Day(c.start + 1, 3, 31) - Day(c.start, 4, 1)).days + 1))
        mine = largest_remainder(amount, [days[b] for b in bodies])[bodies.index(contributor)]
        if t["split"] is None:
            out.append((t["to"][0], mine))
        else:
            names = [m for m in c.members if m in t["to"] and there(c, m)]
            shares = largest_remainder(mine, [weight(c, m, t["split"], Day(c.start, 4, 1)) for m in names])
            out += [(m, s) for m, s in zip(names, shares) if s]
    return out


def largest_remainder(amount, weights):
    """One row of the one rounding: nearest totals, and on a tie the earlier."""
    total = sum(weights)
    exact = [F(amount * w, total) for w in weights]
    floors = [floor(x) for x in exact]
    order = sorted(range(len(weights)), key=lambda i: (-(exact[i] - floors[i]), i))
    for i in order[:amount - sum(floors)]:
        floors[i] += 1
    return floors


class Balances:
    def __init__(self, c, postings):
        self.reserve = {m: max(0, sum(c.openings[m])) for m in c.members}
        self.fund, self.used = {}, {}
        for f in c.funds:
            received = sum(p[3] for p in postings if p[0] == "fund:" + f["name"])
            bf, adj, used = f["opening"]
            self.fund[f["name"]] = max(0, f["award"] - used if f["award"] is not None else bf + adj + received)
            self.used[f["name"]] = used
        self.kind = {}
        for name, value in c.in_kind:
            self.kind[name] = self.kind.get(name, 0) + value


def run(c, takes, cells, kind, concerned, lead, balances, upto, headings):
    """Lines take money out of cells {(heading, month): pence}; returns {payer: {heading: exact pence}}."""
    left = {k: F(v) for k, v in cells.items()}
    borne = {}
    total = sum(left.values())

    def shares_of(payer):
        k = payer[0]
        ones = {m: F(1) for m in range(1, 13)}
        if k == "members":
            return {"member:" + m: p for m, p in parts(c, payer[1], payer[2], upto).items()}
        if k == "reserves":
            return {"reserve:" + m: p for m, p in parts(c, payer[1], payer[2], upto).items()}
        name = {"concerned": f"member:{concerned}", "reserve-concerned": f"reserve:{concerned}", "lead": f"member:{lead}"}.get(k)
        return {name or f"{k}:{payer[1]}": ones}

    def give(payer, cell, amount):
        borne.setdefault(payer, {}).setdefault(cell, F(0))
        borne[payer][cell] += amount

    def so_far(payer):
        return sum(borne.get(payer, {}).values(), F(0))

    if total == 0:
        for payer, p in shares_of(takes[-1]["payer"]).items():
            for cell in cells:
                give(payer, cell, left[cell] * p[cell[1]])
        return borne
    mirrored = kind == "income" or total < 0
    for n, t in enumerate(takes):
        k = t["payer"][0]
        has_balance = k in ("reserve", "reserves", "reserve-concerned", "fund")
        unlimited = t["limit"] is None and t["most"] is None and not has_balance and t["amount"][0] in ("rest", "share")
        if mirrored and not unlimited:
            continue
        fund = next((f for f in c.funds if k == "fund" and f["name"] == t["payer"][1]), None)
        months = set(range(1, 13))
        # A surplus or a deficit has no months.
        if fund and fund["life"] and headings:
            months = {m for m in months if fund["life"][0] <= month_days(c.start, m)[1] <= fund["life"][1]}
        there_is = sum(v for cell, v in left.items() if cell[1] in months)
        in_all = sum(left.values())
        base = sum(F(v) for cell, v in cells.items() if cell[1] in months) if fund else total
        if fund and fund["kind"] is not None:
            base += min(fund["kind"], balances.kind.get(fund["name"], 0))
            balances.kind[fund["name"]] = 0
        wanted = {"rest": lambda: there_is, "share": lambda: t["amount"][1] * base, "fixed": lambda: F(t["amount"][1]),
                  "budget": lambda: F(sum(c.lines.get(h, 0) for h in headings))}[t["amount"][0]]()

        def remaining(payer):
            group, name = payer.split(":")
            b = (balances.reserve if group == "reserve" else balances.fund)[name] - so_far(payer)
            if isinstance(t["limit"], tuple):
                b -= t["limit"][1]
            return max(F(0), b)

        if mirrored:
            if abs(in_all) < abs(wanted):
                wanted = in_all
        else:
            bounds = [there_is, in_all]
            if isinstance(t["limit"], int):
                # A grant's cap runs over its life; a fund's, as any other, binds the line.
                bounds.append(t["limit"] - (balances.used[fund["name"]] + so_far("fund:" + fund["name"]) if fund and fund["award"] is not None else 0))
            if fund:
                bounds.append(remaining("fund:" + fund["name"]))
                if fund["match"]:
                    bounds.append((1 - fund["match"]) * base - so_far("fund:" + fund["name"]))
            if k == "reserve":
                bounds.append(remaining("reserve:" + t["payer"][1]))
            if k == "reserve-concerned":
                bounds.append(remaining("reserve:" + concerned))
            wanted = min([max(F(0), wanted)] + [max(F(0), F(b)) for b in bounds])
        part = wanted / there_is if there_is else F(1 if n == len(takes) - 1 else 0)
        if part == 0:
            continue
        shares = shares_of(t["payer"])
        if t["least"] and not mirrored and wanted:
            bearing = {p: s[1] for p, s in shares.items() if s[1]}
            shares = {p: {m: s for m in range(1, 13)} for p, s in floors(bearing, wanted, t["least"]).items()}
        before = dict(left)
        for payer, p in shares.items():
            takes_cells = {cell: before[cell] * part * p[cell[1]] for cell in before if cell[1] in months}
            amount = sum(takes_cells.values())
            bound = None
            if not mirrored:
                bound = t["most"]
                if k == "reserves":
                    r = remaining(payer)
                    bound = r if bound is None else min(bound, r)
            if bound is not None and bound < amount:
                takes_cells = {cell: v * bound / amount for cell, v in takes_cells.items()}
            for cell, v in takes_cells.items():
                give(payer, cell, v)
                left[cell] -= v
    expect(all(v == 0 for v in left.values()), "the calculator left a rest", left)
    return borne


def floors(bearing, amount, least):
    if least * len(bearing) >= amount:
        return {p: F(1, len(bearing)) for p in bearing}
    low = set()
    while True:
        rest, weight_sum = amount - least * len(low), sum(w for p, w in bearing.items() if p not in low)
        result = {p: F(least) if p in low else rest * w / weight_sum for p, w in bearing.items()}
        more = {p for p in bearing if p not in low and result[p] < least}
        if not more:
            return {p: v / amount for p, v in result.items()}
        low |= more


def order_of(c):
    return [f"{g}:{m}" for g in ("member", "direct", "reserve") for m in c.members] + [f"contributor:{x}" for x in c.contributors] + [f"fund:{f['name']}" for f in c.funds]


def judge_pool(c, answer, key, borne, rows):
    got = next((p for p in answer["pools"] if p["key"] == key), None)
    expect(got, "a pool is missing:", key)
    # A payer is one that bears some part of a month, whatever the cells of it come to.
    payers = [p for p in order_of(c) if p in got["payers"] or any(borne.get(p, {}).values())]
    expect(got["payers"] == payers, "other payers in", key, got["payers"], payers)
    expect(list(got["rows"]) == rows, "other rows in", key, got["rows"], rows)
    exact = [[sum((v for cell, v in borne.get(p, {}).items() if cell[0] == h), F(0)) for p in payers] for h in rows]
    return got, judge_table(exact, [got["rows"][h] for h in rows]) if payers else 0


def judge(c, answer, postings, upto):
    proved = 0
    seen = set()
    balances = Balances(c, postings)
    column = {f["name"]: f["holder"] for f in c.funds}

    def spend(pool):
        for i, p in enumerate(pool["payers"]):
            group, name = p.split(":")
            paid = sum(r[i] for r in pool["rows"].values())
            if group == "reserve":
                balances.reserve[name] -= paid
                expect(paid <= 0 or balances.reserve[name] >= 0, "a reserve is overdrawn", name)
            if group == "fund":
                balances.fund[name] -= paid
                balances.used[name] += paid
                expect(paid <= 0 or balances.fund[name] >= 0, "a fund is overdrawn", name)
                fence = next(f["fence"] for f in c.funds if f["name"] == name)
                expect(fence is None or all(r[i] == 0 or h in fence for h, r in pool["rows"].items()), "a ring-fence is passed", name)

    for index, r in enumerate(c.rules):
        for kind, names in (("cost", c.costs), ("income", c.incomes)):
            for concerned in c.members if r["split"] else [None]:
                cells = {}
                for account, _, who, amount, period in postings:
                    what, _, h = account.partition(":")
                    month = month_of(period)
                    if what == "heading" and h in names and rule_of(c, h, month) == index and (not r["split"] or who == concerned):
                        cells[(h, month)] = cells.get((h, month), 0) + amount
                if not cells:
                    continue
                rows = [h for h in names if any(cell[0] == h for cell in cells)]
                lead = c.schemes[0][1] if r["scheme"] else None
                # A budget is that of all headings of the rule, whether anything was posted to them or not.
                covered = [h for h in names if any(rule_of(c, h, month) == index for month in range(1, 13))]
                borne = run(c, r["takes"], cells, kind, concerned, lead, balances, upto, covered)
                key = (f"rule{index}", kind, concerned or "-")
                pool, more = judge_pool(c, answer, key, borne, rows)
                proved += more
                seen.add(key)
                spend(pool)
    keys = []
    for k in [c.budget_key] + [t["pooled"] for t in c.contributions]:
        if k is not None and k not in keys:
            keys.append(k)
    paid = pay(c, postings)

    def under_rule(x):
        return any(t["payer"] == ("contributor", x) for r in c.rules for t in r["takes"])

    def pool_key(x, m):
        terms = [t for t in c.contributions if any(a == m for a, _ in agreed_of(c, t, x))]
        if terms:
            return terms[0]["pooled"]
        uses = {json.dumps(t["pooled"]) for t in c.contributions if agreed_of(c, t, x)}
        return tuple(json.loads(next(iter(uses)))) if len(uses) == 1 and json.loads(next(iter(uses))) else None

    for k in keys:
        cells = {}
        if c.budget_key == k:
            cells[("approved-budget", 1)] = sum(c.budget.values())
        for (x, m), (contribution, _) in paid.items():
            if pool_key(x, m) == k and (any(contribution) or not under_rule(x)):
                for month, amount in enumerate(contribution, 1):
                    cells[(x, month)] = cells.get((x, month), 0) + amount
        if not cells:
            continue
        p = parts(c, None, k, upto)
        borne = {"member:" + m: {cell: F(v) * p[m][cell[1]] for cell, v in cells.items()} for m in c.members}
        rows = [h for h in ["approved-budget"] + c.contributors if any(cell[0] == h for cell in cells)]
        key = ("pooled-" + words_key(k).replace(" ", "-"), "income", "-")
        _, more = judge_pool(c, answer, key, borne, rows)
        proved += more
        seen.add(key)

    # What stands in each member's column.
    zero = lambda: dict.fromkeys(c.members, 0)
    share, income, spent, met = zero(), zero(), zero(), zero()
    fund_used = {f["name"]: 0 for f in c.funds}
    for pool in answer["pools"]:
        if pool["key"] not in seen:
            continue
        for i, p in enumerate(pool["payers"]):
            group, name = p.split(":")
            amount = sum(r[i] for r in pool["rows"].values())
            where = c.host if group == "contributor" else column[name] if group == "fund" else name
            if pool["key"][1] == "income":
                income[where] += amount
                # A part of earned income lowers what its payer meets.
                if group != "member" and pool["key"][0].startswith("rule"):
                    met[where] -= amount
                continue
            share[where] += amount
            if group == "reserve":
                spent[where] += amount
            if group == "fund":
                fund_used[name] += amount
            if group != "member":
                met[where] += amount
    own, held, stays, recharged, received = zero(), zero(), zero(), zero(), zero()
    fund_in = {f["name"]: 0 for f in c.funds}
    for account, ledger, _, amount, _ in postings:
        what, _, name = account.partition(":")
        if what == "heading":
            (own if name in c.costs else held)[ledger] += amount
        elif what == "recharge":
            recharged[ledger] += amount
        elif what == "fund":
            held[ledger] += amount
            received[column[name]] += amount
            fund_in[name] += amount
    for (x, ledger), (contribution, costs) in paid.items():
        held[ledger] += sum(costs)
        received[c.host] += sum(costs)
        (held if pool_key(x, ledger) is not None else stays)[ledger] += sum(contribution)
    net = {m: (c.budget[m] if c.budget_key is None else 0) + stays[m] + income[m] - share[m] + met[m] for m in c.members}
    if c.budget_key is not None:
        for m in c.members:
            held[m] += c.budget[m]

    # The partnership's net outturn, where the agreement shares it.
    whole = sum(net.values())
    moved, fund_net = zero(), {f["name"]: 0 for f in c.funds}
    word = "deficit" if whole < 0 else "surplus"
    if whole and word in c.shared:
        if word == "surplus":
            for d in (balances.reserve, balances.fund):
                for k in d:
                    d[k] = 10 ** 12
            balances.used = dict.fromkeys(balances.used, 0)
        cells = {("-", 1): abs(whole)}
        borne = run(c, c.shared[word], cells, "cost", None, None, balances, upto, [])
        key = (word, "cost", "-")
        pool, more = judge_pool(c, answer, key, borne, ["-"])
        proved += more
        seen.add(key)
        bears = {p: pool["rows"]["-"][i] for i, p in enumerate(pool["payers"])}
        sign = -1 if word == "deficit" else 1
        for m in c.members:
            moved[m] = sign * bears.get("member:" + m, 0) - net[m]
            amount = bears.get("reserve:" + m, 0)
            spent[m] -= sign * amount
            (share if word == "deficit" else received)[m] += amount
        for f in c.funds:
            amount = bears.get("fund:" + f["name"], 0)
            fund_net[f["name"]] = sign * amount
            (share if word == "deficit" else received)[f["holder"]] += amount
    else:
        expect(not any(p["key"][0] in ("surplus", "deficit") for p in answer["pools"]), "a net outturn is shared that nobody said should be")
    if any(moved.values()):
        expect(answer["moved"] == [moved[m] for m in c.members], "another sharing of the net outturn", answer["moved"], moved)
    # Funds, and what they leave.
    left_to = zero()
    year_end = Day(c.start + 1, 3, 31)
    for f in c.funds:
        bf, adj, used = f["opening"]
        n = f["name"]
        holds = bf + adj + fund_in[n] - fund_used[n] + fund_net[n]
        ends = upto is None and holds > 0 and (f["life"] is None or f["life"][1] <= year_end)
        returned = holds if ends and f["unspent"] == "returned" else 0
        shared = holds if ends and f["unspent"] == "shared" else 0
        expect(answer["funds"][n] == [fund_in[n], fund_used[n], fund_net[n], returned, shared, holds - returned - shared, used + fund_used[n] + max(0, -fund_net[n])],
               "another roll-forward of fund", n, answer["funds"][n], [fund_in[n], fund_used[n], fund_net[n], returned, shared, holds - returned - shared])
        if shared:
            p = parts(c, None, f["key"], upto)
            key = (f"left-{n}", "income", "-")
            pool, more = judge_pool(c, answer, key, {"member:" + m: {("-", 1): F(shared) * p[m][1]} for m in c.members}, ["-"])
            proved += more
            seen.add(key)
            for i, payer in enumerate(pool["payers"]):
                amount = pool["rows"]["-"][i]
                left_to[payer[7:]] += amount
                received[payer[7:]] += amount
            held[f["holder"]] += shared
    expect(seen == {p["key"] for p in answer["pools"]}, "pools that nobody expected", {p["key"] for p in answer["pools"]} - seen)

    owes = {m: share[m] - own[m] - income[m] - received[m] + held[m] - moved[m] - recharged[m] for m in c.members}
    expect(owes == answer["owes"], "other positions", answer["owes"], owes)
    expect(sum(owes.values()) == 0, "positions don't net to nought", owes)
    after = settling(c, owes, upto)
    open_positions = [v for v in after.values() if v]
    for a, b, amount in answer["recharges"]:
        expect(amount > 0, "an empty recharge")
        after[a] -= amount
        after[b] += amount
    expect(not any(after.values()), "recharges don't settle", after)
    expect(len(answer["recharges"]) == fewest(open_positions), "more payments than needed", owes, answer["recharges"])
    for m in c.members:
        result = net[m] + moved[m]
        opening, adjustment = c.openings[m]
        left = abs(result)
        got = {"reserve": 0, "general": 0}
        for target, most in c.disposal["surplus" if result >= 0 else "deficit"]:
            amount = left
            if most == "balance" or isinstance(most, tuple):
                amount = min(left, max(0, opening + adjustment - spent[m] - (most[1] if isinstance(most, tuple) else 0)))
            elif most is not None:
                amount = min(left, most)
            got[target] += amount
            left -= amount
        sign = 1 if result >= 0 else -1
        carried = opening + adjustment - spent[m] + left_to[m] + sign * got["reserve"]
        want = [spent[m], sign * got["reserve"], got["general"] if result < 0 else 0, got["general"] if result >= 0 else 0, carried]
        expect(answer["reserves"][m] == want, "another roll-forward of", m, answer["reserves"][m], want)
    expect(sorted(answer["agreed"]) == sorted((x, m, a) for x in c.contributors for m, a in agreed(c, x)), "other sums agreed", answer["agreed"])
    return proved


def pay(c, postings):
    """{(contributor, ledger): (towards its declared sum, towards costs)}, each by month. What comes fills the
    declared sum first, as far as all that came by then."""
    came = {}
    for account, ledger, _, amount, period in postings:
        what, _, x = account.partition(":")
        if what == "contributor":
            came.setdefault((x, ledger), [0] * 12)[month_of(period) - 1] += amount
    def fill(months, most):
        filled = [max(0, min(most, sum(months[:n]))) for n in range(13)]
        return [b - a for a, b in zip(filled, filled[1:])]

    result = {}
    for x in c.contributors:
        ledgers = [m for m in c.members if (x, m) in came]
        if not any(t["payer"] == ("contributor", x) for r in c.rules for t in r["takes"]):
            result.update({(x, m): (came[x, m], [0] * 12) for m in ledgers})
            continue
        sums = agreed(c, x)
        mine = {m: fill(came[x, m], sum(a for to, a in sums if to == m)) for m in ledgers}
        # Where all sums have one use, what came to another member fills what is still open of them.
        uses = {json.dumps(t["pooled"]) for t in c.contributions if agreed_of(c, t, x)}
        open_sum = sum(a for _, a in sums) - sum(map(sum, mine.values())) if len(uses) == 1 else 0
        for m in ledgers:
            if open_sum > 0:
                further = fill([a - b for a, b in zip(came[x, m], mine[m])], open_sum)
                open_sum -= sum(further)
                mine[m] = [a + b for a, b in zip(mine[m], further)]
        result.update({(x, m): (mine[m], [a - b for a, b in zip(came[x, m], mine[m])]) for m in ledgers})
    return result


def settling(c, owes, upto):
    """What a body owes passes to its successor once that is in its place."""
    after = dict(owes)
    last = month_days(c.start, month_of(upto or 12))[1]
    for new, old, day in sorted(c.successions, key=lambda s: s[2]):
        if old in after and day <= last:
            after[new] += after[old]
            after[old] = 0
    return after


def agreed_of(c, term, contributor):
    alone = Case()
    alone.__dict__.update(c.__dict__)
    alone.contributions = [term]
    return agreed(alone, contributor)


def fewest(amounts):
    """The fewest payments, by trying every way to cut the members into groups that net to nought."""
    best = 0

    def cut(rest, groups):
        nonlocal best
        if not rest:
            best = max(best, groups)
            return
        first, others = rest[0], rest[1:]
        for mask in range(1 << len(others)):
            group = first + sum(a for i, a in enumerate(others) if mask >> i & 1)
            if group == 0:
                cut([a for i, a in enumerate(others) if not mask >> i & 1], groups + 1)

    cut(amounts, 0)
    return len(amounts) - best


def case(program, rng):
    c = make(rng)
    cut = [p for p in c.postings if c.upto is None or p[4] <= c.upto]
    answer = program.agreement(c, c.postings, c.upto)
    proved = judge(c, answer, cut, c.upto)
    shuffled = c.postings[:]
    rng.shuffle(shuffled)
    expect(program.agreement(c, shuffled, c.upto) == answer, "the order of postings changes something")
    if answer["bills"]:
        paid = {m: sum(p[3] for p in cut if p[0].startswith("recharge:") and p[1] == m) for m in c.members}
        year = [sum(bill[i] for bill in answer["bills"]) for i in range(len(c.members))]
        positions = settling(c, {m: answer["owes"][m] + paid[m] for m in c.members}, None)
        expect(year == [positions[m] for m in c.members], "quarterly bills don't add to the year", year)
    for bill in answer["bills"]:
        expect(sum(bill) == 0, "a quarter's bills don't net to nought", bill)
    return proved


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--runner", required=True)
    arguments.add_argument("--first", type=int, default=0)
    arguments.add_argument("--count", type=int, default=1000)
    arguments.add_argument("--state")
    arguments.add_argument("--show", action="store_true")
    options = arguments.parse_args()
    program = Asker(options.runner)
    first = options.first
    here = pathlib.Path(__file__)
    judged = hashlib.sha256(pathlib.Path(options.runner).read_bytes() + here.read_bytes() + (here.parent / "sharing.py").read_bytes()).hexdigest()
    if options.state and os.path.exists(options.state):
        state = json.loads(pathlib.Path(options.state).read_text())
        if state.get("judged") == judged:
            first = max(first, state["next"])
    proved = 0
    program.ask("kinds\n")
    unwritten = set()
    while (words := program.line())[0] != "done":
        unwritten.add(" ".join(words))
    for seed in range(first, options.first + options.count):
        rng = random.Random(f"agreements {seed}")
        if unwritten:
            lines = write(make(random.Random(f"agreements {seed}"))).splitlines()
            unwritten = {w for w in unwritten if not any(l.strip().startswith(w + " ") or (w == "succeeds" and " succeeds " in l) for l in lines)}
        try:
            proved += case(program, rng)
        except (Disagreement, BrokenPipeError) as disagreement:
            print(f"seed {seed}: {disagreement}")
            if options.show:
                c = make(random.Random(f"agreements {seed}"))
                print(write(c) + "\n".join(write_books(c, c.postings)) + f"\nup to {c.upto}")
            print("1 case disagrees; 0 passed, 1 failed")
            return 1
        if options.state and seed % 500 == 499:
            pathlib.Path(options.state).write_text(json.dumps({"next": seed + 1, "judged": judged}))
    if unwritten and first == options.first and options.count >= 500:
        print(f"the generator never writes a line of these kinds: {', '.join(sorted(unwritten))}")
        print("0 passed, 1 failed")
        return 1
    if first > options.first:
        print(f"the first {first - options.first} were judged by earlier runs of the same program")
    print(f"agreements: {options.count} agreements with their books from seed {options.first}; {proved} tables of this run proved by brute force")
    print(f"{options.count} passed, 0 failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
