#!/usr/bin/env python3
"""Works out the statements of the project's ledgers again, from their files, and holds the program to them.

Each agreement is written down here a second time, by hand, in this calculator's own terms; the books are
read with Python's csv module. Shares are exact rationals; a pool's table is rounded by the program's one
rounding, which sharing.py proves, and judged once more. Every figure of the statement's rows, of the
reserves and of the funds must come out to the penny.

    ledgers.py --program .build/release/outturn --runner .build/debug/oracle-runner
"""
import argparse, csv, json, pathlib, random, re, subprocess, sys
from fractions import Fraction as F
import agreements
from agreements import Asker, Balances, Case, Day, agreed, parts, rule_of, run, is_split, month_of
from sharing import Disagreement, expect, judge_table

ROOT = pathlib.Path(__file__).resolve().parents[2] / "Ledgers"


def take(amount, payer, limit=None, least=None, most=None):
    return {"amount": amount, "payer": payer, "limit": limit, "least": least, "most": most, "atleast": None, "excess": False}


REST = ("rest",)


def rule(headings, *takes, split=False, scheme=None, span=(None, None)):
    return {"for": headings, "takes": list(takes), "split": split, "scheme": scheme, "span": span, "else": headings is None, "net": False}


def members(basis, timing=None, names=None):
    return ("members", names, (basis, timing))


def fund(name, holder, award=None, life=None, fence=None, match=None, kind=None, unspent="carried", key=None, conditional=True):
    return {"name": name, "award": award, "life": life, "fence": fence, "holder": holder, "conditional": conditional, "match": match, "kind": kind,
            "held": "", "unspent": unspent, "key": key, "opening": (0, 0, 0)}


def contribution(who, pounds, to, pooled=None, split=None, uplift=None, instalments=None):
    return {"from": who, "amount": pounds * 100, "to": to, "split": split, "uplift": uplift, "days": False, "instalments": instalments, "pooled": pooled}


def case(start, names, host, contributors=(), weights=(), funds=(), rules=(), contributions=(), surplus=(("reserve", None),),
         deficit=(("reserve", "balance"), ("general", None)), shared=None, tenures=(), successions=(), schemes=(), budget_key=None):
    c = Case()
    c.start, c.members, c.host, c.contributors = start, list(names), host, list(contributors)
    c.weights, c.funds, c.rules, c.contributions = list(weights), list(funds), list(rules), list(contributions)
    c.disposal = {"surplus": list(surplus), "deficit": list(deficit)}
    c.shared, c.tenures, c.successions, c.schemes, c.budget_key = shared or {}, list(tenures), list(successions), list(schemes), budget_key
    c.paying = []
    return c


BOARDS = [f"b{i:02}" for i in range(1, 20)]
TRIO = ["council", "icb", "police"]

