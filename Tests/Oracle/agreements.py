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
import argparse, calendar, datetime, hashlib, itertools, json, os, pathlib, random, sys
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
    activity, units, caps, last_year = [], [], {}, {}
    hub = fee = sizes = None


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
        is_decimal = rng.random() < 0.25
        values = {m: F(rng.randint(0, 9_999), 100) if is_decimal else rng.choice([0, 1, 1, 2, 3, rng.randint(1, 60_000)]) for m in c.members}
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
    # Bodies that take part of costs, alone or together, and never change; some have weights, and some a limit in all.
    c.paying = [x for x in c.contributors if rng.random() < 0.4 and not any(x in s[:2] for s in c.successions) and not any(t[0] == x for t in c.tenures)]
    c.sizes = {x: rng.choice([1, 2, F(rng.randint(1, 999), 100)]) for x in c.paying} if c.paying and rng.random() < 0.6 else None
    c.caps = {x: rng.choice([0, rng.randint(0, 900_000)]) for x in c.paying if rng.random() < 0.25}
    if rng.random() < 0.12:
        c.caps.update({m: rng.randint(0, 900_000) for m in c.members[1:] if rng.random() < 0.5})
    # Somebody who is there at the year's end.
    c.hub = rng.choice([m for m in c.members if not any(t[0] == m for t in c.tenures)]) if rng.random() < 0.25 else None
    c.units = ["case"] if rng.random() < 0.5 else []
    c.activity = [("case", x, rng.choice([0, 100, 250, rng.randint(0, 90_000)]), rng.randint(1, 12)) for x in c.members + c.paying for _ in range(2) if c.units and rng.random() < 0.6]
    c.last_year = {}
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
        rule["net"] = is_mixed(c, rule["for"]) and rng.random() < 0.4
        rule["takes"] = of_income(c, rule["for"], random_takes(rng, c, rule))
        c.rules.append(rule)
    # The host's fee falls under no rule of its own, which might be split.
    c.fee = (rng.choice([F(7, 100), F(1, 8), F(1, 3)]), rng.choice([None, rng.sample(c.costs, 1)])) if rng.random() < 0.2 else None
    if c.fee:
        c.costs = c.costs + ["fee"]
    last = {"span": (None, None), "split": False, "scheme": None, "for": None, "else": True}
    last["net"] = is_mixed(c, left_over(c)) and rng.random() < 0.3
    if rng.random() < 0.2:
        day = random_day(rng, c.start, edge=True)
        dated = {"span": (None, day - ONE), "split": False, "scheme": None, "for": None, "else": True}
        dated["net"] = is_mixed(c, left_over(c)) and rng.random() < 0.3
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
            elif rng.random() < 0.2:
                t["uplift"] = [(rng.choice([F(67, 1000), F(1, 3)]), year) for year in sorted(rng.sample(range(c.start - 3, c.start + 2), 2))]
            t["pooled"] = random_key(rng, c, c.members) if rng.random() < 0.5 else None
            c.contributions.append(t)

    for n, r in enumerate(c.rules):
        # What was borne last year under some rules; limits by it bind nobody else.
        if rng.random() < 0.5:
            c.last_year[f"Rule {n}"] = {x: rng.randint(0, 900_000) for x in c.members + c.paying if rng.random() < 0.8}
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


def is_mixed(c, names):
    return any(h in c.costs for h in names) and any(h in c.incomes for h in names)


def weight_names(basis):
    """The weights that a basis goes by, of its parts too."""
    if isinstance(basis, tuple):
        kind = basis[0]
        return basis[1] if kind == "average" else [n for _, b in basis[1] for n in weight_names(b)] if kind == "mix" else [basis[1], basis[3]] if kind == "unless" else []
    return [] if basis in ("equally", "contribution") else [basis]


def change_days(c, names, basis):
    days = []
    for name, begin, to in c.tenures:
        if name in names:
            days += ([begin] if begin else []) + ([to + ONE] if to else [])
    days += [day for new, old, day in c.successions if new in names or old in names]
    days += [begin for w, begin, _ in c.weights if w in weight_names(basis) and begin]
    return [d for d in days if (d.month, d.day) != (4, 1)]


def random_basis(rng, c):
    names = [w for w, begin, _ in c.weights if begin is None]
    if not names or rng.random() < 0.75:
        return rng.choice(["equally", "equally", "contribution"] + names)
    simple = ["equally", "contribution"] + names
    shares = rng.choice([[F(1, 2), F(1, 2)], [F(1, 5), F(4, 5)], [F(1, 3), F(2, 3)], [F(1, 10), F(3, 10), F(3, 5)]])
    made = [("mix", [(s, rng.choice(simple)) for s in shares])]
    if len(names) > 1:
        made += [("average", names), ("unless", names[0], rng.choice([F(3, 100), F(1, 2), F(0)]), names[1])]
    return rng.choice(made)


def random_key(rng, c, names, no_months=False):
    basis = random_basis(rng, c)
    if change_days(c, names, basis):
        return basis, rng.choice(["by days"] + ([] if no_months else ["as costs fall"]))
    return basis, rng.choice([None, None, "by days"] + ([] if no_months else ["as costs fall"]))


