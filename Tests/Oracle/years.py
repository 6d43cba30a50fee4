#!/usr/bin/env python3
"""Holds the program to what balances do between 31 March and 1 April: nothing.

A random partnership of two or three years is written as a folder: members with reserves, funds, grants with awards,
lives across years and matches, contributions that stay or are pooled, journals to and from reserves and funds, year-end
entries. What each year carries forward is worked out here, in rationals, from the laws of DESIGN.md, and is written as
the next year's opening. Then by `outturn statement --format json`:

1. in honest books no year has an error or a warning of a balance, and every balance that it prints is this calculator's, to the penny;
2. no award is exceeded, and no reserve or fund of money ends below nil;
3. in half of the partnerships one mismatch is planted: a finding must name each thing that is wrong, none may accuse
   another of having moved, and the statement isn't final;
4. once the opening is corrected as the finding's hint says, nothing of balances is open and the figures are the calculator's.

Of a pool only what each payer pays in all is worked out, since only that moves a balance; sharing.py and agreements.py
prove the cells.

    years.py --program .build/release/outturn --first 0 --count 200 [--state FILE] [--kind KIND] [--cached] [--keep DIR]
"""
import argparse, calendar, collections, copy, csv, functools, hashlib, itertools, json, os, pathlib, random, re, subprocess, sys, tempfile, time
from fractions import Fraction as F
from math import floor


class Disagreement(Exception):
    pass


def expect(held, *what):
    if not held:
        raise Disagreement(" ".join(str(w) for w in what))


def printed(pence):
    return f"{'-' if pence < 0 else ''}{abs(pence) // 100}.{abs(pence) % 100:02}"


def read(amount):
    pounds, pennies = amount.replace(",", "").lstrip("-").split(".")
    return (int(pounds) * 100 + int(pennies)) * (-1 if amount.startswith("-") else 1)


# ---- a partnership, as plain data ----------------------------------------------------------------
#
# Months run through all years: 0 is the first year's April, 12 the second's. Amounts are pence.

class Partnership:
    """The agreement, one for all years."""

    def year_name(self, year):
        return f"{self.start + year}-{(self.start + year + 1) % 100:02}"

    def there(self, year):
        """The members that take part in a year; one may join or leave, at a year's end."""
        return [m for m in self.members if self.tenure is None or m != self.tenure[0] or self.tenure[1] <= year <= self.tenure[2]]

    def things(self):
        """All that has a balance: reserves by their member's name, funds and grants by their own."""
        return self.members + list(self.purses)


class Purse:
    """A fund or a grant. A fund has no award and no life."""

    def __init__(self, name, holder):
        self.name, self.holder = name, holder
        self.award = self.first = self.last = self.fence = self.match = None
        self.conditional, self.unspent, self.key, self.words = False, "carried forward", None, []

    def is_grant(self):
        return self.award is not None

    def is_alive(self, month):
        return self.first is None or self.first <= month <= self.last

    def may_be_used_from(self, year):
        """Whether anything may still be used in this year or later."""
        return self.last is None or self.last >= 12 * year


# A line of a rule takes `ask`: ("rest",), ("part", fraction), ("sum", pence) or ("budget",); from `payer`: ("members", key),
# ("reserves", key), ("member", name), ("directly", name), ("reserve", name), ("purse", name), ("concerned",) or
# ("reserve concerned",); with `limit`: None, pence, or ("above", pence) for a balance above so much.
Line = collections.namedtuple("Line", "ask payer limit")
Rule = collections.namedtuple("Rule", "title headings split lines")
Contribution = collections.namedtuple("Contribution", "payer to amount pooled")
Journal = collections.namedtuple("Journal", "number period ledger origin target amount reason concerning")
Entry = collections.namedtuple("Entry", "kind ledger line amount document reason")
Row = collections.namedtuple("Row", "thing shown forward adjustment reason used")


class Books:
    """One year's documents."""

    def __init__(self):
        self.budget, self.lines, self.journals, self.closing, self.opening = {}, {}, [], [], []


# ---- what a year carries forward -----------------------------------------------------------------

Reserve = collections.namedtuple("Reserve", "forward adjustment appropriations spent from_funds contribution carried")
Fund = collections.namedtuple("Fund", "forward adjustment received used carried used_to_date")


def parts(p, year, books, key):
    """What part each member bears by a key."""
    names = p.there(year)
    sizes = {"equally": lambda m: 1, "contribution": lambda m: books.budget[m], "people": lambda m: p.people[m]}[key]
    whole = sum(sizes(m) for m in names)
    return {m: F(sizes(m), whole) for m in names}


def can_stand(rows, totals):
    """Whether a table of these rows, each cell rounded up or down, has these totals of columns."""
    loose = [[c for c, x in enumerate(row) if x.denominator > 1] for row in rows]
    ups = [int(sum(row)) - sum(map(floor, row)) for row in rows]

    @functools.lru_cache(None)
    def fill(r, needs):
        if r == len(rows):
            return not any(needs)
        chosen = itertools.combinations([c for c in loose[r] if needs[c]], ups[r])
        return any(fill(r + 1, tuple(n - (c in up) for c, n in enumerate(needs))) for up in chosen)

    return fill(0, tuple(int(total) - sum(map(floor, column)) for total, column in zip(totals, zip(*rows))))


def whole_pence(rows, order):
    """What each payer pays of a pool in whole pence, by the law of the one rounding: {payer: pence}, from one {payer:
    exact} for each heading."""
    payers = [x for x in order if any(row.get(x) for row in rows)]
    table = [[F(row.get(x, 0)) for x in payers] for row in rows]
    sign = -1 if sum(map(sum, table)) < 0 else 1
    table = [[sign * cell for cell in row] for row in table]
    exact = [sum(column) for column in zip(*table)]
    low = [floor(x) for x in exact]
    loose = [i for i, x in enumerate(exact) if x != low[i]]
    choices = list(itertools.combinations(loose, int(sum(exact)) - sum(low)))
    choices.sort(key=lambda up: -sum(exact[i] - low[i] for i in up))
    for up in choices:
        totals = [x + (i in up) for i, x in enumerate(low)]
        if can_stand(table, totals):
            return {x: sign * total for x, total in zip(payers, totals)}
    if not payers:
        return {}
    raise AssertionError("no table stands")