CASES = {
    "bexley/2016-17": case(
        2016, ["bexley"], "bexley", ["police", "ccg", "probation", "cafcass"],
        funds=[fund("dfe", "bexley", 12_000_000, (Day(2016, 3, 1), Day(2017, 2, 28)), ["review-manager", "programme", "co-ordinator", "chair"], unspent="returned")],
        rules=[rule(["chair"], take(("share", F(45, 80), None), ("fund", "dfe"), "balance"), take(REST, ("member", "bexley"))),
               rule(["review-manager", "programme", "co-ordinator"], take(REST, ("fund", "dfe"), "balance"), take(REST, ("member", "bexley"))),
               rule(None, take(REST, ("member", "bexley")))],
        contributions=[contribution("ccg", 20_000, ["bexley"]), contribution("police", 5_000, ["bexley"]), contribution("probation", 1_100, ["bexley"]), contribution("cafcass", 550, ["bexley"])]),
    "city-hackney/2016-17": case(
        2016, ["hackney", "city"], "hackney", ["ccg", "police", "nps", "crc", "cafcass"], funds=[fund("board", "hackney")],
        rules=[rule(["officer"], take(REST, ("direct", "hackney"))), rule(None, take(REST, members("contribution")))],
        contributions=[contribution(x, a, ["hackney"], ("contribution", None)) for x, a in [("ccg", 40_000), ("police", 5_000), ("nps", 1_862), ("crc", 1_000), ("cafcass", 550)]],
        surplus=[("general", None)], deficit=[("general", None)],
        shared={"surplus": [take(REST, ("fund", "board"))], "deficit": [take(REST, ("fund", "board"), "balance"), take(REST, members("contribution"))]}),
    "london-project/2011-12": case(
        2011, BOARDS + ["ireland"], "b01", funds=[fund("eu", "b01", 40_000_000, (Day(2011, 4, 1), Day(2013, 3, 31)), ["core", "support"], F(1, 5), 2_000_000, "returned")],
        rules=[rule(["core", "support"], take(("share", F(4, 5), None), ("fund", "eu"), 40_000_000), take(("share", F(1, 10), None), ("member", "ireland")),
                    take(REST, members("equally", None, BOARDS))),
               rule(None, take(REST, members("equally", None, BOARDS)))]),
    "illustrative-pooled-fund/2024-25": case(
        2024, ["council", "icb"], "council", funds=[fund("risk", "council")], budget_key=("contribution", None),
        schemes=[("equipment-service", "icb", ["equipment", "adaptations"]), ("home-first", "council", ["reablement", "bedded-care"])],
        rules=[rule(["equipment", "adaptations"], take(("budget", None), members("contribution")), take(REST, ("direct", "icb")), scheme="equipment-service"),
               rule(None, take(REST, members("contribution")))],
        surplus=[("general", None)],
        shared={"surplus": [take(REST, ("fund", "risk"), 5_000_000), take(REST, members("contribution"))],
                "deficit": [take(REST, ("fund", "risk"), ("above", 2_500_000)), take(REST, members("contribution"), 15_000_000), take(REST, ("member", "council"))]}),
    "illustrative-youth-justice/2022-23": case(
        2022, ["council", "police", "probation", "ccg", "icb"], "council", ["pcc"], successions=[("icb", "ccg", Day(2022, 7, 1))],
        weights=[("caseload", None, {"council": 52, "police": 21, "probation": 9, "ccg": 18})],
        funds=[fund("yjb", "council", 42_000_000, (Day(2022, 4, 1), Day(2023, 3, 31)), ["staff", "programmes"], unspent="returned")],
        rules=[rule(["staff", "programmes"], take(REST, ("fund", "yjb"), "balance"), take(REST, members("caseload", "as costs fall"))),
               rule(["liaison"], take(REST, members("equally", "as costs fall", ["ccg", "icb"]))),
               rule(None, take(REST, members("caseload", "by days"), least=150_000))],
        contributions=[contribution("pcc", 48_000, ["council"], ("caseload", "by days"), uplift=(F(1, 50), 2022), instalments="quarterly")]),
    "illustrative-safeguarding-2023/2023-24": case(
        2023, TRIO + ["district"], "council", ["education", "probation"], tenures=[("district", None, Day(2023, 10, 15))],
        funds=[fund("learning", "council", fence=["training"], unspent="shared", key=("equally", "by days"))],
        rules=[rule(["reviews"], take(("fixed", 1_200_000), ("reserves", TRIO, ("equally", None)), ("above", 500_000)), take(REST, members("equally", None, TRIO))),
               rule(["training"], take(REST, ("fund", "learning"), "balance"), take(REST, members("equally", "as costs fall")), span=(None, Day(2023, 9, 30))),
               rule(["training"], take(("share", F(1, 4), None), ("fund", "learning"), 300_000), take(REST, members("equally", None, TRIO)), span=(Day(2023, 10, 1), None)),
               rule(None, take(REST, members("equally", "by days"), most=9_000_000), take(REST, ("member", "council")))],
        contributions=[contribution("education", 9_000, TRIO, split="equally"), contribution("probation", 2_400, ["council"], ("equally", "as costs fall"), instalments="quarterly")],
        surplus=[("reserve", 1_500_000), ("general", None)], deficit=[("reserve", ("above", 500_000)), ("general", None)]),
}

# City & Hackney's books are an export; its codes, read off the map by hand.
CODES = {"1000": "staff", "1100": "chair", "1200": "reviews", "1300": "training", "1400": "association", "1500": "running", "1600": "officer",
         "2000": "ccg", "2010": "police", "2020": "nps", "2030": "crc", "2040": "cafcass"}