def fits(f, c, rule):
    covered = rule["for"] if rule["for"] is not None else c.costs + c.incomes
    return f["fence"] is None or all(h in f["fence"] for h in covered if h in c.costs)


def some_members(rng, c):
    others = [m for m in c.members[1:] if rng.random() < 0.6]
    return ["m0"] + others


def plain(amount, payer, limit=None):
    return {"amount": amount, "payer": payer, "limit": limit, "least": None, "most": None, "atleast": None, "excess": False}


def bodies(c, payer):
    """The bodies of a group, in the agreement's order."""
    names = payer[1] or c.members
    return [x for x in c.members + c.contributors if x in names]


def is_free(c, name, basis):
    """Whether a body bears some part always: what the language asks of one without a cap."""
    if any(t[0] == name for t in c.tenures) or any(name in s[:2] for s in c.successions):
        return False
    if isinstance(basis, tuple):
        return {"mix": lambda: any(s and is_free(c, name, b) for s, b in basis[1]), "average": lambda: any(is_free(c, name, b) for b in basis[1]),
                "unless": lambda: is_free(c, name, basis[1]) and is_free(c, name, basis[3]), "activity": lambda: False}[basis[0]]()
    if basis == "sizes":
        return bool(c.sizes.get(name))
    return basis == "equally" or basis != "contribution" and all(v.get(name, 0) for w, _, v in c.weights if w == basis)


def is_capped(c, t, name):
    most = t["most"]
    return name in c.caps or most is not None and (not isinstance(most, tuple) or most[0] == "last" or name in most[1])


def is_unlimited(c, t):
    kind = t["payer"][0]
    if t["limit"] is not None or kind in ("reserve", "reserves", "reserve-concerned", "fund") or t["amount"][0] not in ("rest", "share", "of-rest"):
        return False
    if kind in ("members", "parties"):
        names = bodies(c, t["payer"])
        if not any(is_capped(c, t, n) for n in names):
            return True
        return t["excess"] and any(not is_capped(c, t, n) and is_free(c, n, t["payer"][2][0]) for n in names)
    if kind == "concerned":
        return not any(m in c.caps for m in c.members)
    return (c.schemes[0][1] if kind == "lead" else t["payer"][1]) not in c.caps


def random_each(rng, names, most):
    roll = rng.random()
    if roll < 0.5:
        return rng.choice([0, 1, rng.randint(0, most)])
    if roll < 0.8:
        return ("named", {n: rng.randint(0, most) for n in rng.sample(names, rng.randint(1, len(names)))})
    return ("last", rng.choice([F(21, 20), F(1), F(3, 2)]))


