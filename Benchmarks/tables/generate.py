"""Published tables by chance: layouts, units, signs, nesting, notes and files as people make them, half of
them with one planted slip. Every figure is reckoned exactly in pence and rounded once, when printed, as
published tables are; then the slip is planted in what is printed.

The generator shares nothing with the program but the shapes of tables that both know from print.
"""
import csv
import html
import io

KINDS = ["digits swapped", "digit lost", "digit doubled", "digit wrong", "sign turned", "line counted twice",
         "line left out", "total of another section", "percentage cut, not rounded", "brought forward moved"]

BODIES = ["Northshire", "Southshire", "Eastham", "Westbury", "Middleton", "Riverside", "Hillcrest", "Ashford Vale", "Castlegate", "Marsh End", "Oakfield", "Stonebridge"]
PARTNERS = ["Police", "Probation", "Integrated Care Board", "Fire and Rescue", "Cafcass", "Youth Justice", "Schools Forum", "Housing Association", "Voluntary Sector", "Ambulance Trust", "Hospital Trust", "College"]
COSTS = ["Salaries", "Independent chair", "Training", "Premises", "Supplies and services", "Case reviews", "Publicity", "Audit", "Legal advice", "Travel", "IT systems", "Insurance", "Recruitment", "Printing", "Consultancy",
         "Conference", "Equipment", "Telephones", "Contract staff", "Subscriptions"]
SERVICES = ["Adult care", "Children's services", "Highways", "Waste", "Planning", "Libraries", "Leisure", "Parking", "Housing", "Public health", "Economic growth", "Community safety", "Democratic services", "Finance", "Regulatory services"]
RESERVES = ["General reserve", "Case review reserve", "Training reserve", "Transformation fund", "Insurance fund", "Capital reserve", "Grants reserve", "Pensions reserve", "Elections fund", "IT renewal fund"]


class Unit:
    """How amounts in pence are printed."""
    def __init__(self, pence, decimals, caption):
        self.pence, self.decimals, self.caption = pence, decimals, caption   # of one printed unit; decimals printed

    def units(self, amount):
        step = self.pence
        return (abs(amount) * 2 + step) // (2 * step) * (1 if amount >= 0 else -1)


UNITS = [Unit(100, 0, "£"), Unit(100, 0, "£"), Unit(100_000, 0, "£000"), Unit(10_000, 1, "£000"), Unit(1, 2, "£"), Unit(100_000, 3, "£m"), Unit(10_000_000, 1, "£m")]


class Table:
    def __init__(self, random, unit):
        self.random, self.unit = random, unit
        self.header, self.rows = [], []
        self.relations = []      # (target, [(cell, sign)], kind): cells are (row, column) of figures
        self.figures = {}        # (row, column) -> printed units, or None
        self.percent = {}        # (row, column) -> (printed in its last place, decimals, exact numerator, denominator)
        self.text = {}           # (row, column) -> words
        self.width = 0
        self.totals = []         # total cells with their section, for slips between sections
        self.signs = random.choice(["minus", "minus", "brackets", "unicode"])
        self.commas = random.random() < 0.8
        self.pound = random.random() < 0.15
        self.nil = random.choice(["0", "-", "\u2013", "0"])

    def put(self, row, column, amount):
        self.figures[row, column] = self.unit.units(amount)

    def printed(self, value):
        digits = str(abs(value)).rjust(self.unit.decimals + 1, "0")
        whole, rest = (digits[:-self.unit.decimals], digits[-self.unit.decimals:]) if self.unit.decimals else (digits, "")
        if self.commas:
            whole = f"{int(whole):,}"
        text = whole + ("." + rest if rest else "")
        if value == 0 and not self.unit.decimals:
            return self.nil
        if self.pound:
            text = "£" + text
        if value < 0:
            return {"minus": "-" + text, "brackets": "(" + text + ")", "unicode": "\u2212" + text}[self.signs]
        return text

    def grid(self):
        height = 1 + max([r for r, _ in self.figures] + [r for r, _ in self.text] + [0])
        width = self.width
        grid = [["" for _ in range(width)] for _ in range(height)]
        for (r, c), value in self.figures.items():
            grid[r][c] = self.printed(value) if value is not None else self.random.choice(["N/A", ""])
        for (r, c), (value, decimals, _, _) in self.percent.items():
            digits = str(abs(value)).rjust(decimals + 1, "0")
            grid[r][c] = ("-" if value < 0 else "") + (digits[:-decimals] + "." + digits[-decimals:] if decimals else digits) + "%"
        for (r, c), words in self.text.items():
            grid[r][c] = words
        return self.header + grid