def pence(text):
    text = text.replace(",", "")
    if text in ("", "-"):
        return 0
    whole, _, part = text.lstrip("-").partition(".")
    value = int(whole) * 100 + int((part + "00")[:2])
    return -value if text.startswith("-") else value


def table(folder, name):
    for path in sorted(folder.glob(name + ".*")) + sorted(folder.glob(name)):
        with open(path, newline="", encoding="utf-8") as file:
            return [{k.lower(): v for k, v in row.items()} for row in csv.DictReader(file)]
    return []


def read(c, folder):
    text = (folder.parent / "agreement").read_text()
    c.labels = {m[1]: (m[0], m[2]) for m in re.findall(r'^\s+(cost|income|from) (\S+)\s+"([^"]*)"', text, re.M)}
    c.costs = [n for n, (k, _) in c.labels.items() if k == "cost"]
    c.incomes = [n for n, (k, _) in c.labels.items() if k == "income"]
    names = {f["name"]: f for f in c.funds}
    c.openings = {m: (0, 0) for m in c.members}
    for row in table(folder, "opening"):
        who, bf, adj = row["reserve of"], pence(row["brought forward"]), pence(row.get("adjustment") or "")
        if who in names:
            names[who]["opening"] = (bf, adj, pence(row.get("used before") or ""))
        else:
            c.openings[who] = (bf, adj)
    c.budget, c.lines = {m: 0 for m in c.members}, {}
    for row in table(folder, "budget"):
        if row["line"] == "approved budget":
            c.budget.update({m: pence(row[m]) for m in c.members})
        else:
            c.lines[row["line"]] = pence(row.get("total") or row.get(c.members[0]) or "")
    for row in table(folder, "virements"):
        c.lines[row["from"]] -= pence(row["amount"])
        c.lines[row["to"]] += pence(row["amount"])
    c.in_kind = []
    for row in table(folder, "in-kind"):
        value = pence(row["value"]) if row["value"] else round(F(row["days"]) * F(row["rate"]) * 100)
        if row.get("counts for"):
            c.in_kind.append((row["counts for"], value))
    postings, appropriations = [], {m: 0 for m in c.members}

    def post(account, ledger, amount, period):
        kind = "heading" if account in c.costs + c.incomes else "fund" if account in names else "contributor"
        postings.append((f"{kind}:{account}", ledger, None, amount, period))

    for row in table(folder, "journals"):
        amount, period, ledger = pence(row["amount"]), int(row["period"][1:]), row["ledger of"]
        a, b = row["from"], row["to"]
        if "reserve" in (a, b):
            appropriations[ledger] += amount if b == "reserve" else -amount
        elif a == "cash":
            # Money that goes out to a cost, or is put to a fund.
            post(b, ledger, amount if b in c.costs or b in names else -amount, period)
        else:
            post(a, ledger, amount if a in c.incomes or a in c.contributors else -amount, period)
    for row in table(folder, "closing"):
        sign = 1 if row["kind"] in ("accrual", "debtor") else -1
        post(row["line"], row["ledger of"], sign * pence(row["amount"]), 13)
    for member in c.members:
        for path in sorted((folder / "exports" / member).glob("*.csv")) if (folder / "exports" / member).exists() else []:
            for row in csv.DictReader(open(path, newline="")):
                if row["Account"]:
                    name = CODES[row["Account"]]
                    post(name, member, pence(row["Net"]) * (1 if name in c.costs else -1), int(row["Period"]))
    c.openings = {m: (o, a + appropriations[m]) for m, (o, a) in c.openings.items()}
    c.appropriations = appropriations
    return postings