def random_take(rng, c, rule, last):
    t = plain(("rest",), None)
    if last and any(m in c.caps for m in c.members):
        # Only somebody without a limit in all can bear whatever there is.
        basis = rng.choice(["equally"] + [w for w, begin, _ in c.weights if begin is None])
        key = (basis, "by days") if change_days(c, c.members, basis) else (basis, None)
        t["payer"] = rng.choice([("member", "m0"), ("members", None, key)])
        t["excess"] = t["payer"][0] == "members"
        return t
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
        options += [("parties", rng.sample(c.paying, rng.randint(1, len(c.paying))))] * 2 if c.paying else []
        options += [("parties", c.paying + rng.sample(c.members, rng.randint(1, len(c.members))))] if c.paying else []
        options += [("contributor", x) for x in c.paying] * 2 + [("fund", f["name"]) for f in c.funds if fits(f, c, rule)] * 3
        t["payer"] = rng.choice(options)
    kind = t["payer"][0]
    if kind in ("members", "reserves"):
        names = t["payer"][1]
        t["payer"] = (kind, names, random_key(rng, c, names or c.members))
        if c.units and kind == "members" and not last and rng.random() < 0.3:
            t["payer"] = (kind, names, (("activity", "case"), "by days" if change_days(c, names or c.members, "equally") else None))
    if kind == "parties":
        names = t["payer"][1]
        basis = "sizes" if c.sizes and all(n in c.sizes for n in names) and rng.random() < 0.6 else "equally"
        if len(names) == 1:
            t["payer"] = ("contributor", names[0])
        else:
            t["payer"] = (kind, names, (basis, "by days" if change_days(c, names, "equally") else None))
        kind = t["payer"][0]
    if last:
        return t
    plain_split = rule["split"] and kind not in ("concerned", "reserve-concerned")
    balance = kind in ("reserve", "reserves", "reserve-concerned", "fund")
    if balance:
        t["limit"] = rng.choice(["balance", "balance", ("above", rng.randint(0, 500_000)), rng.randint(0, 2_000_000), ("budget", F(1, 2))])
    elif rng.random() < 0.3 and not plain_split:
        t["limit"] = rng.choice([0, 1, 5_000, rng.randint(0, 3_000_000), ("budget", rng.choice([F(1, 20), F(1, 2)]))])
    if kind in ("members", "reserves", "parties") and not plain_split:
        names = bodies(c, t["payer"])
        if rng.random() < 0.3:
            t["most"] = random_each(rng, names, 900_000) if kind != "reserves" else rng.randint(0, 900_000)
        if kind != "reserves" and rng.random() < 0.25 and t["payer"][2][1] != "as costs fall":
            t["least"] = random_each(rng, names, 300_000)
            low = min(t["most"][1].values()) if isinstance(t["most"], tuple) and t["most"][0] == "named" else t["most"]
            if isinstance(t["least"], int) and isinstance(low, int):
                t["least"] = min(t["least"], low)
        if any(is_capped(c, t, n) for n in names) and t["payer"][2][1] != "as costs fall":
            t["excess"] = rng.random() < 0.6
    if rng.random() < 0.15 and not plain_split and kind != "reserves":
        t["atleast"] = rng.choice([1, rng.randint(0, 300_000)])
    choice = rng.random()
    if choice < 0.35:
        t["amount"] = ("share", rng.choice([F(1, 3), F(1, 10), F(4, 5), F(35, 80), F(0)]), None)
        if t["amount"][1] == F(35, 80):
            t["amount"] = ("share", F(35, 80), "35 of 80 days")
    elif choice < 0.6 and not plain_split:
        t["amount"] = rng.choice([("fixed", rng.choice([0, 1, 100_000, rng.randint(1, 3_000_000)])), ("budget", None), ("budget", F(21, 20))])
    elif choice < 0.7 and not plain_split:
        t["amount"] = ("of-rest", rng.choice([F(1, 2), F(1, 3)]))
    if c.units and not plain_split and kind in ("members", "parties", "member", "contributor", "direct") and rng.random() < 0.15:
        t["amount"] = ("unit", rng.choice([1, 1_250, rng.randint(0, 90_000)]))
        if kind in ("members", "parties"):
            if change_days(c, bodies(c, t["payer"]), "equally") or t["payer"][1] and len(t["payer"][1]) == 1:
                t["amount"] = ("rest",)
            else:
                t["payer"] = (kind, t["payer"][1], (("activity", "case"), None))
    # A price has no least, and a least is no more than the most.
    if t["amount"][0] == "unit":
        t["least"] = t["atleast"] = None
    if t["atleast"] is not None:
        t["atleast"] = min([t["atleast"]] + [x for x in (t["limit"], t["amount"][1] if t["amount"][0] == "fixed" else None) if isinstance(x, int)])
    if is_unlimited(c, t):
        # Unlimited shares must not pass the whole; a few of a quarter at most cannot.
        t["amount"] = rng.choice([("share", F(1, 4), None), ("of-rest", F(1, 5))])
    return t


def left_over(c):
    """The headings that earlier rules leave to one for anything else."""
    taken = {h for r in c.rules if r["span"] == (None, None) for h in r["for"] or []}
    return [h for h in c.costs + c.incomes if h not in taken]


def of_income(c, covered, takes):
    """Over income alone a rule has lines of shares alone: any other is refused."""
    if not covered or any(h in c.costs for h in covered):
        return takes
    return [t for t in takes if is_unlimited(c, t)]


def random_takes(rng, c, rule):
    takes = [random_take(rng, c, rule, False) for _ in range(rng.randint(0, 3))]
    for i, t in enumerate(takes):
        # What a line takes at least can leave less than a share of the whole.
        if is_unlimited(c, t) and t["amount"][0] == "share" and any(b["atleast"] is not None for b in takes[:i]):
            t["amount"] = ("of-rest", F(1, 5))
    if rng.random() < 0.1 and not rule["split"] and not any(m in c.caps for m in c.members):
        # Percentages alone, adding to the whole.
        parts = rng.choice([[F(1, 2), F(1, 2)], [F(1, 3), F(2, 3)], [F(4, 5), F(1, 5)]])
        return [plain(("share", p, None), ("members", None, random_key(rng, c, c.members)) if i else ("member", "m0")) for i, p in enumerate(parts)]
    return takes + [random_take(rng, c, rule, True)]


def random_shared(rng, c, word):
    takes = []
    for _ in range(rng.randint(0, 2)):
        options = [("members", None), ("member", "m0"), ("reserve", rng.choice(c.members))] + [("fund", f["name"]) for f in c.funds if f["award"] is None and (word == "surplus" or f["fence"] is None)]
        payer = rng.choice(options)
        if payer[0] == "members":
            payer = ("members", None, random_key(rng, c, c.members, no_months=True))
        t = plain(("rest",), payer, rng.randint(0, 2_000_000))
        if word == "deficit" and payer[0] in ("reserve", "fund"):
            t["limit"] = rng.choice(["balance", t["limit"], ("above", rng.randint(0, 100_000))])
        takes.append(t)
    takes.append(plain(("rest",), ("members", None, random_key(rng, c, c.members, no_months=True)) if rng.random() < 0.7 and not any(m in c.caps for m in c.members) else ("member", "m0")))
    return takes