def amount(random, unit):
    scale = random.choice([3, 4, 4, 5])
    base = unit.pence if unit.decimals == 0 else unit.pence * (10 if unit.decimals == 1 else 100)
    exact = random.randrange(10 ** (scale - 1), 10 ** scale) * base
    # Below the printed unit there is something too, except where pence are printed.
    return exact + (random.randrange(base) if unit.pence > 1 and random.random() < 0.8 else 0)


def names(random, pool, count):
    pool = list(pool)
    random.shuffle(pool)
    return [pool[i % len(pool)] + (f" {i // len(pool) + 1}" if i >= len(pool) else "") for i in range(count)]


def start(random, titles, unit, label=None):
    table = Table(random, unit)
    head = [label if label is not None else random.choice(["", "Service", "Organisation", "Line", "Description"])]
    titles = [t + (f" {unit.caption}" if random.random() < 0.5 or len(titles) == 1 else "") for t in titles]
    if random.random() < 0.3:
        table.header.append([random.choice(["Financial statement for the year", "Table 3: budget monitoring", "Annex B"])])
    if random.random() < 0.15:
        table.header.append([])
    table.header.append(head + titles)
    if random.random() < 0.15:
        table.header.append([""] + [unit.caption] * len(titles))
    table.width = 1 + len(titles)
    return table


def total_name(random, section=None):
    if section:
        return random.choice([f"Total {section.lower()}", f"Total {section}", "Sub-total", "Subtotal", f"{section} total"])
    return random.choice(["Total", "TOTAL", "Total:", "Grand total", "Overall total"])