def work_out(c, postings, program):
    """Rows by name and member, reserves and funds, as the statement must have them."""
    balances = Balances(c, postings)
    zero = lambda: dict.fromkeys(c.members, 0)
    rows, met = {}, {"reserve": zero(), "partner": zero(), "fund": zero()}
    holder = {f["name"]: f["holder"] for f in c.funds}
    fund_used = {f["name"]: 0 for f in c.funds}

    def rounded(borne, order, headings):
        payers = [p for p in order if any(borne.get(p, {}).values())]
        exact = [[sum((v for cell, v in borne.get(p, {}).items() if cell[0] == h), F(0)) for p in payers] for h in headings]
        table = program.table(exact)
        judge_table(exact, table)
        return payers, table

    order = [f"{g}:{m}" for g in ("member", "direct", "reserve") for m in c.members] + [f"contributor:{x}" for x in c.contributors] + [f"fund:{f['name']}" for f in c.funds]
    for index, r in enumerate(c.rules):
        for kind, names in (("cost", c.costs), ("income", c.incomes)):
            cells = {}
            for account, _, _, amount, period in postings:
                what, _, h = account.partition(":")
                if what == "heading" and h in names and rule_of(c, h, month_of(period)) == index:
                    cells[(h, month_of(period))] = cells.get((h, month_of(period)), 0) + amount
            if not cells:
                continue
            headings = [h for h in names if any(cell[0] == h for cell in cells)]
            lead = next((s[1] for s in c.schemes if s[0] == r["scheme"]), None)
            payers, pool = rounded(run(c, r["takes"], cells, kind, None, lead, balances, None, headings), order, headings)
            for h, line in zip(headings, pool):
                for p, amount in zip(payers, line):
                    group, name = p.split(":")
                    where = holder[name] if group == "fund" else c.host if group == "contributor" else name
                    rows.setdefault(h, zero())[where] += amount
                    if kind == "cost" and group != "member":
                        met[{"direct": "partner", "contributor": "partner"}.get(group, group)][where] += amount
                    if group == "reserve":
                        balances.reserve[name] -= amount
                    if group == "fund":
                        balances.fund[name] -= amount
                        balances.used[name] += amount
                        fund_used[name] += amount
    keys = []
    for k in [c.budget_key] + [t["pooled"] for t in c.contributions]:
        if k is not None and k not in keys:
            keys.append(k)
    pooled_terms = {(t["from"], m): t["pooled"] for t in c.contributions for m in t["to"]}
    for k in keys:
        cells = {("approved-budget", 1): sum(c.budget.values())} if c.budget_key == k else {}
        for account, ledger, _, amount, period in postings:
            what, _, x = account.partition(":")
            if what == "contributor" and pooled_terms.get((x, ledger)) == k:
                cells[(x, month_of(period))] = cells.get((x, month_of(period)), 0) + amount
        p = parts(c, None, k, None)
        headings = [h for h in ["approved-budget"] + c.contributors if any(cell[0] == h for cell in cells)]
        payers, pool = rounded({"member:" + m: {cell: F(v) * p[m][cell[1]] for cell, v in cells.items()} for m in c.members}, order, headings)
        for h, line in zip(headings, pool):
            for payer, amount in zip(payers, line):
                rows.setdefault(h, zero())[payer[7:]] += amount
    if c.budget_key is None:
        rows["approved-budget"] = dict(c.budget)
    for account, ledger, _, amount, _ in postings:
        what, _, x = account.partition(":")
        if what == "contributor" and pooled_terms.get((x, ledger)) is None:
            rows.setdefault(x, zero())[ledger] += amount
    net = {m: sum(v[m] * (-1 if h in c.costs else 1) for h, v in rows.items()) + sum(v[m] for v in met.values()) for m in c.members}
    moved, fund_net, spent = zero(), {f["name"]: 0 for f in c.funds}, dict(met["reserve"])
    whole = sum(net.values())
    word = "deficit" if whole < 0 else "surplus"
    if whole and word in c.shared:
        if word == "surplus":
            balances.fund = dict.fromkeys(balances.fund, 10 ** 12)
        payers, pool = rounded(run(c, c.shared[word], {("-", 1): abs(whole)}, "cost", None, None, balances, None, []), order, ["-"])
        bears, sign = dict(zip(payers, pool[0])), -1 if word == "deficit" else 1
        moved = {m: sign * bears.get("member:" + m, 0) - net[m] for m in c.members}
        fund_net = {n: sign * bears.get("fund:" + n, 0) for n in fund_net}
    funds, left_to = {}, zero()
    for f in c.funds:
        n, (bf, adj, used) = f["name"], f["opening"]
        received = sum(p[3] for p in postings if p[0] == "fund:" + n)
        held = bf + adj + received - fund_used[n] + fund_net[n]
        ends = held > 0 and (f["life"] is None or f["life"][1] <= Day(c.start + 1, 3, 31))
        if ends and f["unspent"] == "shared":
            p = parts(c, None, f["key"], None)
            payers, pool = rounded({"member:" + m: {("-", 1): F(held) * p[m][1]} for m in c.members}, order, ["-"])
            for payer, amount in zip(payers, pool[0]):
                left_to[payer[7:]] += amount
        funds[n] = 0 if ends and f["unspent"] in ("shared", "returned") else held
    reserves = {}
    for m in c.members:
        result, (opening, adjustment) = net[m] + moved[m], c.openings[m]
        left, to = abs(result), 0
        for target, most in c.disposal["surplus" if result >= 0 else "deficit"]:
            amount = left
            if most == "balance" or isinstance(most, tuple):
                amount = min(left, max(0, opening + adjustment - spent[m] - (most[1] if isinstance(most, tuple) else 0)))
            elif most is not None:
                amount = min(left, most)
            to += amount if target == "reserve" else 0
            left -= amount
        reserves[m] = opening + adjustment - spent[m] + left_to[m] + (to if result >= 0 else -to)
    return rows, met, net, moved, reserves, funds