def books(rng, c):
    c.openings = {m: (rng.choice([0, rng.randint(0, 4_000_000)]), rng.choice([0, 0, rng.randint(0, 50_000)])) for m in c.members}
    c.postings = []
    for _ in range(rng.randint(0, 40)):
        h = rng.choice([h for h in c.costs + c.incomes if h != "fee"])
        amount = rng.choice([1, 2, 100, 1001, rng.randint(1, 900_000)]) * (-1 if rng.random() < 0.15 else 1)
        period = rng.choice([rng.randint(1, 12)] * 9 + [rng.randint(13, 16)])
        needs = is_split(c, h, month_of(period)) or rng.random() < 0.1
        c.postings.append(("heading:" + h, rng.choice(c.members), rng.choice(c.members) if needs else None, amount, period))
    for x in c.contributors:
        for m, amount in agreed(c, x):
            if rng.random() < 0.9:
                c.postings.append(("contributor:" + x, m, None, amount, rng.randint(1, 12)))
        if x in c.paying and rng.random() < 0.5 and bears_costs(c, x):
            c.postings.append(("contributor:" + x, rng.choice(c.members), None, rng.randint(1, 500_000), rng.randint(1, 12)))
    for f in c.funds:
        if rng.random() < 0.6:
            c.postings.append(("fund:" + f["name"], rng.choice(c.members), None, rng.randint(1, 2_000_000) * (-1 if rng.random() < 0.1 else 1), rng.randint(1, 12)))
    if len(c.members) > 1 and rng.random() < 0.5:
        a, b = rng.sample(c.members, 2)
        amount = rng.randint(1, 500_000)
        c.postings += [("recharge:" + b, a, None, amount, 5), ("recharge:" + a, b, None, -amount, 5)]


def bears_costs(c, x):
    return any(t["payer"] == ("contributor", x) or t["payer"][0] == "parties" and x in t["payer"][1] for r in c.rules for t in r["takes"])


# ---- writing it in the program's words ----------------------------------------------------------

def words_share(share):
    return f"{share.numerator}/{share.denominator}"


def words_basis(basis):
    if not isinstance(basis, tuple):
        return basis
    kind = basis[0]
    return {"mix": lambda: " ".join(f"{words_share(s)} {words_basis(b)}" for s, b in basis[1]), "average": lambda: "average of " + " ".join(basis[1]),
            "unless": lambda: f"{basis[1]}, unless within {words_share(basis[2])} of {basis[3]}", "activity": lambda: "activity of " + basis[1]}[kind]()


def words_key(key):
    basis, timing = key
    return ("equally" if basis == "equally" else "by " + words_basis(basis)) + (f", {timing}" if timing else "")


def words_weight(weight):
    return f"{int(weight):,}" if F(weight).denominator == 1 else f"{floor(weight)}.{int(weight * 100) % 100:02}"


def words_each(each):
    if not isinstance(each, tuple):
        return pounds(each)
    return " ".join(f"{n} {pounds(p)}" for n, p in each[1].items()) if each[0] == "named" else f"{words_share(abs(each[1] - 1))} above last year"


def words_span(span):
    return " ".join(p for p in (f"from {span[0]}" if span[0] else "", f"to {span[1]}" if span[1] else "") if p)


def words_payer(p):
    kind = p[0]
    if kind in ("members", "parties"):
        return (" ".join(p[1]) if p[1] else "members") + " " + words_key(p[2])
    if kind == "reserves":
        return "reserves of " + (" ".join(p[1]) if p[1] else "members") + " " + words_key(p[2])
    return {"concerned": "member concerned", "reserve-concerned": "reserve of member concerned", "lead": "lead"}.get(kind) or \
        {"member": "{}", "direct": "{} directly", "reserve": "reserve of {}", "contributor": "{}", "fund": "{}"}[kind].format(p[1])


def words_tail(t):
    out = ""
    if t.get("atleast") is not None:
        out += ", at least " + pounds(t["atleast"])
    if t["least"] is not None:
        out += ", each at least " + words_each(t["least"])
    if t["most"] is not None:
        out += ", each at most " + words_each(t["most"])
    if t.get("excess"):
        out += ", excess by the same key"
    if t["limit"] == "balance":
        out += ", at most balance"
    elif isinstance(t["limit"], tuple) and t["limit"][0] == "budget":
        out += f", at most {words_share(t['limit'][1])} of budget"
    elif isinstance(t["limit"], tuple):
        out += ", at most balance above " + pounds(t["limit"][1])
    elif t["limit"] is not None:
        out += ", at most " + pounds(t["limit"])
    return out


def words_amount(a):
    if a[0] == "share":
        return a[2] or f"{a[1].numerator}/{a[1].denominator}"
    if a[0] == "budget":
        return "up to " + (f"{words_share(a[1])} of " if a[1] else "") + "budget"
    return {"rest": lambda: "rest", "of-rest": lambda: words_share(a[1]) + " of the rest", "unit": lambda: pounds(a[1]) + " per case", "fixed": lambda: "up to " + pounds(a[1])}[a[0]]()


WORKED = ["met from reserves", "met from grants", "met from partners", "net outturn", "shared net outturn", "from general fund", "to general fund", "brought forward", "adjustment",
          "appropriations", "spent from reserves", "shared from funds", "to reserves", "carried forward"]