def sections(random, table, columns, pools, exact, nested):
    """Lines by section with sub-totals and a total; fills `exact[row][column]` and the vertical relations."""
    row, subs = 0, []
    for title, pool in pools:
        lines = names(random, pool, random.randint(2, 7))
        if nested:
            if random.random() < 0.85:
                table.text[row, 0] = title
                row += 1
        first = row
        for line in lines:
            table.text[row, 0] = line
            exact[row] = [amount(random, table.unit) if random.random() > 0.06 else 0 for _ in range(columns)]
            row += 1
        own = list(range(first, row))
        if random.random() < 0.1:
            # A line that is part of the one above it and enters no sum.
            table.text[row, 0] = random.choice(["of which grants", "Of which: one-off", "including seconded staff"])
            exact[row] = [v // 3 for v in exact[row - 1]]
            row += 1
        if nested:
            table.text[row, 0] = total_name(random, title)
            exact[row] = [sum(exact[r][c] for r in own) for c in range(columns)]
            table.relations += [((row, c), [((r, c), 1) for r in own], "total") for c in range(columns)]
            table.totals.append((row, title))
            subs.append(row)
            row += 1
        else:
            subs += own
    if not nested or len(pools) > 1:
        table.text[row, 0] = total_name(random)
        exact[row] = [sum(exact[r][c] for r in subs) for c in range(columns)]
        table.relations += [((row, c), [((r, c), 1) for r in subs], "total") for c in range(columns)]
        table.totals.append((row, None))
        row += 1
    return row


def finish(table, exact, column=1):
    for row, values in exact.items():
        for c, value in enumerate(values):
            if value is not None:
                table.put(row, column + c, value)
    table.relations = [((r, c + column), [((tr, tc + column), s) for (tr, tc), s in terms], kind) for (r, c), terms, kind in table.relations]
    return table


def members(random, unit):
    count = random.randint(2, 6)
    cols = names(random, BODIES, count)
    last = random.choice(["Total", "TOTAL", "All members", "Total"])
    table = start(random, cols + [last], unit)
    exact, nested = {}, random.random() < 0.7
    pools = [("Contributions", PARTNERS), ("Expenditure", COSTS)][:2 if nested and random.random() < 0.5 else 1]
    if random.random() < 0.4:
        pools = [("Staffing", COSTS[:8]), ("Activities", COSTS[8:])]
        nested = True
    end = sections(random, table, count, pools, exact, nested)
    for row in exact:
        exact[row].append(sum(exact[row][:count]))
    table.relations += [((row, count), [((row, c), 1) for c in range(count)], "cross") for row in exact]
    table.relations += [((r, count), [((tr, count), s) for (tr, _), s in terms], kind) for (r, c), terms, kind in list(table.relations) if c == 0 and kind == "total"]
    return finish(table, exact)


def years(random, unit):
    count = random.randint(2, 5)
    first = random.randint(2010, 2022)
    titles = [f"{y}/{(y + 1) % 100:02d}" for y in range(first, first + count)]
    if random.random() < 0.3:
        titles = [str(y) for y in range(first, first + count)]
    if random.random() < 0.2:
        titles.reverse()
    table = start(random, titles, unit)
    if all(t.isdigit() for t in titles):
        table.header[-1] = table.header[-1]
    exact = {}
    nested = random.random() < 0.5
    sections(random, table, count, [("Income", PARTNERS), ("Spending", COSTS)][:2 if nested else 1], exact, nested)
    finish(table, exact)
    for cell in list(table.figures):
        involved = [t for t, terms, _ in table.relations if t == cell]
        if not involved and random.random() < 0.03:
            # Not available, and in no sum.
            for target, terms, _ in table.relations:
                if any(c == cell for c, _ in terms):
                    break
            else:
                continue
            if table.figures[cell] == 0:
                table.figures[cell] = None
    return table


def monitor(random, unit):
    """Budget, actual, variance in either direction, perhaps percentages, words and notes."""
    way = random.choice([1, -1])        # variance = way * (actual - budget)
    order = random.choice([["Budget", "Actual"], ["Actual", "Budget"], ["Full-year budget", "Forecast outturn"], ["Approved budget", "Outturn"]])
    titles = order + [random.choice(["Variance", "Variance", "Over/(under) spend", "Difference"])]
    has_percent = random.random() < 0.5
    percent_of = random.choice(["spent", "variance"])
    if has_percent:
        titles.append({"spent": random.choice(["% spent", "% of budget"]), "variance": "Variance %"}[percent_of])
    table = start(random, titles, unit)
    budget = 0 if "udget" in order[0] else 1
    exact = {}
    nested = random.random() < 0.5
    sections(random, table, 2, [("Adults", SERVICES[:8]), ("Places", SERVICES[8:])][:2 if nested else 1], exact, nested)
    # An actual near its budget, as they are.
    lines = [r for r in exact if not any(t == (r, 0) for t, _, _ in table.relations)]
    for r in lines:
        exact[r][1 - budget] = exact[r][budget] * random.randint(82, 118) // 100
    for target, terms, _ in table.relations:
        exact[target[0]][target[1]] = sum(exact[r][c] for (r, c), _ in terms)
    for r, values in exact.items():
        values.append(way * (values[1 - budget] - values[budget]))
    table.relations += [((r, 2), [((r, 1 - budget), way), ((r, budget), -way)], "difference") for r in exact]
    table.relations += [((t[0], 2), [((r, 2), s) for (r, _), s in terms], "total") for t, terms, k in list(table.relations) if t[1] == 0 and k == "total"]
    finish(table, exact)
    if has_percent:
        decimals = random.choice([0, 1, 1, 2])
        for r, values in exact.items():
            part = values[1 - budget] if percent_of == "spent" else values[2]
            b = values[budget]
            if b == 0:
                table.text[r, 4] = "N/A"
                continue
            scale = 100 * 10 ** decimals
            value = (2 * abs(part) * scale + b) // (2 * b) * (1 if part >= 0 else -1)
            table.percent[r, 4] = (value, decimals, abs(part) * scale, b)
    if random.random() < 0.4:
        column = table.width
        table.width += 1
        table.header[-1 if len(table.header[-1]) == column else -1] += [random.choice(["ADV/FAV", "Adverse/favourable"])] if len(table.header[-1]) == column else []
        for r, values in exact.items():
            over = values[1 - budget] - values[budget]
            if table.figures[r, 3]:
                table.text[r, column] = ("ADV", "FAV")[over < 0] if random.random() < 2 else ""
    if random.random() < 0.4:
        column = table.width
        table.width += 1
        table.header[-1] += [random.choice(["Note", "Comments"])]
        for i, r in enumerate(exact):
            if random.random() < 0.5:
                table.text[r, column] = str(i + 1) if table.header[-1][-1] == "Note" else random.choice(["On target.", "Vacant posts in 2 teams.", "See note 4", "Grant received late"])
    return table


def gross(random, unit):
    """Net = gross + income, or gross - income, in any convention of signs."""
    negative = random.random() < 0.6
    titles = [random.choice(["Gross expenditure", "Expenditure", "Spend"]), random.choice(["Income", "Gross income", "Fees and grants"]), random.choice(["Net", "Net expenditure", "Net cost"])]
    table = start(random, titles, unit)
    exact = {}
    nested = random.random() < 0.4
    sections(random, table, 2, [("Care", SERVICES[:7]), ("Environment", SERVICES[7:])][:2 if nested else 1], exact, nested)
    sign = -1 if negative else 1
    for r in exact:
        exact[r][1] *= sign
        exact[r].append(exact[r][0] + sign * -1 * exact[r][1] if not negative else exact[r][0] + exact[r][1])
    table.relations += [((r, 2), [((r, 0), 1), ((r, 1), 1 if negative else -1)], "difference") for r in exact]
    table.relations += [((t[0], 2), [((r, 2), s) for (r, _), s in terms], "total") for t, terms, k in list(table.relations) if t[1] == 0 and k == "total"]
    return finish(table, exact)


def reserves(random, unit):
    """Opening, in, out, closing by reserve, for one year or for two."""
    out_negative = random.random() < 0.6
    first = random.randint(2012, 2022)
    two = random.random() < 0.5
    if two:
        titles = [f"Balance at 1 April {first}", f"Transfers in {first}/{first % 100 + 1}", f"Transfers out {first}/{first % 100 + 1}", f"Balance at 31 March {first + 1}",
                  f"Transfers in {first + 1}/{first % 100 + 2}", f"Transfers out {first + 1}/{first % 100 + 2}", f"Balance at 31 March {first + 2}"]
    else:
        titles = [random.choice(["Opening balance", "Balance brought forward", f"Balance at 1 April {first}"]), random.choice(["Contributions in", "Transfers in", "Additions"]),
                  random.choice(["Use of reserves", "Transfers out", "Drawdown"]), random.choice(["Closing balance", "Balance carried forward", f"Balance at 31 March {first + 1}"])]
    table = start(random, titles, unit, label="Reserve")
    lines = names(random, RESERVES, random.randint(3, 8))
    exact = {}
    out = -1 if out_negative else 1
    for r, line in enumerate(lines):
        table.text[r, 0] = line
        a = amount(random, unit) + amount(random, unit)
        values = [a]
        for _ in range(2 if two else 1):
            i = amount(random, unit) if random.random() < 0.7 else 0
            o = min(values[-1] // 2, amount(random, unit)) if random.random() < 0.8 else 0
            values += [i, out * o, values[-1] + i - o]
        exact[r] = values
    r = len(lines)
    table.text[r, 0] = total_name(random)
    exact[r] = [sum(exact[l][c] for l in range(r)) for c in range(len(titles))]
    table.relations += [((r, c), [((l, c), 1) for l in range(r)], "total") for c in range(len(titles))]
    for row in exact:
        for block in range(2 if two else 1):
            c = 3 * block
            table.relations.append(((row, c + 3), [((row, c), 1), ((row, c + 1), 1), ((row, c + 2), 1 if out_negative else -1)], "roll"))
    table.totals.append((r, None))
    return finish(table, exact)


def balances(random, unit):
    """A balance a year and the year's use of it."""
    count = random.randint(4, 7)
    first = random.randint(2010, 2020)
    table = start(random, [f"{y}-{(y + 1) % 100:02d}" for y in range(first, first + count)], unit, label="")
    value = amount(random, unit) * 12
    use, other = [], amount(random, unit) * 3
    balance = []
    for _ in range(count):
        step = -(amount(random, unit) if value > 5 * amount(random, unit) else value // 9)
        value += step
        balance.append(value)
        use.append(step)
    positive = random.random() < 0.4
    rows = [("General balances", [other + random.randrange(max(1, other // 10)) for _ in range(count)]), ("Earmarked reserves balance at year end", balance),
            (random.choice(["Use of earmarked reserves", "Movement in year", "Drawdown in year"]), [-u for u in use] if positive else use)]
    exact = {}
    for r, (label, values) in enumerate(rows):
        table.text[r, 0] = label
        exact[r] = values
    table.relations += [((1, c), [((1, c - 1), 1), ((2, c), -1 if positive else 1)], "roll") for c in range(1, count)]
    return finish(table, exact)


def accounts(random, unit):
    """Brought forward, income, expenditure, carried forward, over years side by side."""
    count = random.randint(3, 5)
    first = random.randint(2012, 2020)
    order = list(range(first, first + count))
    newest_first = random.random() < 0.25
    table = start(random, [f"{y}/{(y + 1) % 100:02d}" for y in (reversed(order) if newest_first else order)], unit, label="")
    incomes, costs = names(random, PARTNERS, random.randint(2, 5)), names(random, COSTS, random.randint(2, 6))
    table.text[0, 0] = random.choice(["Balance brought forward", "Opening balance", "Reserves brought forward"])
    r = 1
    income_rows = list(range(r, r + len(incomes)))
    for line in incomes:
        table.text[r, 0] = line
        r += 1
    income_total = r
    table.text[r, 0] = random.choice(["Total income", "Total funding"])
    r += 1
    cost_rows = list(range(r, r + len(costs)))
    for line in costs:
        table.text[r, 0] = line
        r += 1
    cost_total = r
    table.text[r, 0] = random.choice(["Total expenditure", "Total costs"])
    surplus = r + 1
    table.text[surplus, 0] = random.choice(["Surplus/(deficit) for the year", "Net surplus/(deficit)"])
    closing = r + 2
    table.text[closing, 0] = random.choice(["Balance carried forward", "Closing balance", "Reserves carried forward"])
    exact = {i: [0] * count for i in range(closing + 1)}
    balance = amount(random, unit) * 3
    for i in range(count):
        c = count - 1 - i if newest_first else i
        exact[0][c] = balance
        for row in income_rows + cost_rows:
            exact[row][c] = amount(random, unit)
        exact[income_total][c] = sum(exact[row][c] for row in income_rows)
        exact[cost_total][c] = sum(exact[row][c] for row in cost_rows)
        exact[surplus][c] = exact[income_total][c] - exact[cost_total][c]
        balance += exact[surplus][c]
        exact[closing][c] = balance
        table.relations += [
            ((income_total, c), [((row, c), 1) for row in income_rows], "total"), ((cost_total, c), [((row, c), 1) for row in cost_rows], "total"),
            ((surplus, c), [((income_total, c), 1), ((cost_total, c), -1)], "difference"), ((closing, c), [((0, c), 1), ((surplus, c), 1)], "roll")]
        if i > 0:
            before = c + 1 if newest_first else c - 1
            table.relations.append(((0, c), [((closing, before), 1)], "forward"))
    table.totals += [(income_total, "Income"), (cost_total, "Expenditure")]
    return finish(table, exact)


def receipts(random, unit):
    """Receipts and payments in one column."""
    table = start(random, [random.choice(["Amount", "£", "Year to 31 March"])], unit, label="")
    r, exact = 0, {}
    parts = {}
    for title, pool, name in [("Receipts", PARTNERS, "Total receipts"), ("Payments", COSTS, "Total payments")]:
        if random.random() < 0.8:
            table.text[r, 0] = title.upper() if random.random() < 0.3 else title
            r += 1
        rows = []
        for line in names(random, pool, random.randint(3, 8)):
            table.text[r, 0] = line
            exact[r] = [amount(random, unit)]
            rows.append(r)
            r += 1
        table.text[r, 0] = name
        exact[r] = [sum(exact[x][0] for x in rows)]
        table.relations.append(((r, 0), [((x, 0), 1) for x in rows], "total"))
        table.totals.append((r, title))
        parts[title] = r
        r += 1
    table.text[r, 0] = random.choice(["Surplus/(deficit) for the year", "Receipts less payments", "Net receipts"])
    exact[r] = [exact[parts["Receipts"]][0] - exact[parts["Payments"]][0]]
    table.relations.append(((r, 0), [((parts["Receipts"], 0), 1), ((parts["Payments"], 0), -1)], "difference"))
    surplus = r
    r += 1
    table.text[r, 0] = random.choice(["Balance brought forward", "Opening bank balance b/f"])
    exact[r] = [amount(random, unit) * 4]
    r += 1
    table.text[r, 0] = random.choice(["Balance carried forward", "Closing balance"])
    exact[r] = [exact[surplus][0] + exact[r - 1][0]]
    table.relations.append(((r, 0), [((surplus, 0), 1), ((r - 1, 0), 1)], "roll"))
    return finish(table, exact)


def simple(random, unit):
    table = start(random, [random.choice(["Payment", "Amount", "2022/23", "Contribution"])], unit)
    exact = {}
    sections(random, table, 1, [("Payments", random.choice([BODIES, PARTNERS, COSTS, SERVICES]))], exact, False)
    if random.random() < 0.4:
        column = table.width + 1
        table.width += 1
        table.header[-1 if len(table.header[-1]) == 2 else 0] += ["Purpose"] if len(table.header[-1]) == 2 else []
        for r in exact:
            table.text[r, 2] = random.choice(["Agreed in 2019", "For 3 boards", "Held for partners", ""])
    return finish(table, exact)


LAYOUTS = [members, members, years, monitor, monitor, gross, reserves, balances, accounts, receipts, simple]


def tolerance(table, target, terms):
    nonzero = sum(1 for cell, _ in terms if table.figures.get(cell)) + (1 if table.figures.get(target) else 0)
    return nonzero / 2


def visible(table, cell, value):
    """Whether a figure in this place breaks a relation by more than rounding."""
    old = table.figures[cell]
    table.figures[cell] = value
    try:
        for target, terms, _ in table.relations:
            if target != cell and all(c != cell for c, _ in terms):
                continue
            if table.figures.get(target) is None:
                continue
            sum_ = sum(s * (table.figures.get(c) or 0) for c, s in terms)
            if abs(table.figures[target] - sum_) > tolerance(table, target, terms) + 1:
                return True
        return False
    finally:
        table.figures[cell] = old


def slip_of_digits(random, kind, value):
    digits = list(str(abs(value)))
    if len(digits) < 3:
        return None
    sign = -1 if value < 0 else 1
    if kind == "digits swapped":
        places = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1] and not (i == 0 and digits[1] == "0")]
        if not places:
            return None
        i = random.choice(places)
        digits[i], digits[i + 1] = digits[i + 1], digits[i]
    elif kind == "digit lost":
        i = random.randrange(len(digits))
        del digits[i]
        if digits[0] == "0":
            return None
    elif kind == "digit doubled":
        i = random.randrange(len(digits))
        digits.insert(i, digits[i])
    elif kind == "digit wrong":
        i = random.randrange(len(digits))
        digits[i] = random.choice([d for d in "0123456789" if d != digits[i] and not (i == 0 and d == "0")])
    return sign * int("".join(digits))


def plant(random, table, kind):
    """Plants a slip; returns the cells that hold it, or None where this table has no place for it."""
    related = sorted({c for t, terms, _ in table.relations for c in [t] + [x for x, _ in terms]})
    targets = [r for r in table.relations if r[2] in ("total",) and table.figures.get(r[0]) is not None]
    for _ in range(40):
        if kind in ("digits swapped", "digit lost", "digit doubled", "digit wrong", "sign turned"):
            cell = random.choice(related) if random.random() < 0.5 or not targets else random.choice(targets)[0]
            value = table.figures.get(cell)
            if not value:
                continue
            new = -value if kind == "sign turned" else slip_of_digits(random, kind, value)
            if new is None or new == value or not visible(table, cell, new):
                continue
            table.figures[cell] = new
            return [cell]
        if kind in ("line counted twice", "line left out"):
            if not targets:
                return None
            target, terms, _ = random.choice(targets)
            if len(terms) < 3:
                continue
            cell, sign = random.choice(terms)
            value = table.figures.get(cell)
            if not value or abs(value) < 20:
                continue
            # As a wrong range of a sum does it: in this column, or in all.
            columns = [target[1]]
            if random.random() < 0.4:
                columns = sorted({t[1] for t, _, k in table.relations if t[0] == target[0] and k == "total"})
            cells = []
            for column in columns:
                x = table.figures.get((cell[0], column))
                if x is None or table.figures.get((target[0], column)) is None:
                    continue
                new = table.figures[target[0], column] + (x if kind == "line counted twice" else -x)
                if x and visible(table, (target[0], column), new):
                    cells.append(((target[0], column), new))
            if not any(c == target for c, _ in cells):
                continue
            for c, new in cells:
                table.figures[c] = new
            return [c for c, _ in cells]
        if kind == "total of another section":
            rows = [r for r, title in table.totals if title]
            if len(rows) < 2:
                return None
            a, b = random.sample(rows, 2)
            columns = sorted({t[1] for t, _, k in table.relations if t[0] == a and k == "total"})
            column = random.choice(columns)
            new = table.figures.get((b, column))
            if not new or abs(new) < 1000 or not visible(table, (a, column), new):
                continue
            table.figures[a, column] = new
            return [(a, column)]
        if kind == "percentage cut, not rounded":
            places = [cell for cell, (value, _, numerator, denominator) in table.percent.items() if numerator // denominator < abs(value) and abs(value) > 1]
            # Only where the printed figures leave no doubt of the rounding.
            good = []
            for r, c in places:
                value, decimals, numerator, denominator = table.percent[r, c]
                rest = numerator / denominator - numerator // denominator
                figures = [table.figures[r, x] for x in range(1, 4) if table.figures.get((r, x))]
                slack = (abs(value) + 1) * 1.2 / max(1, min(abs(f) for f in figures)) if figures else 1
                if rest > 0.5 + slack:
                    good.append((r, c))
            if not good or len(table.percent) < 4:
                return None
            cell = random.choice(good)
            value, decimals, numerator, denominator = table.percent[cell]
            table.percent[cell] = ((abs(value) - 1) * (1 if value > 0 else -1), decimals, numerator, denominator)
            return [cell]
        if kind == "brought forward moved":
            forward = [r for r in table.relations if r[2] == "forward"]
            if not forward:
                return None
            (row, column), _, _ = random.choice(forward)
            step = random.choice([-1, 1]) * random.randrange(101, 999) * random.choice([1, 7, 11])
            # What follows is reckoned from the moved balance.
            closing = next(t for t, terms, k in table.relations if k == "roll" and t[1] == column)
            if abs(step) <= 2:
                continue
            table.figures[row, column] += step
            if random.random() < 0.5:
                later = [t for t, terms, k in table.relations if k == "forward" and any(c == closing for c, _ in terms)]
                if not later:
                    table.figures[closing] += step
            return [(row, column)]
    return None


def table(random):
    unit = random.choice(UNITS)
    return random.choice(LAYOUTS)(random, unit)


def case(random, kind):
    """A table, planted with a slip of this kind where it is not None."""
    while True:
        made = table(random)
        cells = []
        if kind:
            cells = plant(random, made, kind)
            if not cells:
                continue
        return made, [(r + len(made.header), c) for r, c in cells]


def write(random, made, path):
    """As CSV, TSV, a web page or a workbook; returns the path written. Rows keep their numbers."""
    grid = made.grid()
    width = max(len(row) for row in grid)
    grid = [row + [""] * (width - len(row)) for row in grid]
    form = random.choice(["csv", "csv", "tsv", "html", "xlsx"])
    if form in ("csv", "tsv"):
        out = io.StringIO()
        csv.writer(out, delimiter="," if form == "csv" else "\t", lineterminator="\n").writerows(grid)
        path += "." + form
        with open(path, "w", encoding="utf-8") as file:
            file.write(out.getvalue())
    elif form == "html":
        path += ".html"
        head = len(made.header)
        rows = ["<tr>" + "".join(f"<t{'h' if i < head else 'd'}>{html.escape(c)}</t{'h' if i < head else 'd'}>" for c in row) + "</tr>" for i, row in enumerate(grid)]
        with open(path, "w", encoding="utf-8") as file:
            file.write("<!DOCTYPE html><html><head><meta charset='utf-8'><title>x</title></head><body><p>Some words.</p><table>" + "".join(rows) + "</table></body></html>")
    else:
        import xlsxwriter
        path += ".xlsx"
        book = xlsxwriter.Workbook(path)
        sheet = book.add_worksheet("Table")
        for r, row in enumerate(grid):
            for c, text in enumerate(row):
                cell = (r - len(made.header), c)
                if text and cell in made.figures and made.figures[cell] is not None and text not in ("N/A",) and made.random.random() < 2:
                    sheet.write_number(r, c, made.figures[cell] / 10 ** made.unit.decimals)
                elif text:
                    sheet.write_string(r, c, text)
        book.close()
    return path