def judge(name, c, program, command):
    folder = ROOT / name
    postings = read(c, folder)
    rows, met, net, moved, reserves, funds = work_out(c, postings, program)
    answer = json.loads(subprocess.run([command, "statement", str(folder), "--format", "json"], capture_output=True, text=True).stdout)
    expect(not answer["draft"], name, "is a draft")
    signs = answer["signs"]
    looked = 0

    def want(label, values, side):
        nonlocal looked
        sign = -1 if signs[side] == "negative" else 1
        found = [r for s in answer["sections"] for r in s["rows"] if r["label"] == label]
        expect(found or not any(values.values()), name, "has no row", label)
        # A reserve may be credited under the same label further down.
        for row in found[:1]:
            got = {m: pence(row["amounts"][m]) for m in c.members}
            expect(got == {m: sign * values[m] for m in c.members}, name, label, got, values)
            looked += len(got) + 1
            expect(pence(row["amounts"]["total"]) == sign * sum(values.values()), name, label, "total")

    text = (folder.parent / "agreement").read_text()

    def label(words):
        found = re.search(rf'^\s+{words}\s+"([^"]*)"', text, re.M)
        return found.group(1) if found else None

    for h, (kind, printed) in c.labels.items():
        want(printed, rows.get(h, dict.fromkeys(c.members, 0)), "expenditure" if kind == "cost" else "funding")
    want(label("approved budget"), rows["approved-budget"], "funding")
    want(label("net outturn"), net, "funding")
    for words, values in [("met from reserves", met["reserve"]), ("met from partners", met["partner"]), ("met from grants", met["fund"]), ("shared net outturn", moved)]:
        if label(words):
            want(label(words), values, "funding")
        else:
            expect(not any(values.values()), name, "prints nothing for", words)
    for r in answer["reserves"]:
        expect(pence(r["carriedForward"]) == reserves[r["member"]], name, "reserve of", r["member"], r["carriedForward"], reserves[r["member"]])
        looked += 1
    tables = {t["table"]: t for t in answer["tables"]}
    for row, f in zip(tables.get("funds", {"rows": []})["rows"], c.funds):
        expect(pence(row["figures"]["carriedForward"]) == funds[f["name"]], name, "fund", f["name"], row["figures"]["carriedForward"], funds[f["name"]])
        looked += 1
    print(f"{name}: {looked} figures")
    return looked


# The agreement by which the language was designed: every kind of line that it began with.
DESIGN = '''
partnership "The design's own"
members  lbhf rbkc wcc
host     rbkc
contributors  police probation cafcass lfb ccg
membership wcc from 2016-07-15
signs funding negative, expenditure positive
section "Funding"
  approved budget "Own"
  from police "Police"
  from probation "Probation"
  from cafcass "Cafcass"
  from lfb "Fire brigade"
  from ccg "CCG"
  income fees "Fees"
section "Costs"
  cost scr "Case reviews"
  cost training "Training"
  cost website "Website"
  cost project "Project"
  cost chair "Chair"
  cost other "Other"
  net outturn "Net"
  brought forward "In"
  carried forward "Out"
weights child-population lbhf 35,150 rbkc 29,801 wcc 44,465, source "report", at 2015-06-30
grant dfe       £120,000, 2016-03-01 to 2017-02-28, for training website, unspent returned
grant eu-grant  £900,000, 2016-04-01 to 2018-03-31, for project, unspent returned
contribution  approved budget of each member, stays
contribution  £10,000 from police to rbkc, stays              # or: pooled
rule "Serious case reviews"
  for  scr, split by member concerned
  take rest from reserve of member concerned, at most balance
  take rest from member concerned
rule "Training and website"
  for  training website
  take rest from dfe, at most balance
  take rest from members equally, as costs fall
rule "Project, matched 80/20"
  for  project
  take 80% from eu-grant, at most £400,000
  take rest from members by child-population, by days
rule "Chair"
  for  chair
  take up to £15,000 from police
  take rest from rbkc
rule "Everything else"
  for  anything else
  take rest from members equally, as costs fall
surplus of each member to its reserve
deficit of each member from its reserve, at most balance; rest from its general fund
'''