def write(c):
    out = ['partnership "Case"', "members " + " ".join(c.members), "host " + c.host]
    if c.contributors:
        out.append("contributors " + " ".join(c.contributors))
    # Lines that move no figure; the generator writes one of each kind that the language has.
    out += [f'label {c.host} "The host"', "books " + c.host, f"statutory training in {c.costs[0]}", "kind safeguarding children", "floor £1 of reserve of each member", "virements up to £1", "threshold £1 or 1%"]
    out += [f"membership {n} {words_span((b, e))}" for n, b, e in c.tenures]
    out += [f"{new} succeeds {old} from {day}" for new, old, day in c.successions]
    out += ["signs funding negative, expenditure positive", 'section "Funding"', '  approved budget "Own"']
    out += [f'  from {x} "From {x}"' for x in c.contributors] + [f'  income {h} "Income {h}"' for h in c.incomes]
    out += ['section "Costs"'] + [f'  cost {h} "Cost {h}"' for h in c.costs] + ['  total "All costs"'] + [f'  {words} "{words}"' for words in WORKED]
    for name, begin, values in c.weights:
        out.append(f"weights {name} " + " ".join(f"{m} {words_weight(w)}" for m, w in values.items()) + ', source "case", at 2018-01-01' + (f", from {begin}" if begin else ""))
    if c.sizes:
        out.append("weights sizes " + " ".join(f"{x} {words_weight(w)}" for x, w in c.sizes.items()) + ', source "case", at 2018-01-01')
    out += [f"{x} at most {pounds(p)} in all" for x, p in c.caps.items()] + ['clause "Notice" "Six months."']
    if c.fee:
        out.append(f"fee fee {words_share(c.fee[0])} of " + (" ".join(c.fee[1]) if c.fee[1] else "costs"))
    if c.hub:
        out.append("settle through " + c.hub)
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
            if isinstance(t["uplift"], list):
                line += ", rising " + ", ".join(f"{words_share(rate)} in {year}-{(year + 1) % 100:02}" for rate, year in t["uplift"])
            else:
                rate, first = t["uplift"]
                line += f", rising {rate.numerator}/{rate.denominator} a year from {first}-{(first + 1) % 100:02}"
        line += (f", {t['instalments']}" if t["instalments"] else "") + (", by days" if t["days"] else "")
        out.append(line + (", stays" if t["pooled"] is None else ", pooled " + words_key(t["pooled"])))
    for n, r in enumerate(c.rules):
        out.append(f'rule "Rule {n}" {words_span(r["span"])}'.rstrip())
        out.append("  for " + ("anything else" if r["else"] else f"scheme {r['scheme']}" if r["scheme"] else " ".join(r["for"])) + (", split by member concerned" if r["split"] else "") + (", net" if r["net"] else ""))
        for t in r["takes"]:
            # A price has no key: each pays for its own.
            who = " ".join(t["payer"][1] or ["members"]) if t["amount"][0] == "unit" and t["payer"][0] in ("members", "parties") else words_payer(t["payer"])
            out.append(f"  take {words_amount(t['amount'])} from {who}{words_tail(t)}")
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
    out += [f"in-kind {n} {p}" for n, p in c.in_kind] + [f"activity {unit} {x} {q} {period}" for unit, x, q, period in c.activity]
    out += [f"last-year {x} {p} {title}" for title, borne in c.last_year.items() for x, p in borne.items()]
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


def weight(c, name, basis, day, upto=None):
    if basis == "equally":
        return 1
    if basis == "contribution":
        return max(0, c.budget[name])
    if basis == "sizes":
        return c.sizes.get(name, 0)
    if isinstance(basis, tuple):
        return counted(c, name, upto) if basis[0] == "activity" else sum(weight(c, name, b, day) for b in basis[1])
    values = [v for w, begin, v in c.weights if w == basis and (begin is None or begin <= day)][-1]
    if name in values:
        return values[name]
    for new, old, _ in c.successions:
        if new == name:
            return weight(c, old, basis, day)
    return 0


def counted(c, name, upto):
    """What the activity table counts of a body to date."""
    return sum((F(q, 100) for _, x, q, period in c.activity if x == name and (upto is None or period <= upto)), F(0))