class Year:
    """One year worked out: `reserves` and `funds` hold what it carries forward."""

    def __init__(self, p, year, books, last):
        self.p, self.year, self.books = p, year, books
        self.cells, self.came, self.receipts, self.moved = {}, collections.Counter(), collections.Counter(), collections.Counter()
        for j in books.journals:
            self.post(j)
        self.enter(books.closing, 11, 1)
        self.enter(last.closing if last else [], 0, -1)
        first = {}
        for row in books.opening:
            first.setdefault(row.thing, row)
        self.opening = {x: first.get(x) or Row(x, x, 0, 0, "", 0) for x in p.things()}
        held = {x: (o.forward or 0) + (o.adjustment or 0) + self.moved[x] + self.receipts[x] for x, o in self.opening.items()}
        # A fund gives the money that it holds; a grant what is awarded and not yet used.
        self.used = {x: self.opening[x].used or 0 for x in p.purses}
        self.left = {x: max(0, p.purses[x].award - self.used[x] if x in p.purses and p.purses[x].is_grant() else held[x]) for x in p.things()}
        self.paid = {x: 0 for x in p.things()}
        self.net = self.work_out()
        self.close(held)

    def post(self, j):
        p = self.p
        account, sign = (j.target, 1) if j.origin == "cash" else (j.origin, -1)
        if account == "reserve":
            self.moved[j.ledger] += sign * j.amount
        elif account in p.purses:
            self.receipts[account] += sign * j.amount
        elif account in p.contributors:
            self.came[account, j.ledger] -= sign * j.amount
        else:
            self.put(account, min(j.period, 12) - 1, j.concerning, sign * j.amount * (1 if account in p.costs else -1))

    def put(self, heading, month, concerning, amount):
        cell = heading, month, concerning
        self.cells[cell] = self.cells.get(cell, 0) + amount

    def enter(self, entries, month, sign):
        for e in entries:
            self.put(e.line, month, None, sign * e.amount * (1 if e.kind in ("accrual", "debtor") else -1))

    def rule_of(self, heading):
        return next(r for r in self.p.rules if r.headings is None or heading in r.headings)

    def payers(self):
        p = self.p
        return [(group, m) for group in ("member", "directly", "reserve") for m in p.members] + [("purse", x) for x in p.purses]

    def pay(self, shares):
        """Takes out of reserves and purses what a pool's payers pay."""
        for (group, name), amount in shares.items():
            if group in ("reserve", "purse"):
                self.left[name] -= amount
                self.paid[name] += amount
                if group == "purse":
                    self.used[name] += amount

    def work_out(self):
        """Shares every pool, in the agreement's order; what each member's net outturn is."""
        p, books = self.p, self.books
        net = dict(books.budget) if p.budget_pooled is None else {m: 0 for m in p.members}
        for r in p.rules:
            for sort in (p.costs, p.incomes):
                mine = {c: a for c, a in self.cells.items() if c[0] in sort and self.rule_of(c[0]) is r}
                for who in p.members if r.split else [None]:
                    pool = collections.Counter()
                    for (heading, month, concerning), amount in mine.items():
                        if not r.split or concerning == who:
                            pool[heading, month] += amount
                    shares = self.share(pool, r.lines, sort is p.incomes, who, [h for h in sort if self.rule_of(h) is r])
                    self.pay(shares)
                    for (group, name), amount in shares.items():
                        if group == "member":
                            net[name] += amount if sort is p.incomes else -amount
        pools = {}
        if p.budget_pooled is not None:
            pools[p.budget_pooled] = [sum(books.budget.values())]
        for c in p.contributions:
            if c.pooled is None:
                net[c.to] += self.came[c.payer, c.to]
            else:
                pools.setdefault(c.pooled, []).append(self.came[c.payer, c.to])
        for key, amounts in pools.items():
            part = parts(p, self.year, books, key)
            for (_, m), amount in whole_pence([{("member", m): a * part[m] for m in part} for a in amounts], self.payers()).items():
                net[m] += amount
        return self.share_net(net)

    def share(self, pool, lines, is_income, concerned, headings):
        """What each payer pays of a pool, {(heading, month of the year): pence}, in whole pence.

        Of each month the pool keeps what part nobody bears yet: a line takes the same part of all months that it may
        take from, so `bears` of a payer is a part for each month."""
        if not pool:
            return {}
        months = collections.Counter()
        for (_, month), amount in pool.items():
            months[month] += amount
        whole, bears = sum(months.values()), collections.defaultdict(lambda: collections.defaultdict(F))
        is_credit = is_income or whole < 0
        open_part = {month: F(1) for month in months}
        amount_of = lambda part: sum(months[month] * x for month, x in part.items())
        if whole == 0:
            lines = lines[-1:]
        for n, line in enumerate(lines):
            purse = self.p.purses[line.payer[1]] if line.payer[0] == "purse" else None
            is_share = line.ask[0] in ("rest", "part") and line.limit is None and line.payer[0] not in ("purse", "reserve", "reserves", "reserve concerned")
            if is_credit and not is_share:
                continue
            reach = [month for month in months if purse is None or month is None or purse.is_alive(12 * self.year + month)]
            there, rest = amount_of({month: open_part[month] for month in reach}), amount_of(open_part)
            base = sum(months[month] for month in reach)
            ask = {"rest": lambda: there, "part": lambda: line.ask[1] * base, "sum": lambda: F(line.ask[1]),
                   "budget": lambda: F(sum(self.books.lines.get(h, 0) for h in headings))}[line.ask[0]]()
            if is_credit:
                ask = rest if abs(rest) < abs(ask) else ask
            else:
                ask = max(F(0), min([ask, there, rest] + self.bounds(line, purse, bears, amount_of, base, concerned)))
            part = ask / there if there else F(n == len(lines) - 1)
            taken = {month: open_part[month] * part for month in reach}
            for payer, share in self.payers_of(line.payer, concerned).items():
                mine = {month: x * share for month, x in taken.items()}
                if line.payer[0] == "reserves":
                    # Each gives what it has; what it lacks passes to the next line.
                    has, wanted = self.balance(payer[1], line.limit, bears[payer], amount_of), amount_of(mine)
                    mine = {month: x * min(has, wanted) / wanted if wanted else F(0) for month, x in mine.items()}
                for month, x in mine.items():
                    bears[payer][month] += x
                    open_part[month] -= x
        expect(not any(x and months[month] for month, x in open_part.items()), "the calculator leaves a rest")
        rows = collections.defaultdict(collections.Counter)
        for (heading, month), amount in pool.items():
            for payer, part in bears.items():
                rows[heading][payer] += amount * part[month]
        return whole_pence(list(rows.values()), self.payers())

    def balance(self, name, limit, borne, amount_of):
        above = limit[1] if isinstance(limit, tuple) else 0
        return max(F(0), self.left[name] - above - amount_of(borne))

    def bounds(self, line, purse, bears, amount_of, base, concerned):
        """What a line can take at most, besides what is there."""
        out = []
        group = line.payer[0]
        if isinstance(line.limit, int):
            # A grant's cap runs over its life.
            so_far = self.used[purse.name] + amount_of(bears["purse", purse.name]) if purse and purse.is_grant() else 0
            out.append(line.limit - so_far)
        if group in ("purse", "reserve", "reserve concerned"):
            name = concerned if group == "reserve concerned" else line.payer[1]
            out.append(self.balance(name, line.limit, bears["purse" if purse else "reserve", name], amount_of))
        if purse and purse.match:
            out.append((1 - purse.match) * base - amount_of(bears["purse", purse.name]))
        return out

    def payers_of(self, payer, concerned):
        group = payer[0]
        if group in ("members", "reserves"):
            return {(group[:-1], m): part for m, part in parts(self.p, self.year, self.books, payer[1]).items()}
        return {{"concerned": ("member", concerned), "reserve concerned": ("reserve", concerned)}.get(group, payer): F(1)}

    def share_net(self, net):
        """Where the agreement shares the partnership's own surplus or deficit, it does so before any member's."""
        whole = sum(net.values())
        self.put_to = {x: 0 for x in self.p.things()}
        lines = self.p.shared.get("surplus" if whole > 0 else "deficit")
        if not whole or not lines:
            return net
        if whole > 0:
            # What is put to a reserve or a fund has no balance to stop at.
            self.left = {x: 10 ** 15 for x in self.left}
        shares = self.share({("net outturn", None): abs(whole)}, lines, False, None, [])
        sign = 1 if whole > 0 else -1
        for (group, name), amount in shares.items():
            if group != "member":
                self.put_to[name] += sign * amount
        return {m: sign * shares.get(("member", m), 0) for m in net}

    def close(self, held):
        p, self.funds, self.reserves, from_funds = self.p, {}, {}, collections.Counter()
        for name, purse in p.purses.items():
            o = self.opening[name]
            holds = held[name] - self.paid[name] + self.put_to[name]
            ends = holds > 0 and (purse.last is None or purse.last < 12 * (self.year + 1))
            if ends and purse.unspent == "shared":
                part = parts(p, self.year, self.books, purse.key)
                for (_, m), amount in whole_pence([{("member", m): holds * part[m] for m in part}], self.payers()).items():
                    from_funds[m] += amount
            carried = holds if purse.unspent == "carried forward" or not ends else 0
            used = self.paid[name] + max(0, -self.put_to[name])
            self.funds[name] = Fund(o.forward or 0, o.adjustment or 0, self.receipts[name], used, carried, (o.used or 0) + used)
        for m in p.members:
            o, result = self.opening[m], self.net[m]
            spent, left, to = self.paid[m] - self.put_to[m], abs(result), 0
            for target, limit in p.disposal["surplus" if result >= 0 else "deficit"]:
                amount = left
                if isinstance(limit, tuple):
                    amount = min(left, max(0, held[m] - spent - limit[1]))
                elif limit is not None:
                    amount = min(left, limit)
                to += amount if target == "reserve" else 0
                left -= amount
            to = to if result >= 0 else -to
            carried = held[m] - spent + from_funds[m] + to
            self.reserves[m] = Reserve(o.forward or 0, o.adjustment or 0, self.moved[m], spent, from_funds[m], to, carried)

    def carried(self, thing):
        return self.reserves[thing].carried if thing in self.reserves else self.funds[thing].carried

    def used_to_date(self, thing):
        return self.funds[thing].used_to_date if thing in self.funds and self.p.purses[thing].is_grant() else 0

    def next_opening(self, rng):
        """The rows that the next year must begin with."""
        rows = []
        for x in self.p.things():
            forward, used = self.carried(x), self.used_to_date(x)
            if x in self.p.purses and not forward and not used and rng.random() < 0.3:
                continue
            shown = self.p.labels.get(x, x) if rng.random() < 0.3 else x
            adjustment, reason = 0, ""
            if rng.random() < 0.15 and x in self.p.there(self.year + 1) + list(self.p.purses) and (forward > 0 or x in self.p.members):
                adjustment, reason = rng.choice([rng.randint(1, 90_000), -rng.randint(0, max(0, forward) // 3)]), "An invoice of last year was found"
            # A blank cell of a grant says nil.
            row_used = used if x in self.p.purses and self.p.purses[x].is_grant() and (used or rng.random() < 0.7) else None
            rows.append(Row(x, shown, forward, adjustment or None, reason if adjustment else "", row_used))
        rng.shuffle(rows)
        return rows


# ---- making a partnership ------------------------------------------------------------------------

LABELS = {"ash": "Ash Borough", "elm": "Elm Borough", "oak": "County of Oak", "yew": "Yew and Box", "police": "Constabulary", "health": "Health board",
          "pool": "Risk pool", "kitty": "Common purse", "dfe": "Department's grant", "lottery": "Heritage money", "seed": "Start-up money"}


def money(rng, most):
    return rng.choice([rng.randint(0, most), rng.randint(0, most), rng.randint(0, most // 100) * 100, rng.randint(0, 9)])


def make(rng):
    p = Partnership()
    p.start, p.years = rng.randint(2014, 2022), rng.choice([2, 2, 3])
    p.members = ["ash", "elm", "oak", "yew"][:rng.choice([1, 2, 2, 3, 4])]
    p.tenure = None
    if len(p.members) > 1 and rng.random() < 0.2:
        p.tenure = (p.members[-1], 0, rng.randint(0, p.years - 2)) if rng.random() < 0.7 else (p.members[-1], rng.randint(1, p.years - 1), p.years)
    # Who is named in the agreement takes part in all years.
    p.steady = p.members[:-1] if p.tenure else p.members
    p.host = rng.choice(p.steady)
    p.contributors = ["police", "health"][:rng.randint(1, 2)]
    p.costs, p.incomes = ["pay", "training", "reviews", "rent"][:rng.randint(2, 4)], ["fees"][:rng.randint(0, 1)]
    p.labels = {x: label for x, label in LABELS.items() if rng.random() < 0.6}
    p.people = {m: rng.randint(1, 50_000) for m in p.members}
    p.prints_reserves = rng.random() < 0.88
    p.purses = {}
    for name in rng.sample(["pool", "kitty"], rng.choice([0, 1, 1, 2])):
        purse = p.purses[name] = Purse(name, rng.choice(p.steady))
        purse.unspent = rng.choice(["carried forward", "carried forward", "carried forward", "returned", "shared"])
        purse.fence = rng.sample(p.costs, rng.randint(1, len(p.costs))) if rng.random() < 0.3 else None
        purse.words = rng.choice([[], [], ["as receipt in advance"], ["as creditor"], ["owned by " + rng.choice(p.steady)]])
    for name in rng.sample(["dfe", "lottery", "seed"], rng.choice([0, 1, 1, 2, 3])):
        purse = p.purses[name] = Purse(name, rng.choice(p.steady))
        purse.award = rng.choice([rng.randint(1, 9_000_000), rng.randint(1, 90_000) * 100, 100])
        purse.first, purse.last = sorted(rng.sample(range(-12, 12 * p.years + 8), 2))
        if rng.random() < 0.4:
            purse.first, purse.last = purse.first // 12 * 12, purse.last // 12 * 12 + 11
        purse.conditional = rng.random() < 0.6
        purse.unspent = rng.choice(["carried forward", "returned"] + ([] if purse.conditional else ["shared"]))
        purse.match = rng.choice([F(1, 5), F(1, 2), F(1, 3)]) if rng.random() < 0.25 else None
        purse.fence = rng.sample(p.costs, rng.randint(1, len(p.costs))) if rng.random() < 0.4 else None
    for purse in p.purses.values():
        purse.key = rng.choice(KEYS) if purse.unspent == "shared" else None
    p.rules = random_rules(rng, p)
    p.budget_pooled = rng.choice(KEYS) if rng.random() < 0.25 else None
    pooled = lambda: rng.choice(KEYS) if rng.random() < 0.5 else None
    p.contributions = [Contribution(x, rng.choice(p.steady), rng.randint(1, 900_000), pooled()) for x in p.contributors]
    most, above, general = rng.randint(0, 1_500_000), rng.randint(1, 400_000), ("general", None)
    p.disposal = {"surplus": rng.choice([[("reserve", None)]] * 3 + [[("reserve", most), general]] * 2 + [[general]]),
                  "deficit": rng.choice([[("reserve", ("above", 0)), general]] * 3 + [[("reserve", ("above", above)), general], [general]])}
    p.shared = {}
    money_funds = [x for x, purse in p.purses.items() if not purse.is_grant()]
    for word in ("surplus", "deficit"):
        if rng.random() < 0.25:
            fitting = [x for x in money_funds if rng.random() < 0.7 and (word == "surplus" or p.purses[x].fence is None)]
            limit = lambda: rng.randint(0, 900_000) if word == "surplus" or rng.random() < 0.3 else ("above", rng.choice([0, rng.randint(1, 90_000)]))
            lines = [Line(("rest",), ("purse", x), limit()) for x in fitting]
            if rng.random() < 0.2:
                lines.append(Line(("rest",), ("reserve", rng.choice(p.steady)), rng.randint(0, 300_000)))
            p.shared[word] = lines + [Line(("rest",), ("members", rng.choice(KEYS)), None)]
    return p


KEYS = ["equally", "contribution", "people"]


def random_rules(rng, p):
    rules, free = [], p.costs[:]
    rng.shuffle(free)
    while free and rng.random() < 0.75 and len(rules) < 3:
        headings = [free.pop() for _ in range(min(len(free), rng.choice([1, 1, 2])))]
        split = rng.random() < 0.25
        rules.append(Rule("Rule " + "ABC"[len(rules)], headings, split, random_lines(rng, p, headings, split)))
    return rules + [Rule("All else", None, False, random_lines(rng, p, free, False))]


def random_lines(rng, p, headings, split):
    if split:
        reserve = Line(rng.choice([("rest",), ("part", F(1, 3))]), ("reserve concerned",), ("above", rng.choice([0, rng.randint(1, 200_000)])))
        return [reserve] * (rng.random() < 0.8) + [Line(("rest",), rng.choice([("concerned",), ("members", "equally")]), None)]
    lines = []
    if headings:
        for name, purse in p.purses.items():
            if (purse.fence is None or set(headings) <= set(purse.fence)) and rng.random() < 0.6:
                part = rng.choice([F(4, 5), F(1, 3), F(45, 80), F(1, 2)])
                ask = rng.choice([("rest",), ("rest",), ("part", part), ("sum", rng.randint(1, 900_000)), ("budget",)])
                lines.append(Line(ask, ("purse", name), rng.choice([("above", 0), ("above", 0), ("above", rng.randint(1, 90_000)), rng.randint(1, 4_000_000)])))
        if rng.random() < 0.2:
            lines.append(Line(rng.choice([("rest",), ("part", F(1, 4))]), ("reserves", rng.choice(KEYS)), ("above", rng.choice([0, rng.randint(1, 90_000)]))))
        if rng.random() < 0.2:
            lines.append(Line(("sum", rng.randint(1, 400_000)), ("reserve", rng.choice(p.steady)), rng.choice([("above", 0), rng.randint(0, 300_000)])))
        rng.shuffle(lines)
    if rng.random() < 0.2:
        lines.insert(rng.randint(0, len(lines)), Line(("part", F(1, 10)), (rng.choice(["directly", "member"]), rng.choice(p.steady)), None))
    return lines + [Line(("rest",), rng.choice([("members", rng.choice(KEYS)), ("members", rng.choice(KEYS)), ("member", rng.choice(p.steady))]), None)]


def first_opening(rng, p):
    rows = [Row(m, m, money(rng, 3_000_000) if m in p.there(0) else 0, None, "", None) for m in p.members]
    for x, purse in p.purses.items():
        used = None
        forward = money(rng, 1_500_000)
        if purse.is_grant():
            used = rng.randint(0, purse.award) if purse.first < 0 and rng.random() < 0.6 else rng.choice([0, None])
            forward = rng.choice([0, forward, -min(forward, used or 0)])
        rows.append(Row(x, x, forward, None, "", used))
    return rows


def random_books(rng, p, year, opening, last):
    books, number = Books(), itertools.count(1)
    books.opening = opening
    reasons = itertools.count(rng.randint(100, 900))

    def add(period, ledger, origin, target, amount, concerning=None):
        if amount > 0:
            books.journals.append(Journal(f"J{next(number):03}", period, ledger, origin, target, amount, f"Paper {next(reasons)}", concerning))

    there = p.there(year)
    books.budget = {m: rng.randint(1, 2_000_000) if m in there else 0 for m in p.members}
    books.lines = {h: rng.randint(1, 900_000) for h in p.costs}
    for c in p.contributions:
        instalments = rng.choice([1, 1, 2])
        for i in range(instalments):
            add(rng.randint(1, 12), c.to, c.payer, "cash", c.amount // instalments + (c.amount % instalments if i == 0 else 0))
    for _ in range(rng.randint(3, 14)):
        h = rng.choice(p.costs)
        split = next(r for r in p.rules if r.headings is None or h in r.headings).split
        way = ("cash", h) if rng.random() < 0.9 else (h, "cash")
        add(rng.choice(list(range(1, 13)) * 2 + [13, 14]), rng.choice(there), *way, money(rng, 900_000), rng.choice(there) if split else None)
    for h in p.incomes:
        for _ in range(rng.randint(0, 3)):
            add(rng.randint(1, 12), rng.choice(there), h, "cash", money(rng, 90_000))
    if rng.random() < 0.3:
        unsplit = [h for h in p.costs if not next(r for r in p.rules if r.headings is None or h in r.headings).split]
        for h in unsplit[:1] + p.incomes:
            kind = rng.choice(["accrual", "prepayment"] if h in p.costs else ["debtor", "receipt in advance"])
            books.closing.append(Entry(kind, rng.choice(there), h, rng.randint(1, 200_000), f"DOC{next(number)}", f"Paper {next(reasons)}"))
    for e in last.closing if last else []:
        # What was accrued comes in the next year, so that the accrual is used.
        origin, target = ("cash", e.line) if e.line in p.costs else (e.line, "cash")
        add(1, e.ledger if e.ledger in there else p.host, origin, target, e.amount)
    holds = {row.thing: row.forward + (row.adjustment or 0) for row in opening}
    for x in p.things():
        has = holds.get(x, 0)
        account, ledger = ("reserve", x) if x in p.members else (x, rng.choice(there))
        if x in p.members and x not in there:
            # Who has left has its reserve paid out; who is still to come has none.
            add(1, ledger, account, "cash", has)
            continue
        if rng.random() < 0.4:
            amount = money(rng, 900_000)
            add(rng.choice([1, 6, 12, 13]), ledger, "cash", account, amount)
            has += amount
        if rng.random() < 0.25 and has > 0:
            add(rng.randint(7, 14), ledger, account, "cash", rng.randint(0, has))
    rng.shuffle(books.journals)
    return books


def work_out(p, all_books):
    """Every year by itself, each from its own opening."""
    return [Year(p, n, books, all_books[n - 1] if n else None) for n, books in enumerate(all_books)]


def random_years(rng, p):
    """The books of all years, each opened with what this calculator carried forward."""
    all_books, opening = [], first_opening(rng, p)
    for n in range(p.years):
        all_books.append(random_books(rng, p, n, opening, all_books[-1] if all_books else None))
        opening = Year(p, n, all_books[n], all_books[n - 1] if n else None).next_opening(rng)
    return all_books


# ---- writing the folder --------------------------------------------------------------------------

def pounds(amount):
    return "£" + printed(amount)


def day_of(p, month, is_last):
    year, month = p.start + (month + 3) // 12, (month + 3) % 12 + 1
    return f"{year}-{month:02}-{calendar.monthrange(year, month)[1] if is_last else 1:02}"


def key_words(key):
    return "equally" if key == "equally" else "by " + key


def line_words(line):
    ask = {"rest": lambda: "rest", "part": lambda: f"{line.ask[1].numerator}/{line.ask[1].denominator}", "sum": lambda: "up to " + pounds(line.ask[1]),
           "budget": lambda: "up to budget"}[line.ask[0]]()
    return f"take {ask} from {payer_words(line)}"


def payer_words(line):
    group, name = line.payer[0], line.payer[-1]
    payer = {"members": lambda: "members " + key_words(name), "reserves": lambda: "reserves of members " + key_words(name),
             "directly": lambda: name + " directly", "reserve": lambda: "reserve of " + name, "concerned": lambda: "member concerned",
             "reserve concerned": lambda: "reserve of member concerned"}.get(group, lambda: name)()
    if isinstance(line.limit, tuple):
        return payer + ", at most balance" + (f" above {pounds(line.limit[1])}" if line.limit[1] else "")
    return payer + (f", at most {pounds(line.limit)}" if line.limit is not None else "")


def agreement_text(p):
    out = ['partnership "Years"', "members " + " ".join(p.members), "host " + p.host, "books in journals"]
    out += ["contributors " + " ".join(p.contributors)] if p.contributors else []
    if p.tenure:
        member, joins, leaves = p.tenure
        out.append(f"membership {member} " + (f"from {day_of(p, 12 * joins, False)}" if joins else f"to {day_of(p, 12 * leaves + 11, True)}"))
    out += [f'label {x} "{label}"' for x, label in p.labels.items() if x in p.things() + p.contributors]
    out += ["signs funding positive, expenditure positive", "statutory child-death-reviews nil", "statutory case-reviews nil", "statutory training nil"]
    out += ['section "Funding"', '  approved budget "Own"'] + [f'  from {x} "From {x}"' for x in p.contributors]
    out += [f'  income {h} "Income of {h}"' for h in p.incomes]
    out += ['section "Costs"'] + [f'  cost {h} "Cost of {h}"' for h in p.costs]
    out += ['  met from reserves "Met from reserves"', '  met from grants "Met from grants"', '  met from partners "Met from partners"', '  net outturn "Net"',
            '  shared net outturn "Shared net"', '  from general fund "From the general fund"', '  to general fund "To the general fund"']
    if p.prints_reserves:
        out += ['section "Reserves"', '  brought forward "In"', '  adjustment "Adjusted"', '  appropriations "Moved"', '  spent from reserves "Spent"',
                '  shared from funds "From funds"', '  to reserves "To reserves"', '  carried forward "Out"']
    out.append("weights people " + " ".join(f"{m} {n:,}" for m, n in p.people.items()) + f', source "count", at {p.start - 1}-01-01')
    for x, purse in p.purses.items():
        words = [f"grant {x} {pounds(purse.award)}", f"{day_of(p, purse.first, False)} to {day_of(p, purse.last, True)}"] if purse.is_grant() else [f"fund {x}"]
        words += ["for " + " ".join(purse.fence)] if purse.fence else []
        words += [f"held by {purse.holder}"] + purse.words + (["unconditional"] if purse.is_grant() and not purse.conditional else [])
        words += [f"match {purse.match.numerator}/{purse.match.denominator}"] if purse.match else []
        out.append(", ".join(words + ["unspent " + (purse.unspent if purse.key is None else "shared " + key_words(purse.key))]))
    out.append("contribution approved budget of each member, " + ("stays" if p.budget_pooled is None else "pooled " + key_words(p.budget_pooled)))
    for c in p.contributions:
        out.append(f"contribution {pounds(c.amount)} from {c.payer} to {c.to}, " + ("stays" if c.pooled is None else "pooled " + key_words(c.pooled)))
    for r in p.rules:
        out += [f'rule "{r.title}"', "  for " + (" ".join(r.headings) if r.headings else "anything else") + (", split by member concerned" if r.split else "")]
        out += ["  " + line_words(line) for line in r.lines]
    for word, way in (("surplus", "to"), ("deficit", "from")):
        if word in p.shared:
            out.append(f"{word} of the partnership " + "; rest ".join(f"{way} {payer_words(line)}" for line in p.shared[word]))
        steps = []
        for target, limit in p.disposal[word]:
            bound = Line(("rest",), ("member", "its reserve" if target == "reserve" else "its general fund"), limit)
            steps.append(f"{way} {payer_words(bound)}")
        out.append(f"{word} of each member " + "; rest ".join(steps))
    return "\n".join(out) + "\n"


def cell(amount):
    return "" if amount is None else printed(amount)


def write_table(path, rows):
    path.parent.mkdir(exist_ok=True)
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def write_year(folder, p, year, books):
    here = folder / p.year_name(year)
    write_table(here / "opening.csv", [["reserve of", "brought forward", "adjustment", "reason", "used before"]]
                + [[r.shown, cell(r.forward), cell(r.adjustment), r.reason, cell(r.used)] for r in books.opening])
    own = [printed(books.budget[m]) for m in p.members] + [printed(sum(books.budget.values()))]
    write_table(here / "budget.csv", [["line"] + p.members + ["total"], ["approved budget"] + own]
                + [[h] + [""] * len(p.members) + [printed(a)] for h, a in books.lines.items()])
    write_table(here / "journals.csv", [["journal", "period", "ledger of", "from", "to", "amount", "reason", "concerning"]]
                + [[j.number, f"P{j.period}", j.ledger, j.origin, j.target, printed(j.amount), j.reason, j.concerning or ""] for j in books.journals])
    if books.closing:
        write_table(here / "closing.csv", [["kind", "ledger of", "line", "amount", "document", "reason"]]
                    + [[e.kind, e.ledger, e.line, printed(e.amount), e.document, e.reason] for e in books.closing])


def write_folder(folder, p, all_books):
    (folder / "agreement").write_text(agreement_text(p), encoding="utf-8")
    for year, books in enumerate(all_books):
        write_year(folder, p, year, books)


# ---- asking the program --------------------------------------------------------------------------

# The warnings of balances: no opening, a sign that isn't wanted, a floor, a reserve without its member.
BALANCES = {"W0424", "W0429", "W0430", "W0437"}


class Program:
    def __init__(self, path, cached):
        self.path, self.runs, self.cached = path, 0, cached

    def statement(self, folder, p, year):
        self.runs += 1
        answer = subprocess.run([self.path, "statement", str(folder / p.year_name(year)), "--format", "json"], capture_output=True, text=True,
                                env={**os.environ, "OUTTURN_CACHE": str(folder.parent / "cache") if self.cached else "off"})
        try:
            said = json.loads(answer.stdout)
        except json.JSONDecodeError:
            raise Disagreement(f"no statement of {p.year_name(year)}, status {answer.returncode}: {answer.stderr[-1500:]}") from None
        errors = any(f["severity"] == "error" for f in said["findings"])
        expect(answer.returncode == errors == said["draft"], p.year_name(year), "exit status, draft and errors disagree", answer.returncode, said["draft"])
        unanswered = [f for f in said["findings"] if f["severity"] != "note"]
        expect(said["status"].startswith("final") == (not unanswered), p.year_name(year), "says that it is", said["status"], told(unanswered))
        # A warning of another matter, such as an unlikely size, may stand in random books; it says nothing of balances.
        said["open"] = [f for f in unanswered if f["severity"] == "error" or f["code"] in BALANCES]
        said["is final"] = not said["open"]
        return said


def told(findings):
    return "\n  ".join([""] + [f"{f['code']} {f['file']}!{f['cell']} {f['message']} ({f['hint']})" for f in findings])


def compare(p, year, closes, said):
    """The program's balances against this calculator's."""
    name, mine = p.year_name(year), closes[year]
    where = {r["member"]: r for r in said["reserves"]}
    for m, r in mine.reserves.items():
        got = [read(where[m][k]) for k in ("broughtForward", "adjustment", "appropriations", "spent", "fromFunds", "contribution", "carriedForward")]
        expect(got == list(r), name, "reserve of", m, got, r)
    for label, k in (("In", "forward"), ("Out", "carried")) if p.prints_reserves else ():
        rows = [r["amounts"] for section in said["sections"] for r in section["rows"] if r["label"] == label]
        want = {m: getattr(r, k) for m, r in mine.reserves.items()}
        # A row that is nil everywhere isn't printed.
        expect({m: read(rows[0][m]) if rows else 0 for m in p.members} == want, name, "row", label, rows, want)
    for r in next((t["rows"] for t in said["tables"] if t["table"] == "reservesOverYears"), []):
        m = next((m for m in p.members if p.labels.get(m, m) == r["label"]), None)
        for n in range(year + 1) if m else ():
            expect(read(r["figures"][p.year_name(n)]) == closes[n].reserves[m].carried, name, "over the years:", m, r["figures"])
    table = next((t for t in said["tables"] if t["table"] == "funds"), {"rows": []})
    where = {r["label"]: r["figures"] for r in table["rows"]}
    expect(len(where) == len(p.purses), name, "funds printed:", list(where))
    for x, f in mine.funds.items():
        figures = where[p.labels.get(x, x)]
        # What a fund gives to the partnership's deficit, or has of its surplus, may stand by itself.
        got = [read(figures[k]) for k in ("broughtForward", "received", "carriedForward")]
        expect(got == [f.forward, f.received, f.carried], name, x, got, f, figures)
        steps = [read(v) for k, v in figures.items() if k not in ("carriedForward", "awardLeft", "heldAs")]
        expect(sum(steps) == f.carried, name, x, "doesn't roll forward:", figures)
        expect(read(figures.get("adjustment", "0.00")) == f.adjustment, name, x, "adjusted", figures, f)
        purse = p.purses[x]
        if figures["awardLeft"] is not None:
            expect(read(figures["awardLeft"]) == purse.award - f.used_to_date, name, x, "award left", figures["awardLeft"], purse.award - f.used_to_date)
        else:
            expect(not purse.is_grant() or purse.last < 12 * (year + 1), name, x, "has no award left, and its life goes on")
        if not any(mine.put_to.values()):
            expect(read(figures["used"]) == -f.used, name, x, "used", figures["used"], f.used)


def hold_bounds(p, year, said, used):
    """By the program's own figures: what is used of each award, all years together, and what ends below nil."""
    for r in said["reserves"]:
        expect(read(r["carriedForward"]) >= 0, p.year_name(year), "reserve of", r["member"], "ends at", r["carriedForward"])
    for t in said["tables"]:
        for r in t["rows"] if t["table"] == "funds" else []:
            x = next(x for x in p.purses if p.labels.get(x, x) == r["label"])
            if p.purses[x].is_grant():
                used[x] -= read(r["figures"]["used"])
                expect(used[x] <= p.purses[x].award, p.year_name(year), x, "gave more than its award in all years:", used[x])
            else:
                expect(read(r["figures"]["carriedForward"]) >= 0, p.year_name(year), x, "ends at", r["figures"]["carriedForward"])


def row_of(finding, year_name):
    """The row of the year's opening that a finding has as its place."""
    is_there = finding["cell"] and (finding["file"] or "").startswith(year_name + "/opening")
    return int(re.sub(r"\D", "", finding["cell"])) if is_there else None


def name_of(p, finding):
    """The things that a finding names, by label or by name."""
    text = f"{finding['message']} {finding['value']}"
    return {x for x in p.things() if any(re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) for word in {x, p.labels.get(x, x)})}


# ---- planting ------------------------------------------------------------------------------------

class Plant:
    """A mismatch: in which year it is seen, the books with it, the things that a finding must name, and those that
    must be found to have moved against last year; `restore` is what is right where the hint leaves that to a person."""

    def __init__(self, year, all_books, names, moved=(), codes=None, restore=None):
        self.year, self.books, self.names, self.codes, self.restore = year, all_books, set(names), codes, restore
        self.moved = None if moved is None else set(moved)


def change(all_books, year, thing, **what):
    """The books with one row of an opening changed."""
    books = copy.deepcopy(all_books)
    books[year].opening = [r._replace(**what) if r.thing == thing else r for r in books[year].opening]
    return books


def shift(rng, value):
    """Another amount, often a penny away, and not below nil where the first wasn't."""
    by = rng.choice([1, 1, 100, rng.randint(1, 900_000), 9 * 10 ** rng.randint(0, 5)]) * rng.choice([1, -1])
    return value - by if value >= 0 and value + by < 0 else value + by


def later(rng, p):
    return rng.randint(1, p.years - 1)


def pick(rng, rows, held):
    rows = [r for r in rows if held(r)]
    return rng.choice(rows) if rows else None


def plant_moved(of):
    def plant(rng, p, all_books, closes):
        year = later(rng, p)
        row = pick(rng, all_books[year].opening, of(p))
        return row and Plant(year, change(all_books, year, row.thing, forward=shift(rng, row.forward)), [row.thing], [row.thing])
    return plant


def plant_left_out(of):
    def plant(rng, p, all_books, closes):
        year = later(rng, p)
        row = pick(rng, all_books[year].opening, lambda r: of(p)(r) and (r.forward or r.used and p.purses[r.thing].may_be_used_from(year)))
        books = copy.deepcopy(all_books)
        if row:
            books[year].opening.remove(row)
        return row and Plant(year, books, [row.thing], [row.thing])
    return plant


def is_reserve(p):
    return lambda r: r.thing in p.members and p.prints_reserves


def is_fund(p):
    return lambda r: r.thing in p.purses and not p.purses[r.thing].is_grant()


def is_grant(p):
    return lambda r: r.thing in p.purses and p.purses[r.thing].is_grant()


def is_any(p):
    """A reserve that the statement doesn't print is of a kind of its own."""
    return lambda r: r.thing in p.purses or p.prints_reserves


def is_not_printed(p):
    return lambda r: r.thing in p.members and not p.prints_reserves


def plant_swapped(rng, p, all_books, closes):
    year = later(rng, p)
    rows = all_books[year].opening
    pairs = [(a, b) for a, b in itertools.combinations(filter(is_any(p), rows), 2) if a.forward != b.forward]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    books = change(change(all_books, year, a.thing, forward=b.forward), year, b.thing, forward=a.forward)
    return Plant(year, books, [a.thing, b.thing], [a.thing, b.thing])


def plant_no_opening(rng, p, all_books, closes):
    year = later(rng, p)
    rows = [r for r in all_books[year].opening if p.prints_reserves and (r.forward or r.used and p.purses[r.thing].may_be_used_from(year))]
    books = copy.deepcopy(all_books)
    # The rows that the hints say carry no adjustment, and what it was for may need it.
    mended = copy.deepcopy(all_books)
    mended[year].opening = [r._replace(adjustment=0, reason="") for r in rows]
    if not all(is_within(p, work_out(p, mended)[year], x) for x in p.things()):
        return None
    books[year].opening = []
    return rows and Plant(year, books, [r.thing for r in rows], [r.thing for r in rows])


def usable(p, year):
    return lambda r: is_grant(p)(r) and p.purses[r.thing].may_be_used_from(year)


def plant_use_missing(rng, p, all_books, closes):
    year = later(rng, p)
    row = pick(rng, all_books[year].opening, lambda r: usable(p, year)(r) and r.used)
    return row and Plant(year, change(all_books, year, row.thing, used=None), [row.thing], [row.thing])


def plant_use_wrong(rng, p, all_books, closes):
    year = later(rng, p)
    row = pick(rng, all_books[year].opening, usable(p, year))
    return row and Plant(year, change(all_books, year, row.thing, used=shift(rng, row.used or 0)), [row.thing], [row.thing])


def plant_use_above(rng, p, all_books, closes):
    """Above the award, in any year, of a grant that has ended too."""
    year = rng.randint(0, p.years - 1)
    row = pick(rng, all_books[year].opening, is_grant(p))
    if not row:
        return None
    books = change(all_books, year, row.thing, used=p.purses[row.thing].award + rng.choice([1, 100, rng.randint(1, 900_000)]))
    moved = [row.thing] if year and p.purses[row.thing].may_be_used_from(year) else []
    return Plant(year, books, [row.thing], moved, {"E0434"}, all_books)


def plant_use_of(of):
    def plant(rng, p, all_books, closes):
        year = rng.randint(0, p.years - 1)
        row = pick(rng, all_books[year].opening, of(p))
        return row and Plant(year, change(all_books, year, row.thing, used=rng.randint(1, 90_000)), [row.thing], codes={"E0252"})
    return plant


def plant_use_negative(rng, p, all_books, closes):
    year = rng.randint(0, p.years - 1)
    row = pick(rng, all_books[year].opening, usable(p, year))
    if not row:
        return None
    return Plant(year, change(all_books, year, row.thing, used=-(row.used or rng.randint(1, 900))), [row.thing], [row.thing] if year else [], None, all_books)


def plant_negative(rng, p, all_books, closes):
    """A balance with the ledger's sign; in the first year too, of what can't be less than nil."""
    year = rng.randint(0, p.years - 1)
    row = pick(rng, all_books[year].opening, lambda r: r.forward > 0 and is_any(p)(r) and (year or not is_grant(p)(r)))
    if not row:
        return None
    return Plant(year, change(all_books, year, row.thing, forward=-row.forward), [row.thing], [row.thing] if year else [], None, all_books)


def plant_unknown(rng, p, all_books, closes):
    year = rng.randint(0, p.years - 1)
    name = rng.choice(["winter", "pools", "ashes", "police", p.costs[0], "Reserve", "cash"])
    row = Row(name, name, rng.randint(0, 900_000), None, "", rng.choice([None, None, 5]))
    books = copy.deepcopy(all_books)
    books[year].opening.insert(rng.randint(0, len(books[year].opening)), row)
    return Plant(year, books, [name])


def plant_no_reason(rng, p, all_books, closes):
    year = rng.randint(0, p.years - 1)
    # An adjustment of a member that has left would stay in its reserve.
    row = rng.choice([r for r in all_books[year].opening if r.thing in p.there(year) + list(p.purses)])
    return Plant(year, change(all_books, year, row.thing, adjustment=rng.choice([1, rng.randint(1, 90_000)]), reason=""), [row.thing], codes={"E0245"})


def plant_twice(rng, p, all_books, closes):
    """A second row of one thing, under its name or its label."""
    year = rng.randint(0, p.years - 1)
    row = rng.choice(all_books[year].opening)
    again = row._replace(shown=rng.choice([row.thing, p.labels.get(row.thing, row.thing)]), forward=rng.choice([row.forward, 0, rng.randint(0, 900_000)]))
    books = copy.deepcopy(all_books)
    books[year].opening.insert(rng.randint(books[year].opening.index(row) + 1, len(books[year].opening)), again)
    # Which of the two is read, and so whether it has moved as well, is unsaid.
    return Plant(year, books, [row.thing], None, codes={"E0246"})


def plant_blank(of):
    def plant(rng, p, all_books, closes):
        year = rng.randint(0, p.years - 1)
        row = pick(rng, all_books[year].opening, of(p))
        # A blank is nil to last year's books.
        moved = [row.thing] if row and year and row.forward else []
        return row and Plant(year, change(all_books, year, row.thing, forward=None), [row.thing], moved, None if moved else {"E0241"}, all_books)
    return plant


def plant_overdrawn(of):
    """A journal takes more out than there is; of a grant, more than came and than it gave."""
    def plant(rng, p, all_books, closes):
        year = rng.randint(0, p.years - 1)
        row = pick(rng, all_books[year].opening, of(p))
        if not row:
            return None
        account, ledger = ("reserve", row.thing) if row.thing in p.members else (row.thing, p.host)
        for amount in (max(closes[year].carried(row.thing), 0) + rng.choice([1, rng.randint(1, 900_000)]), 10 ** 8):
            books = copy.deepcopy(all_books)
            books[year].journals.append(Journal("J900", 12, ledger, account, "cash", amount, "Paper of the overdraft", None))
            close = work_out(p, books)[year]
            if close.carried(row.thing) + close.used_to_date(row.thing) < 0:
                return Plant(year, books, [row.thing], restore=all_books)
        return None
    return plant


def is_within(p, close, thing):
    """Whether a balance ends where it may: not below nil, and with nothing where the member has left."""
    if thing in p.purses:
        fund = close.funds[thing]
        if p.purses[thing].is_grant():
            # It may be owed what was used of it, and nothing is taken out of what it doesn't hold.
            before = fund.forward + fund.adjustment
            return fund.carried + fund.used_to_date >= 0 and (before < 0 or before + fund.received >= 0)
        return fund.carried >= 0
    return close.carried(thing) >= 0 and (close.carried(thing) == 0 or thing in p.there(close.year))


def plant_altered(rng, p, all_books, closes):
    """A journal, or a year-end entry, of last year is altered once this year was opened."""
    year = later(rng, p)
    for _ in range(6 if p.prints_reserves else 0):
        books = copy.deepcopy(all_books)
        last = books[year - 1]
        spots = [j for j in last.journals if j.target in p.costs + ["reserve"] + list(p.purses)]
        if last.closing and rng.random() < 0.3:
            n = rng.randrange(len(last.closing))
            last.closing[n] = last.closing[n]._replace(amount=last.closing[n].amount + rng.choice([1, 200_000]))
        elif spots:
            n = last.journals.index(rng.choice(spots))
            last.journals[n] = last.journals[n]._replace(amount=last.journals[n].amount + rng.choice([1, 2, 100, rng.randint(1, 500_000)]))
        before, after = closes[year - 1], work_out(p, books)[year - 1]
        moved = [x for x in p.things() if before.carried(x) != after.carried(x)
                 or before.used_to_date(x) != after.used_to_date(x) and p.purses[x].may_be_used_from(year)]
        # Both years keep their bounds, once this one is opened right, else there are other findings.
        mended = books
        for x in moved:
            mended = change(mended, year, x, forward=after.carried(x))
        if moved and all(is_within(p, close, x) for close in work_out(p, mended)[year - 1:year + 1] for x in p.things()):
            return Plant(year, books, moved, moved)
    return None


def plant_broken_chain(rng, p, all_books, closes):
    """The year before was opened wrong, and this year's opening follows it."""
    if p.years < 3 or not p.prints_reserves:
        return None
    row = rng.choice(all_books[1].opening)
    books = change(all_books, 1, row.thing, forward=row.forward + rng.randint(1, 90_000))
    close = work_out(p, books)[1]
    books[2].opening = close.next_opening(rng)
    if not all(is_within(p, work_out(p, books)[2], x) for x in p.things()):
        return None
    return Plant(2, books, [row.thing], None, restore=all_books)


KINDS = {
    "reserve moved": plant_moved(is_reserve), "fund moved": plant_moved(is_fund), "grant moved": plant_moved(is_grant),
    "reserve left out": plant_left_out(is_reserve), "fund left out": plant_left_out(is_fund), "grant left out": plant_left_out(is_grant),
    "two swapped": plant_swapped, "no opening at all": plant_no_opening,
    "used before missing": plant_use_missing, "used before wrong": plant_use_wrong, "used before above the award": plant_use_above,
    "used before negative": plant_use_negative, "used before of a reserve": plant_use_of(is_reserve), "used before of a fund": plant_use_of(is_fund),
    "negative": plant_negative, "unknown name": plant_unknown, "adjusted without a reason": plant_no_reason, "said twice": plant_twice,
    "reserve blank": plant_blank(is_reserve), "fund blank": plant_blank(is_fund), "reserve overdrawn": plant_overdrawn(is_reserve),
    "fund overdrawn": plant_overdrawn(is_fund), "grant overdrawn": plant_overdrawn(is_grant), "last year altered": plant_altered,
    "chain broken before": plant_broken_chain,
    "unprinted reserve moved": plant_moved(is_not_printed),
}


# ---- correcting as the hints say -----------------------------------------------------------------

def correct(p, plant, findings):
    """The books with the opening corrected as the hints say, from the findings' words and places alone."""
    if plant.restore:
        # The hint leaves to a person what is right: an amount at its source.
        return plant.restore
    books = copy.deepcopy(plant.books)
    year = books[plant.year]
    by_row, fresh, gone = dict(enumerate(year.opening, 2)), [], set()

    for finding in findings:
        hint, n = finding["hint"], row_of(finding, p.year_name(plant.year))
        whole = re.match(r"add to the year's `opening` table: (\S+?),(-?[\d.]+)$", hint)
        named = re.match(r"add to the year's `opening` table a row for (\S+): brought forward: (-?[\d.]+)(?:; used before: (-?[\d.]+))?(?: \(|$)", hint)
        if whole:
            fresh.append(Row(whole[1], whole[1], read(whole[2]), None, "", None))
        elif named:
            fresh.append(Row(named[1], named[1], read(named[2]), None, "", read(named[3]) if named[3] else None))
        elif hint.startswith("add a row"):
            fresh += [Row(x, x, 0, None, "", None) for x in name_of(p, finding)]
        elif hint.startswith("bring forward what was carried forward"):
            by_row[n] = by_row[n]._replace(forward=read(re.search(r"carried forward (-?[\d,.]+\d)", finding["message"])[1]))
        elif hint.startswith("write under"):
            by_row[n] = by_row[n]._replace(used=read(re.search(r": (-?[\d,.]+)$", hint)[1]))
        elif hint.startswith("say in the column"):
            by_row[n] = by_row[n]._replace(reason="The auditor's correction")
        elif hint.startswith("leave the cell blank") or hint.startswith("leave the column \"used before\" blank"):
            by_row[n] = by_row[n]._replace(used=None)
        elif hint.startswith("there are:") or hint.startswith("remove one of the two") or finding["code"] == "E0238":
            gone.add(n)
        elif "without a minus" not in hint and finding["code"] not in ("E0404", "E0434", "W0430"):
            # That a reserve ends below nil or without its member, or an award is exceeded, follows from what moved.
            raise Disagreement("a hint that this calculator can't follow: " + told([finding]))
    year.opening = [r for n, r in by_row.items() if n not in gone] + fresh
    return books


# ---- judging -------------------------------------------------------------------------------------

MOVED = "E0406"


def judge_plant(program, folder, p, plant, kind):
    name = p.year_name(plant.year)
    write_folder(folder, p, plant.books)
    said = program.statement(folder, p, plant.year)
    expect(not said["is final"], kind, name, "is final all the same; planted:", sorted(plant.names), told(said["open"]))
    rows = dict(enumerate(plant.books[plant.year].opening, 2))
    named = set()
    for f in said["open"]:
        # A finding names a thing by its words, or by the place of its row.
        n = row_of(f, name)
        named |= name_of(p, f) | ({rows[n].thing} if n else set())
        expect(n is None or rows[n].thing in plant.names, kind, name, "a place in another's row:", told([f]))
    expect(plant.names <= named, kind, name, "nothing names", sorted(plant.names - named), told(said["open"]))
    accused = set().union(*[name_of(p, f) for f in said["open"] if f["code"] == MOVED])
    expect(accused <= plant.names if plant.moved is None else accused == plant.moved, kind, name, "found to have moved:", sorted(accused),
           "but it was", sorted(plant.moved or []), told(said["open"]))
    if plant.codes:
        expect(plant.codes & {f["code"] for f in said["open"]}, kind, name, "no", plant.codes, told(said["open"]))
    books = correct(p, plant, said["open"])
    for year in range(p.years):
        write_year(folder, p, year, books[year])
    after = program.statement(folder, p, plant.year)
    expect(after["is final"], kind, name, "isn't final once corrected as the hints say:", told(said["open"]), "\nafter:", told(after["open"]))
    compare(p, plant.year, work_out(p, books), after)


def draw(seed):
    """The seed's partnership, its books, what this calculator makes of them, and what is planted."""
    rng = random.Random(f"years {seed}")
    p = make(rng)
    all_books = random_years(rng, p)
    return rng, p, all_books, work_out(p, all_books)


def case(program, seed, counts, kinds, keep):
    rng, p, all_books, closes = draw(seed)
    kind = None
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(keep or folder) / f"seed-{seed}"
        folder.mkdir(parents=True, exist_ok=True)
        write_folder(folder, p, all_books)
        # What was used of each award before the first year is part of what it gave in all years.
        used = {row.thing: row.used or 0 for row in all_books[0].opening}
        for year in range(p.years):
            said = program.statement(folder, p, year)
            expect(said["is final"], p.year_name(year), "of honest books isn't final:", told(said["open"]))
            compare(p, year, closes, said)
            hold_bounds(p, year, said, used)
            counts["years"] += 1
        if seed % 2 == 0:
            # The kinds take turns by the seed; where one can't be planted in these books, the next is.
            turn = seed // 2 % len(kinds)
            for kind in kinds[turn:] + kinds[:turn]:
                plant = KINDS[kind](rng, p, all_books, closes)
                if plant:
                    counts["planted", kind] += 1
                    judge_plant(program, folder, p, plant, kind)
                    counts["found", kind] += 1
                    break


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    arguments.add_argument("--first", type=int, default=0)
    arguments.add_argument("--count", type=int, default=200)
    arguments.add_argument("--state")
    arguments.add_argument("--kind", action="append", choices=list(KINDS), help="plant this kind alone; may be given several times")
    arguments.add_argument("--cached", action="store_true", help="let the program keep what earlier years left, and see that it notices when they change")
    arguments.add_argument("--keep", help="leave the folders of cases that disagree here")
    options = arguments.parse_args()
    program, kinds = Program(options.program, options.cached), options.kind or list(KINDS)
    judged = hashlib.sha256(pathlib.Path(options.program).read_bytes() + pathlib.Path(__file__).read_bytes()).hexdigest()
    first, counts, failed, begun = options.first, collections.Counter(), 0, time.time()
    if options.state and os.path.exists(options.state):
        state = json.loads(pathlib.Path(options.state).read_text())
        if state.get("judged") == judged:
            first = max(first, state["next"])
    for seed in range(first, options.first + options.count):
        try:
            case(program, seed, counts, kinds, options.keep)
        except Disagreement as disagreement:
            print(f"seed {seed}: {disagreement}")
            failed += 1
        if options.state and not failed and seed % 100 == 99:
            pathlib.Path(options.state).write_text(json.dumps({"next": seed + 1, "judged": judged}))
    if first > options.first:
        print(f"the first {first - options.first} were judged by earlier runs of the same program")
    print(f"{'planted':28} {'times':>6} {'found':>6}")
    for kind in kinds:
        print(f"{kind:28} {counts['planted', kind]:6} {counts['found', kind]:6}")
    cases = options.first + options.count - first
    print(f"years: {options.count} partnerships from seed {options.first}; {counts['years']} honest years, {program.runs} statements,"
          f" {100 * (time.time() - begun) / max(1, cases):.0f} s a hundred partnerships")
    print(f"{options.count - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