def judge_design(program):
    c = case(
        2016, ["lbhf", "rbkc", "wcc"], "rbkc", ["police", "probation", "cafcass", "lfb", "ccg"], tenures=[("wcc", Day(2016, 7, 15), None)],
        weights=[("child-population", None, {"lbhf": 35_150, "rbkc": 29_801, "wcc": 44_465})],
        funds=[fund("dfe", "rbkc", 12_000_000, (Day(2016, 3, 1), Day(2017, 2, 28)), ["training", "website"], unspent="returned"),
               fund("eu-grant", "rbkc", 90_000_000, (Day(2016, 4, 1), Day(2018, 3, 31)), ["project"], unspent="returned")],
        rules=[rule(["scr"], take(REST, ("reserve-concerned",), "balance"), take(REST, ("concerned",)), split=True),
               rule(["training", "website"], take(REST, ("fund", "dfe"), "balance"), take(REST, members("equally", "as costs fall"))),
               rule(["project"], take(("share", F(4, 5), None), ("fund", "eu-grant"), 40_000_000), take(REST, members("child-population", "by days"))),
               rule(["chair"], take(("fixed", 1_500_000), ("contributor", "police")), take(REST, ("member", "rbkc"))),
               rule(None, take(REST, members("equally", "as costs fall")))],
        contributions=[contribution("police", 10_000, ["rbkc"])])
    c.costs, c.incomes, c.lines, c.in_kind, c.paying = ["scr", "training", "website", "project", "chair", "other"], ["fees"], {}, [], ["police"]
    c.openings = {"lbhf": (4_521_600, 0), "rbkc": (12_965_000, -12_345), "wcc": (8_149_900, 0)}
    c.budget = {"lbhf": 7_916_900, "rbkc": 6_074_000, "wcc": 7_771_000}
    c.funds[0]["opening"], c.funds[1]["opening"] = (11_640_000, 0, 360_000), (0, 0, 0)
    rng, proved, cases = random.Random("design"), 0, 0
    for _ in range(60):
        postings = [("heading:" + h, rng.choice(c.members), rng.choice(c.members) if h == "scr" else None, rng.randint(1, 9_000_000) * rng.choice([1, 1, 1, 1, -1]), rng.randint(1, 13))
                    for h in rng.choices(c.costs + c.incomes, k=rng.randint(5, 40))]
        postings += [("contributor:police", "rbkc", None, rng.choice([900_000, 1_000_000, 1_700_000, 2_500_000]), 5), ("contributor:police", "lbhf", None, rng.randint(0, 1) * 40_000, 7)]
        for upto in (None, 3, 9):
            cut = [p for p in postings if upto is None or p[4] <= upto]
            proved += agreements.judge(c, program.agreement(c, postings, upto, DESIGN), cut, upto)
            cases += 1
    print(f"the design's own agreement: {cases} years and parts of years, {proved} tables proved by brute force")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    arguments.add_argument("--runner", required=True)
    options = arguments.parse_args()
    program = Asker(options.runner)
    failed = 0
    try:
        judge_design(program)
    except Disagreement as disagreement:
        print(f"the design's own agreement: {disagreement}")
        failed += 1
    for name, c in CASES.items():
        try:
            judge(name, c, program, options.program)
        except Disagreement as disagreement:
            print(f"{name}: {disagreement}")
            failed += 1
    print(f"{len(CASES) + 1 - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