def parts(c, names, key, upto):
    """{body: {month: part}}"""
    basis, timing = key
    names = [m for m in c.members + c.contributors if (m in c.members if names is None else m in names)]
    if isinstance(basis, tuple) and basis[0] == "mix":
        # Each part of the whole is shared by its own basis, changes within the year reckoned as in all of them.
        if timing == "as costs fall" and not group_changes(c, names, basis):
            timing = None
        of = [(s, parts(c, names, (b, "each month" if timing == "as costs fall" else timing), upto)) for s, b in basis[1]]
        return {m: {month: sum(s * p[m][month] for s, p in of) for month in range(1, 13)} for m in names}
    if isinstance(basis, tuple) and basis[0] == "unless":
        if timing == "as costs fall" and not group_changes(c, names, basis):
            timing = None
        timing = "each month" if timing == "as costs fall" else timing
        new, agreed_parts = (parts(c, names, (b, timing), upto) for b in (basis[1], basis[3]))
        near = {month: all(abs(new[m][month] - agreed_parts[m][month]) <= basis[2] * agreed_parts[m][month] for m in names) for month in range(1, 13)}
        return {m: {month: (agreed_parts if near[month] else new)[m][month] for month in range(1, 13)} for m in names}

    def normal(values):
        total = sum(values.values())
        if not total:
            # Where nobody has a weight, those there bear alike.
            values = {m: 1 if here[m] else 0 for m in values}
            total = sum(values.values())
        return {m: F(v) / F(total) if total else F(1, len(names)) for m, v in values.items()}

    last = {month: month_days(c.start, month)[1] for month in range(1, 13)}
    if timing in ("as costs fall", "each month"):
        # Where nothing changes within the year it says nothing.
        if timing == "each month" or group_changes(c, names, basis):
            table = {}
            for month in range(1, 13):
                here = {m: days_in(c, m, month) for m in names}
                table[month] = normal({m: weight(c, m, basis, last[month], upto) * here[m] for m in names})
            return {m: {month: table[month][m] for month in range(1, 13)} for m in names}
    if timing == "by days":
        until = range(1, month_of(upto or 12) + 1)
        here = {m: sum(days_in(c, m, month) for month in until) for m in names}
        whole = normal({m: sum(weight(c, m, basis, last[month], upto) * days_in(c, m, month) for month in until) for m in names})
    else:
        here = {m: there(c, m) for m in names}
        whole = normal({m: weight(c, m, basis, last[1], upto) if there(c, m) else 0 for m in names})
    return {m: {month: whole[m] for month in range(1, 13)} for m in names}


def group_changes(c, names, basis):
    year = sum((month_days(c.start, m)[1] - month_days(c.start, m)[0]).days + 1 for m in range(1, 13))
    for m in names:
        days = sum(days_in(c, m, month) for month in range(1, 13))
        if 0 < days < year:
            return True
    for name in weight_names(basis):
        if name == "sizes":
            continue
        first = [v for w, b, v in c.weights if w == name and (b is None or b <= Day(c.start, 4, 1))][-1]
        last = [v for w, b, v in c.weights if w == name and (b is None or b <= Day(c.start + 1, 3, 31))][-1]
        if first != last:
            return True
    return False


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
        if isinstance(t["uplift"], list):
            for rate, year in t["uplift"]:
                amount = amount * (1 + rate) if year <= c.start else F(amount)
            amount = half_away(amount)
        elif t["uplift"] and c.start >= t["uplift"][1]:
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
        # What bodies with a limit in all may still bear.
        self.allowance = dict(c.caps)
        for name, value in c.in_kind:
            self.kind[name] = self.kind.get(name, 0) + value


def run(c, takes, cells, kind, concerned, lead, balances, upto, headings, title=None):
    """Lines take money out of cells {(heading, month): pence}; returns {payer: {heading: exact pence}}."""
    left = {k: F(v) for k, v in cells.items()}
    borne = {}
    total = sum(left.values())

    def shares_of(payer):
        k = payer[0]
        ones = {m: F(1) for m in range(1, 13)}
        if k == "parties":
            return {("member:" if m in c.members else "contributor:") + m: p for m, p in parts(c, payer[1], payer[2], upto).items()}
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
        if mirrored and not is_unlimited(c, t):
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
        # A rule that is net has the budget of its costs less that of its income.
        budget = F(sum(c.lines.get(h, 0) for h in headings if h in c.costs or kind == "income") - sum(c.lines.get(h, 0) for h in headings if h in c.incomes and kind == "cost"))
        if t["amount"][0] == "unit":
            who = bodies(c, t["payer"]) if k in ("members", "parties") else [t["payer"][1]]
            price = t["amount"][1] * sum(counted(c, x, upto) for x in who)
        wanted = {"rest": lambda: there_is, "share": lambda: t["amount"][1] * base, "fixed": lambda: F(t["amount"][1]), "of-rest": lambda: t["amount"][1] * there_is,
                  "unit": lambda: price, "budget": lambda: (t["amount"][1] or 1) * budget}[t["amount"][0]]()

        def remaining(payer):
            group, name = payer.split(":")
            b = (balances.reserve if group == "reserve" else balances.fund)[name] - so_far(payer)
            if isinstance(t["limit"], tuple) and t["limit"][0] == "above":
                b -= t["limit"][1]
            return max(F(0), b)

        def of_each(each, payer):
            group, name = payer.split(":")
            if not isinstance(each, tuple):
                return None if each is None else F(each)
            if each[0] == "named":
                return F(each[1][name]) if name in each[1] else None
            before = c.last_year.get(title, {}).get(name, 0) if group != "reserve" else 0
            return each[1] * before if before > 0 else None

        def most_of(payer):
            group, name = payer.split(":")
            bounds = [of_each(t["most"], payer)]
            if k == "reserves":
                bounds.append(remaining(payer))
            if title and group != "reserve" and name in c.caps:
                bounds.append(max(F(0), balances.allowance[name] - so_far("member:" + name) - so_far("direct:" + name) - so_far("contributor:" + name)))
            return min((b for b in bounds if b is not None), default=None)

        if mirrored:
            if abs(in_all) < abs(wanted):
                wanted = in_all
        else:
            bounds = [there_is, in_all]
            if t.get("atleast") is not None:
                wanted = max(wanted, F(t["atleast"]))
            if isinstance(t["limit"], tuple) and t["limit"][0] == "budget":
                bounds.append(t["limit"][1] * budget)
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
        if not mirrored and wanted and (t["least"] is not None or t.get("excess")):
            bearing = {p: s[1] for p, s in shares.items() if any(s.values())}
            low = {p: of_each(t["least"], p) or F(0) for p in bearing}
            if t.get("excess"):
                raised = between(bearing, wanted, low, {p: most_of(p) for p in bearing})
                shares = {p: {m: s for m in range(1, 13)} for p, s in raised.items()}
            elif any(low.values()):
                shares = {p: {m: s for m in range(1, 13)} for p, s in floors(bearing, wanted, low).items()}
        before = dict(left)
        for payer, p in shares.items():
            takes_cells = {cell: before[cell] * part * p[cell[1]] for cell in before if cell[1] in months}
            amount = sum(takes_cells.values())
            bound = None
            if not mirrored and not t.get("excess"):
                bound = most_of(payer)
            if bound is not None and bound < amount:
                takes_cells = {cell: v * bound / amount for cell, v in takes_cells.items()}
            for cell, v in takes_cells.items():
                give(payer, cell, v)
                left[cell] -= v
    expect(all(v == 0 for v in left.values()), "the calculator left a rest", left)
    return borne


def between(bearing, amount, low, high):
    """Parts by weight of what each bears between its least and its most, found by trying who stands at which."""
    low = {p: low[p] if high[p] is None else min(low[p], high[p]) for p in bearing}
    if sum(low.values()) >= amount:
        total = sum(low.values())
        return {p: low[p] / total if total else F(0) for p in bearing}
    if all(h is not None for h in high.values()) and sum(high.values()) <= amount:
        return {p: high[p] / amount for p in bearing}
    for at in itertools.product("low free high".split(), repeat=len(bearing)):
        stands = dict(zip(bearing, at))
        if any(stands[p] == "high" and high[p] is None for p in bearing):
            continue
        fixed = sum(low[p] if stands[p] == "low" else high[p] for p in bearing if stands[p] != "free")
        weights = sum(bearing[p] for p in bearing if stands[p] == "free")
        if not weights:
            continue
        level = (amount - fixed) / weights
        fits_all = all({"low": level * bearing[p] <= low[p], "high": high[p] is not None and level * bearing[p] >= high[p],
                        "free": level * bearing[p] >= low[p] and (high[p] is None or level * bearing[p] <= high[p])}[stands[p]] for p in bearing)
        if fits_all:
            return {p: {"low": low[p], "free": level * bearing[p], "high": high[p]}[stands[p]] / amount for p in bearing}
    # Nobody is free: all stand at one of their limits, which add to the amount.
    for at in itertools.product(("low", "high"), repeat=len(bearing)):
        sums = {p: low[p] if a == "low" else high[p] for p, a in zip(bearing, at)}
        if None not in sums.values() and sum(sums.values()) == amount:
            return {p: v / amount for p, v in sums.items()}
    raise AssertionError("no level fits")


def floors(bearing, amount, least):
    if sum(least.values()) >= amount:
        return {p: least[p] / sum(least.values()) for p in bearing}
    low = set()
    while True:
        rest, weight_sum = amount - sum(least[p] for p in low), sum(w for p, w in bearing.items() if p not in low)
        result = {p: least[p] if p in low else rest * w / weight_sum for p, w in bearing.items()}
        more = {p for p in bearing if p not in low and result[p] < least[p]}
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


def fees(c, postings):
    """What the host charges: in each period, so that all to date is the fee on all costs to date."""
    if not c.fee:
        return []
    share, of = c.fee
    by_period, charged, out = {}, 0, []
    for account, _, _, amount, period in postings:
        what, _, h = account.partition(":")
        if what == "heading" and h in (of or c.costs):
            by_period[period] = by_period.get(period, 0) + amount
    for period in sorted(by_period):
        due = half_away(share * sum(v for p, v in by_period.items() if p <= period))
        if due != charged:
            out.append(("heading:fee", c.host, None, due - charged, period))
        charged = due
    return out


def judge(c, answer, postings, upto):
    postings = postings + fees(c, postings)
    proved = 0
    seen = set()
    balances = Balances(c, postings)
    column = {f["name"]: f["holder"] for f in c.funds}

    def spend(*pools):
        """Of one pool, or of the costs and the income (with its sign turned) of a rule that is net."""
        paid = {}
        for pool, sign in pools:
            for i, p in enumerate(pool["payers"]):
                paid[p] = paid.get(p, 0) + sign * sum(r[i] for r in pool["rows"].values())
                fence = next((f["fence"] for f in c.funds if p == "fund:" + f["name"]), None)
                expect(sign < 0 or fence is None or all(r[i] == 0 or h in fence for h, r in pool["rows"].items()), "a ring-fence is passed", p)
        for p, pence in paid.items():
            group, name = p.split(":")
            if name in balances.allowance and group in ("member", "direct", "contributor"):
                balances.allowance[name] -= pence
            if group == "reserve":
                balances.reserve[name] -= pence
                expect(pence <= 0 or balances.reserve[name] >= 0, "a reserve is overdrawn", name)
            if group == "fund":
                balances.fund[name] -= pence
                balances.used[name] += pence
                expect(pence <= 0 or balances.fund[name] >= 0, "a fund is overdrawn", name)

    for index, r in enumerate(c.rules):
        if r["net"]:
            proved += judge_net(c, answer, postings, upto, index, r, balances, spend, seen)
            continue
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
                borne = run(c, r["takes"], cells, kind, concerned, lead, balances, upto, covered, f"Rule {index}")
                key = (f"rule{index}", kind, concerned or "-")
                pool, more = judge_pool(c, answer, key, borne, rows)
                proved += more
                seen.add(key)
                if kind == "cost":
                    spend((pool, 1))
    keys = []
    for k in [c.budget_key] + [t["pooled"] for t in c.contributions]:
        if k is not None and k not in keys:
            keys.append(k)
    paid = pay(c, postings)

    def under_rule(x):
        return bears_costs(c, x)

    def pool_key(x, m):
        terms = [t for t in c.contributions if any(a == m for a, _ in agreed_of(c, t, x))]
        if terms:
            return terms[0]["pooled"]
        uses = [t["pooled"] for t in c.contributions if agreed_of(c, t, x)]
        return uses[0] if uses and all(u == uses[0] for u in uses) else None

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
                # Of a rule that is net, a balance's part of income is part of what it gives.
                if group == "reserve":
                    spent[where] -= amount
                if group == "fund":
                    fund_used[name] -= amount
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
    if c.hub:
        # Whoever stands in the hub's place by then is settled through.
        hub = next((new for new, old, day in c.successions if old == c.hub and day <= month_days(c.start, month_of(upto or 12))[1]), c.hub)
        expect(all(hub in (a, b) for a, b, _ in answer["recharges"]), "settled past the hub", answer["recharges"])
        expect(len(answer["recharges"]) == sum(1 for m, v in settling(c, owes, upto).items() if v and m != hub), "other payments through the hub")
    else:
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


def judge_net(c, answer, postings, upto, index, r, balances, spend, seen):
    """Costs less income as one pool, rounded as one table; the answer shows it as two."""
    proved = 0
    for concerned in c.members if r["split"] else [None]:
        cells = {}
        for account, _, who, amount, period in postings:
            what, _, h = account.partition(":")
            month = month_of(period)
            if what == "heading" and rule_of(c, h, month) == index and (not r["split"] or who == concerned):
                cells[(h, month)] = cells.get((h, month), 0) + (amount if h in c.costs else -amount)
        if not cells:
            continue
        lead = c.schemes[0][1] if r["scheme"] else None
        covered = [h for h in c.costs + c.incomes if any(rule_of(c, h, month) == index for month in range(1, 13))]
        borne = run(c, r["takes"], cells, "cost", concerned, lead, balances, upto, covered, f"Rule {index}")
        exact, got, pools = [], [], []
        for kind, names in (("cost", c.costs), ("income", c.incomes)):
            rows = [h for h in names if any(cell[0] == h for cell in cells)]
            key, sign = (f"rule{index}", kind, concerned or "-"), 1 if kind == "cost" else -1
            pool = next((p for p in answer["pools"] if p["key"] == key), None)
            expect((pool is not None) == bool(rows), "a pool is missing or too many:", key)
            if not rows:
                continue
            expect(list(pool["rows"]) == rows, "other rows in", key, pool["rows"], rows)
            bearing = [p for p in order_of(c) if any(borne.get(p, {}).get(cell, 0) for cell in cells if cell[0] in rows)]
            expect(set(pool["payers"]) >= {p for p in bearing if any(sum((v for cell, v in borne[p].items() if cell[0] == h), F(0)) for h in rows)}, "other payers in", key, pool["payers"])
            for h in rows:
                exact.append([sum((v for cell, v in borne.get(p, {}).items() if cell[0] == h), F(0)) for p in order_of(c)])
                got.append([sign * pool["rows"][h][pool["payers"].index(p)] if p in pool["payers"] else 0 for p in order_of(c)])
            seen.add(key)
            pools.append((pool, sign))
        spend(*pools)
        proved += judge_table(exact, got)
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
        if not bears_costs(c, x):
            result.update({(x, m): (came[x, m], [0] * 12) for m in ledgers})
            continue
        sums = agreed(c, x)
        mine = {m: fill(came[x, m], sum(a for to, a in sums if to == m)) for m in ledgers}
        # Where all sums have one use, what came to another member fills what is still open of them.
        uses = [t["pooled"] for t in c.contributions if agreed_of(c, t, x)]
        open_sum = sum(a for _, a in sums) - sum(map(sum, mine.values())) if uses and all(u == uses[0] for u in uses) else 0
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
            unwritten = {w for w in unwritten if not any(l.strip().startswith(w + " ") or (w == "succeeds" and " succeeds " in l) or (w == "at" and " in all" in l) for l in lines)}
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
