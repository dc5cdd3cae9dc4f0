"""Writes conformance/v1/*.csv: `python3 conformance/generate.py [FOLDER]`.

Every expected result is worked out here from the printed tables, by looking at every value that a reading allows, in fractions. Nothing is
taken from the crate, or from xtask/reference. Labels: A printed table, registry or abstract; B second-hand transcription; I inferred, a
choice where the papers leave one: a program that differs there is not wrong. Python 3.9 or later, standard library only.
"""
import csv
import itertools
import os
import re
import sys
from fractions import Fraction as F

SOFA_1996 = "Vincent 1996, table, doi 10.1007/BF01709751"
SOFA_2 = "Ranzani 2025, table, doi 10.1001/jama.2025.20516"
NOTE = "Ranzani 2025, note {}, doi 10.1001/jama.2025.20516"
SEPSIS_3 = "Singer 2016, doi 10.1001/jama.2016.0287"
IMMUNOSEP = "Giamarellos-Bourboulis 2025, doi 10.1001/jama.2025.24175"
OPEN = "facts: what is not known stays open"

# The printed columns: a value that passes a cut-off has at least these points.
T1996 = {
    ("pao2/fio2", "mm[Hg]"): [(1, "<", "400"), (2, "<", "300"), (3, "<", "200"), (4, "<", "100")],
    ("pao2/fio2", "kPa"): [(1, "<", "53.3"), (2, "<", "40"), (3, "<", "26.7"), (4, "<", "13.3")],
    ("platelets", "10*9/L"): [(1, "<", "150"), (2, "<", "100"), (3, "<", "50"), (4, "<", "20")],
    ("bilirubin", "mg/dL"): [(1, ">=", "1.2"), (2, ">=", "2.0"), (3, ">=", "6.0"), (4, ">=", "12.0")],
    ("bilirubin", "umol/L"): [(1, ">=", "20"), (2, ">=", "33"), (3, ">=", "102"), (4, ">", "204")],
    ("map", "mm[Hg]"): [(1, "<", "70")],
    ("norepinephrine", "ug/kg/min"): [(3, ">", "0"), (4, ">", "0.1")],
    ("epinephrine", "ug/kg/min"): [(3, ">", "0"), (4, ">", "0.1")],
    ("dopamine", "ug/kg/min"): [(2, ">", "0"), (3, ">", "5"), (4, ">", "15")],
    ("dobutamine", "ug/kg/min"): [(2, ">", "0")],
    ("gcs", "{score}"): [(1, "<", "15"), (2, "<", "13"), (3, "<", "10"), (4, "<", "6")],
    ("creatinine", "mg/dL"): [(1, ">=", "1.2"), (2, ">=", "2.0"), (3, ">=", "3.5"), (4, ">=", "5.0")],
    ("creatinine", "umol/L"): [(1, ">=", "110"), (2, ">=", "171"), (3, ">=", "300"), (4, ">", "440")],
    ("urine", "mL"): [(3, "<", "500"), (4, "<", "200")],
}
T2 = {
    ("pao2/fio2", "mm[Hg]"): [(1, "<=", "300"), (2, "<=", "225"), (3, "<=", "150"), (4, "<=", "75")],
    ("pao2/fio2", "kPa"): [(1, "<=", "40"), (2, "<=", "30"), (3, "<=", "20"), (4, "<=", "10")],
    ("spo2/fio2", "%"): [(1, "<=", "300"), (2, "<=", "250"), (3, "<=", "200"), (4, "<=", "120")],
    ("platelets", "10*9/L"): [(1, "<=", "150"), (2, "<=", "100"), (3, "<=", "80"), (4, "<=", "50")],
    ("bilirubin", "mg/dL"): [(1, ">", "1.2"), (2, ">", "3.0"), (3, ">", "6.0"), (4, ">", "12.0")],
    ("bilirubin", "umol/L"): [(1, ">", "20.6"), (2, ">", "51.3"), (3, ">", "102.6"), (4, ">", "205")],
    ("map", "mm[Hg]"): [(1, "<", "70")],
    ("map without drugs to be had", "mm[Hg]"): [(1, "<", "70"), (2, "<", "60"), (3, "<", "50"), (4, "<", "40")],
    ("sum", "ug/kg/min"): [(2, ">", "0"), (3, ">", "0.2"), (4, ">", "0.4")],
    ("dopamine", "ug/kg/min"): [(2, ">", "0"), (3, ">", "20"), (4, ">", "40")],
    ("gcs", "{score}"): [(1, "<", "15"), (2, "<", "13"), (3, "<", "9"), (4, "<", "6")],
    ("gcs_motor", "{score}"): [(1, "<", "6"), (2, "<", "5"), (3, "<", "4"), (4, "<", "3")],
    ("creatinine", "mg/dL"): [(1, ">", "1.2"), (2, ">", "2.0"), (3, ">", "3.5")],
    ("creatinine", "umol/L"): [(1, ">", "110"), (2, ">", "170"), (3, ">", "300")],
}
ORGAN = {
    "platelets": "coagulation", "bilirubin": "liver", "map": "cardiovascular", "norepinephrine": "cardiovascular",
    "epinephrine": "cardiovascular", "dopamine": "cardiovascular", "dobutamine": "cardiovascular", "gcs": "brain", "gcs_motor": "brain",
    "creatinine": "renal", "urine": "renal",
}
# A charted step of each, and a finer one that an analyser may report.
STEPS = {
    ("platelets", "10*9/L"): ["1", "0.1"], ("bilirubin", "mg/dL"): ["0.1", "0.01"], ("bilirubin", "umol/L"): ["1", "0.1"],
    ("map", "mm[Hg]"): ["1", "0.1"], ("creatinine", "mg/dL"): ["0.1", "0.01"], ("creatinine", "umol/L"): ["1", "0.1"],
    ("urine", "mL"): ["1", "0.1"], ("dopamine", "ug/kg/min"): ["0.1", "0.01"], ("norepinephrine", "ug/kg/min"): ["0.01", "0.001"],
    ("epinephrine", "ug/kg/min"): ["0.01", "0.001"],
}
# The edges that the print leaves in a hole, and which the facts close.
HOLES = {("bilirubin", "mg/dL"): "12.0", ("creatinine", "mg/dL"): "5.0"}
SUPPORTS_1996 = ["cpap", "niv", "imv", "home_vent", "ecmo_vv", "ecmo_va"]
ADVANCED = ["hfnc", "cpap", "niv", "imv", "home_vent"]
HAIR = F(1, 10**9)


def passes(value, op, cut):
    return {"<": value < cut, "<=": value <= cut, ">": value > cut, ">=": value >= cut}[op]


# Set by `pinned`: a column, and what is asked in its place.
ANOTHER = (None, None)


def points(column, value):
    column = ANOTHER[1] if column is ANOTHER[0] else column
    return max([p for p, op, cut in column if passes(value, op, F(cut))], default=0)


def number(value):
    """A fraction as it is charted; every one here has a finite decimal."""
    text = f"{float(value):.6f}".rstrip("0").rstrip(".")
    assert F(text) == value, value
    return text


def interval(text, least, most):
    """The ends of a charted value and whether they belong to it."""
    if text == "-":
        return F(least), True, F(most), True
    if ".." in text:
        low, high = text.split("..")
        return F(low), True, F(high), True
    sign, digits = re.match(r"([<>]=?)?(.*)", text).groups()
    value = F(digits)
    return {
        None: (value, True, value, True), "<": (F(least), True, value, False), "<=": (F(least), True, value, True),
        ">": (value, False, F(most), True), ">=": (value, True, F(most), True),
    }[sign]


def values(text, least, most, cuts, whole=False):
    """Of all the values that a reading allows, one of each kind: its ends, each cut-off, and a hair beside each."""
    low, with_low, high, with_high = interval(text, least, most)
    if whole:
        candidates = [F(n) for n in range(int(least), int(most) + 1)]
    else:
        candidates = [c + hair for c in [low, high, *map(F, cuts)] for hair in (-HAIR, 0, HAIR)]
    inside = [c for c in candidates if (low < c or with_low and c == low) and (c < high or with_high and c == high)]
    assert inside, text
    return inside


def ends(possible):
    low, high = min(possible), max(possible)
    return str(low) if low == high else f"{low}..{high}"


class Rows:
    """One file of the row format."""

    HEADER = ["id", "clause", "source", "label", "rules", "missing", "asks", "input", "expected"]

    def __init__(self, name):
        self.name, self.rows, self.count, self.seen = name, [], {}, set()

    def add(self, clause, source, label, rules, missing, asks, given, expected):
        given = "; ".join(given)
        if (rules, missing, asks, given) in self.seen:
            return
        self.seen.add((rules, missing, asks, given))
        slug = re.sub(r"[^a-z0-9]+", "-", f"{self.name} {clause}".lower()).strip("-")
        self.count[slug] = self.count.get(slug, 0) + 1
        self.rows.append([f"{slug}-{self.count[slug]:03}", clause, source, label, rules, missing, asks, given, str(expected)])


def beside(cut, steps):
    yield F(cut)
    for step in steps:
        yield F(cut) - F(step)
        yield F(cut) + F(step)


def plain_edges(out, rules, table, source, label):
    """Each cut-off of each row and column: at it, a charted step below and above, a finer step below and above."""
    for (item, unit), steps in STEPS.items():
        column = table.get((item, unit))
        if column is None:
            continue
        for _, _, cut in column:
            for value in beside(cut, steps):
                if value < 0:
                    continue
                hole = rules == "sofa-1996" and HOLES.get((item, unit)) == cut and value == F(cut)
                between = rules == "sofa-1996" and unit == "mg/dL" and (value * 10) % 1 != 0 and F(cut) > value
                # That a dose of 0 is no drug is the facts' reading.
                closed = "I" if hole or between or item in ("norepinephrine", "epinephrine", "dopamine") and value == 0 else label
                given = [f"{item} {number(value)} {unit}"]
                out.add(f"{item} {unit}", source, closed, rules, "normal", ORGAN[item], given, points(column, value))
    for unit in ["10*9/L", "10*3/uL"]:
        column = table["platelets", "10*9/L"]
        for count in [0, 1, 400, 1000] + [int(cut) for _, _, cut in column]:
            out.add(f"platelets {unit}", source, label, rules, "normal", "coagulation", [f"platelets {count} {unit}"], points(column, F(count)))
    for score in range(3, 16):
        out.add("gcs {score}", source, label, rules, "normal", "brain", [f"gcs {score} {{score}}"], points(table["gcs", "{score}"], F(score)))


def ratio_points(column, ratio, supported, top=2):
    found = points(column, ratio)
    return found if supported else min(found, top)


def ratio_edges(out, rules, table, source, label):
    for unit, step in [("mm[Hg]", ["1", "0.1"]), ("kPa", ["0.1", "0.01"])]:
        column = table["pao2/fio2", unit]
        for (_, _, cut), fio2 in itertools.product(column, [21, 25, 30, 40, 50, 60, 80, 100]):
            for pao2 in beside(F(cut) * fio2 / 100, step):
                if unit == "kPa" and (pao2 * 1000) % 1 != 0:
                    continue
                given = [f"pao2 {number(pao2)} {unit}", f"fio2 {fio2} %", "support imv"]
                out.add(f"pao2/fio2 {unit}", source, label, rules, "normal", "respiration", given, points(column, pao2 * 100 / fio2))
    column = table["pao2/fio2", "mm[Hg]"]
    for pao2, fio2 in [(80, "0.4"), (79, "0.4"), (90, "0.6"), (60, "0.2"), (60, "0.8"), (100, "0.5"), (45, "0.3")]:
        given = [f"pao2 {pao2} mm[Hg]", f"fio2 {fio2} 1", "support imv"]
        out.add("fio2 as a fraction", source, label, rules, "normal", "respiration", given, points(column, F(pao2) / F(fio2)))


def censored(out, rules, table, source):
    """Censored, ranges, and not known: what they leave open, and nothing else."""
    tops = {"platelets": 10000, "bilirubin": 200, "creatinine": 100, "gcs": 15, "map": 500}
    for item, unit in [("platelets", "10*9/L"), ("bilirubin", "mg/dL"), ("gcs", "{score}"), ("map", "mm[Hg]")]:
        column = table[item, unit]
        whole = item == "gcs"
        least = 3 if whole else 0
        cuts = [cut for _, _, cut in column]
        texts = ["-"]
        for cut in cuts:
            low = number(F(cut) - F(STEPS.get((item, unit), ["1"])[0]))
            high = number(F(cut) + F(STEPS.get((item, unit), ["1"])[0]))
            for text in [cut, low] + ([] if F(cut) == 15 and whole else [high]):
                texts += [sign + text for sign in ["<", "<=", ">", ">="]]
            texts += [f"{low}..{cut}"] + ([] if F(cut) == 15 and whole else [f"{cut}..{high}"])
        for text in texts:
            if whole and text in (">15", "<3"):
                continue
            possible = [points(column, value) for value in values(text, least, tops[item], cuts, whole)]
            if text == "-" and item == "map":
                possible = [0, 1]
            asks = ORGAN[item]
            out.add(f"censored {item}", OPEN, "I", rules, "open", asks, [f"{item} {text} {unit}"], ends(possible))


def levels(rules):
    """Of each organ what makes 0 to 4 points, each well inside its printed step."""
    if rules == "sofa-1996":
        return {
            "respiration": [["pao2 250 mm[Hg]"], ["pao2 175 mm[Hg]"], ["pao2 125 mm[Hg]"], ["pao2 75 mm[Hg]"], ["pao2 40 mm[Hg]"]],
            "coagulation": [[f"platelets {n} 10*9/L"] for n in (210, 120, 70, 30, 10)],
            "liver": [[f"bilirubin {n} mg/dL"] for n in ("0.7", "1.5", "3.4", "8.1", "14.2")],
            "cardiovascular": [["map 84 mm[Hg]"], ["map 61 mm[Hg]"], ["map 84 mm[Hg]", "dobutamine 4 ug/kg/min"],
                               ["map 61 mm[Hg]", "norepinephrine 0.05 ug/kg/min"], ["map 84 mm[Hg]", "epinephrine 0.3 ug/kg/min"]],
            "brain": [[f"gcs {n} {{score}}"] for n in (15, 13, 11, 7, 4)],
            "renal": [[f"creatinine {n} mg/dL", "urine 1500 mL"] for n in ("0.8", "1.5", "2.7", "4.1", "6.3")],
        }
    return {
        "respiration": [["pao2 170 mm[Hg]"], ["pao2 130 mm[Hg]"], ["pao2 90 mm[Hg]"], ["pao2 50 mm[Hg]"], ["pao2 35 mm[Hg]"]],
        "coagulation": [[f"platelets {n} 10*9/L"] for n in (210, 120, 90, 70, 30)],
        "liver": [[f"bilirubin {n} mg/dL"] for n in ("0.7", "1.5", "3.4", "8.1", "14.2")],
        "cardiovascular": [["map 84 mm[Hg]"], ["map 61 mm[Hg]"], ["map 84 mm[Hg]", "dobutamine 4 ug/kg/min"],
                           ["map 61 mm[Hg]", "norepinephrine 0.3 ug/kg/min"], ["map 84 mm[Hg]", "epinephrine 0.7 ug/kg/min"]],
        "brain": [[f"gcs {n} {{score}}"] for n in (15, 13, 11, 7, 4)],
        "renal": [[f"creatinine {n} mg/dL"] for n in ("0.8", "1.5", "2.7", "4.1")] + [["creatinine 2.7 mg/dL", "rrt 1"]],
    }


def totals(out, rules, source, label):
    """All organs at once, by a fixed sequence that holds every level of every organ several times."""
    table = levels(rules)
    state = 1996
    for at in range(60):
        chosen = []
        for _ in table:
            state = (state * 1103515245 + 12345) % 2**31
            chosen.append((state >> 16) % 5)
        if at < 5:
            chosen = [at] * 6
        given = ["fio2 50 %", "support imv"] + [part for level, rows in zip(chosen, table.values()) for part in rows[level]]
        out.add("total", source, label, rules, "normal", "total", given, sum(chosen))
        if at % 4 == 0:
            for organ, level in zip(table, chosen):
                out.add("one organ of six", source, label, rules, "normal", organ, given, level)


def missing(out, rules, source):
    every = "0..4"
    for organ in ["respiration", "coagulation", "liver", "brain", "renal"]:
        out.add("nothing measured", OPEN, "I", rules, "open", organ, [], every)
        out.add("nothing measured, taken as normal", source, "I", rules, "normal", organ, [], 0)
    out.add("nothing measured", OPEN, "I", rules, "open", "cardiovascular", [], "0..1")
    out.add("nothing measured, taken as normal", source, "I", rules, "normal", "cardiovascular", [], 0)
    out.add("nothing measured", OPEN, "I", rules, "open", "total", [], "0..21")
    out.add("nothing measured, taken as normal", source, "I", rules, "normal", "total", [], 0)
    table = levels(rules)
    # Any one organ known, five not.
    for organ, rows in table.items():
        rest = sum(1 if other == "cardiovascular" else 4 for other in table if other != organ)
        for level, row in enumerate(rows):
            given = (["fio2 50 %", "support imv"] if organ == "respiration" else []) + row
            if organ == "renal" and rules == "sofa-2":
                # Without urine the kidney is not known to be better than by urine, at most 3, and RRT's criteria, 4.
                continue
            out.add("five organs not measured", OPEN, "I", rules, "open", "total", given, f"{level}..{level + rest}")


def sofa_1996():
    out = Rows("sofa-1996")
    rules, source = "sofa-1996", SOFA_1996
    plain_edges(out, rules, T1996, source, "A")
    ratio_edges(out, rules, T1996, source, "A")
    column = T1996["pao2/fio2", "mm[Hg]"]
    for support in ["none", "oxygen", "hfnc", *SUPPORTS_1996]:
        for pao2 in [50, 49, 99, 100, 101, 150, 200, 201]:
            supported = support in SUPPORTS_1996
            label = "I" if support in ("cpap", "niv", "hfnc", "home_vent", "ecmo_vv", "ecmo_va") else "A"
            given = [f"pao2 {pao2} mm[Hg]", "fio2 50 %", f"support {support}"]
            out.add(f"support {support}", source, label, rules, "normal", "respiration", given, ratio_points(column, F(pao2 * 2), supported))
    for pao2 in [49, 50, 99, 100, 149, 150, 199, 200]:
        both = {ratio_points(column, F(pao2 * 2), supported) for supported in (True, False)}
        given = [f"pao2 {pao2} mm[Hg]", "fio2 50 %"]
        out.add("support not known", OPEN, "I", rules, "open", "respiration", given, ends(both))
    for pao2 in [20, 21, 50, 63, 83, 84, 90, 100, 200, 400]:
        possible = [points(column, F(pao2) * 100 / f) for f in values("21..100", 15, 100, [F(pao2) * 100 / F(c) for _, _, c in column])]
        out.add("fio2 not known", OPEN, "I", rules, "open", "respiration", [f"pao2 {pao2} mm[Hg]", "support imv"], ends(possible))
    for pao2, fio2 in [("80", "40..50"), ("80", "39..40"), ("79..80", "40"), ("80..81", "40"), ("<80", "40"), ("<=80", "40"), (">80", "40"), (">=80", "40"), ("120", "<=30"), ("40..200", "50")]:
        fios = values(fio2, 15, 100, [])
        possible = [points(column, p * 100 / f) for f in fios for p in values(pao2, 0, 1000, [F(c) * f / 100 for _, _, c in column])]
        given = [f"pao2 {pao2} mm[Hg]", f"fio2 {fio2} %", "support imv"]
        out.add("censored pao2 or fio2", OPEN, "I", rules, "open", "respiration", given, ends(possible))
    # Drugs: the worst of them, never their sum.
    drugs = {
        "norepinephrine": ["0", "0.001", "0.05", "0.1", "0.101", "0.5"], "epinephrine": ["0", "0.001", "0.1", "0.101"],
        "dopamine": ["0", "0.1", "5", "5.01", "15", "15.01", "30"], "dobutamine": ["0", "0.1", "2", "20"],
    }
    for (a, first), (b, second) in itertools.combinations([(d, dose) for d, doses in drugs.items() for dose in doses], 2):
        if a == b:
            continue
        given = [f"{a} {first} ug/kg/min", f"{b} {second} ug/kg/min", "map 75 mm[Hg]"]
        worst = max(points(T1996[d, "ug/kg/min"], F(dose)) for d, dose in [(a, first), (b, second)])
        out.add("two drugs", source, "I" if "0" in (first, second) else "A", rules, "normal", "cardiovascular", given, worst)
    for drug, doses in drugs.items():
        for dose, pressure in itertools.product(doses, [69, 70]):
            worst = max(points(T1996[drug, "ug/kg/min"], F(dose)), points(T1996["map", "mm[Hg]"], F(pressure)))
            label = "I" if dose == "0" else "A"
            clause = "a dose of 0" if dose == "0" else "a drug and a pressure"
            out.add(clause, source, label, rules, "normal", "cardiovascular", [f"{drug} {dose} ug/kg/min", f"map {pressure} mm[Hg]"], worst)
    for drug in ["vasopressin", "phenylephrine", "milrinone", "other_vasoactive"]:
        for pressure in [69, 70]:
            expected = points(T1996["map", "mm[Hg]"], F(pressure))
            out.add("drugs without a row", source, "I", rules, "normal", "cardiovascular", [f"{drug} 2 [U]/h", f"map {pressure} mm[Hg]"], expected)
    for drug, rate, weight in [("norepinephrine", "8", "80"), ("norepinephrine", "8.1", "80"), ("norepinephrine", "6", "60"), ("norepinephrine", "7", "60"),
                               ("dopamine", "400", "80"), ("dopamine", "401", "80"), ("dopamine", "1200", "80"), ("dopamine", "1201", "80"), ("epinephrine", "5", "50"), ("epinephrine", "5", "49")]:
        given = [f"{drug} {rate} ug/min", f"weight {weight} kg", "map 75 mm[Hg]"]
        out.add("a rate over the weight", source, "A", rules, "normal", "cardiovascular", given, points(T1996[drug, "ug/kg/min"], F(rate) / F(weight)))
    for drug, expected in [("norepinephrine", "3..4"), ("epinephrine", "3..4"), ("dopamine", "2..4"), ("dobutamine", "2")]:
        out.add("a rate, weight not known", OPEN, "I", rules, "open", "cardiovascular", [f"{drug} 8 ug/min", "map 75 mm[Hg]"], expected)
        out.add("a rate of 0, weight not known", OPEN, "I", rules, "open", "cardiovascular", [f"{drug} 0 ug/min", "map 75 mm[Hg]"], 0)
    for text, expected in [("0..0.1", "0..3"), ("<0.1", "3"), ("<=0.1", "3"), (">0.1", "4"), (">=0.1", "3..4"), ("0.05..0.15", "3..4")]:
        out.add("a rate that is not sharp", OPEN, "I", rules, "open", "cardiovascular", [f"norepinephrine {text} ug/kg/min", "map 75 mm[Hg]"], expected)
    # Renal is the worse of two.
    for creatinine, urine in itertools.product(["1.1", "1.2", "2.0", "3.4", "3.5", "4.9", "5.0"], [199, 200, 499, 500, 1500]):
        worst = max(points(T1996["creatinine", "mg/dL"], F(creatinine)), points(T1996["urine", "mL"], F(urine)))
        out.add("creatinine and urine", source, "A", rules, "normal", "renal", [f"creatinine {creatinine} mg/dL", f"urine {urine} mL"], worst)
    for creatinine in ["0.8", "1.2", "2.0", "3.5", "5.0"]:
        low = points(T1996["creatinine", "mg/dL"], F(creatinine))
        out.add("urine not measured", OPEN, "I", rules, "open", "renal", [f"creatinine {creatinine} mg/dL"], ends([low, 4]))
    for urine in [100, 199, 200, 499, 500, 2000]:
        out.add("creatinine not measured", OPEN, "I", rules, "open", "renal", [f"urine {urine} mL"], ends([points(T1996["urine", "mL"], F(urine)), 4]))
    # The columns of both units are not conversions of one another.
    for si, us in [("171", "1.93"), ("170", "1.92"), ("110", "1.24"), ("109", "1.23"), ("300", "3.39"), ("440", "4.98"), ("441", "4.99"), ("106", "1.2"), ("309", "3.5")]:
        for value, unit in [(si, "umol/L"), (us, "mg/dL")]:
            expected = points(T1996["creatinine", unit], F(value))
            out.add(f"creatinine in its own column {unit}", source, "A", rules, "normal", "renal", [f"creatinine {value} {unit}"], expected)
    for si, us in [("33", "1.93"), ("102", "5.96"), ("204", "11.93"), ("205", "11.99"), ("34.2", "2.0"), ("20", "1.17")]:
        for value, unit in [(si, "umol/L"), (us, "mg/dL")]:
            expected = points(T1996["bilirubin", unit], F(value))
            out.add(f"bilirubin in its own column {unit}", source, "A", rules, "normal", "liver", [f"bilirubin {value} {unit}"], expected)
    censored(out, rules, T1996, source)
    missing(out, rules, source)
    totals(out, rules, source, "A")
    return out


def cardiovascular_2(norepinephrine, epinephrine, dopamine, other, mean):
    total = F(norepinephrine) + F(epinephrine)
    if total > 0:
        found = min(4, points(T2["sum", "ug/kg/min"], total) + (1 if other or F(dopamine) > 0 else 0))
    elif other:
        found = 2
    else:
        found = points(T2["dopamine", "ug/kg/min"], F(dopamine))
    return max(found, points(T2["map", "mm[Hg]"], F(mean)))


def sofa_2():
    out = Rows("sofa-2")
    rules, source = "sofa-2", SOFA_2
    plain_edges(out, rules, {key: column for key, column in T2.items() if key[0] != "dopamine"}, source, "B")
    ratio_edges(out, rules, T2, source, "B")
    column = T2["pao2/fio2", "mm[Hg]"]
    for support in ["none", "oxygen", *ADVANCED, "ecmo_vv", "ecmo_va"]:
        for pao2 in [37, 38, 75, 76, 112, 113, 150, 151, 200]:
            given = [f"pao2 {pao2} mm[Hg]", "fio2 50 %", f"support {support}"]
            ratio = F(pao2 * 2)
            expected = 4 if support.startswith("ecmo") else ratio_points(column, ratio, support in ADVANCED)
            note = NOTE.format("i") if support.startswith("ecmo") else NOTE.format("g, h")
            out.add(f"support {support}", note, "B", rules, "normal", "respiration", given, expected)
    for pao2 in [37, 38, 75, 76, 113, 150, 151]:
        given = [f"pao2 {pao2} mm[Hg]", "fio2 50 %", "support oxygen", "ventilation_unavailable 1"]
        out.add("ventilation unavailable", NOTE.format("h"), "B", rules, "normal", "respiration", given, points(column, F(pao2 * 2)))
        both = {ratio_points(column, F(pao2 * 2), supported) for supported in (True, False)}
        out.add("support not known", OPEN, "I", rules, "open", "respiration", [f"pao2 {pao2} mm[Hg]", "fio2 50 %"], ends(both))
    # SpO2/FiO2.
    column = T2["spo2/fio2", "%"]
    for (_, _, cut), fio2 in itertools.product(column, [25, 28, 30, 32, 36, 38, 40, 45, 48, 50, 60, 75, 80]):
        for spo2 in beside(F(cut) * fio2 / 100, ["1", "0.1"]):
            if not 50 <= spo2 < 98 or (spo2 * 10) % 1 != 0:
                continue
            given = [f"spo2 {number(spo2)} %", f"fio2 {fio2} %", "support imv"]
            out.add("spo2/fio2", NOTE.format("f"), "B", rules, "normal", "respiration", given, points(column, spo2 * 100 / fio2))
    for spo2, missing_is, expected in [("97", "normal", 3), ("97.9", "normal", 3), ("98", "normal", 0), ("99", "normal", 0), ("98", "open", "0..4"), ("100", "open", "0..4")]:
        given = [f"spo2 {spo2} %", "fio2 50 %", "support imv"]
        out.add("spo2 of 98 and more", NOTE.format("f"), "B", rules, missing_is, "respiration", given, expected)
    for spo2, support in [(90, "none"), (80, "oxygen"), (60, "none"), (90, "hfnc"), (80, "hfnc"), (60, "hfnc")]:
        given = [f"spo2 {spo2} %", "fio2 50 %", f"support {support}"]
        out.add("spo2/fio2 and support", NOTE.format("h"), "B", rules, "normal", "respiration", given, ratio_points(column, F(spo2 * 2), support in ADVANCED))
    for pao2, spo2 in [(100, 80), (160, 70), (60, 97), (125, 90)]:
        given = [f"pao2 {pao2} mm[Hg]", f"spo2 {spo2} %", "fio2 40 %", "support imv"]
        out.add("pao2 before spo2", NOTE.format("f"), "B", rules, "normal", "respiration", given, points(T2["pao2/fio2", "mm[Hg]"], F(pao2 * 100, 40)))
    # Drugs.
    doses = ["0", "0.05", "0.1", "0.2", "0.201", "0.3", "0.4", "0.401", "1"]
    for first, second in itertools.product(doses, doses):
        given = [f"norepinephrine {first} ug/kg/min", f"epinephrine {second} ug/kg/min", "map 75 mm[Hg]"]
        out.add("norepinephrine and epinephrine summed", source, "B", rules, "normal", "cardiovascular", given, cardiovascular_2(first, second, "0", False, "75"))
    for dose in ["0", "0.001", "0.01", "0.199", "0.2", "0.201", "0.399", "0.4", "0.401"]:
        for drug in ["norepinephrine", "epinephrine"]:
            given = [f"{drug} {dose} ug/kg/min", "map 75 mm[Hg]"]
            out.add("norepinephrine or epinephrine alone", source, "B", rules, "normal", "cardiovascular", given, points(T2["sum", "ug/kg/min"], F(dose)))
    for first in ["0", *doses[1:]]:
        for drug in ["vasopressin 2 [U]/h", "dobutamine 3 ug/kg/min", "milrinone 0.4 ug/kg/min", "phenylephrine 20 ug/min", "dopamine 3 ug/kg/min"]:
            given = [f"norepinephrine {first} ug/kg/min", drug, "map 75 mm[Hg]"]
            dopamine = "3" if drug.startswith("dopamine") else "0"
            expected = cardiovascular_2(first, "0", dopamine, not drug.startswith("dopamine"), "75")
            out.add("with another drug", source, "B", rules, "normal", "cardiovascular", given, expected)
    for dose in ["0", "0.1", "19.9", "20", "20.01", "20.1", "39.9", "40", "40.01", "40.1", "60", "0.01", "19.99", "39.99"]:
        out.add("dopamine alone", NOTE.format("l"), "B", rules, "normal", "cardiovascular", [f"dopamine {dose} ug/kg/min", "map 75 mm[Hg]"], cardiovascular_2("0", "0", dose, False, "75"))
        for more, other, norepinephrine in [("vasopressin 2 [U]/h", True, "0"), ("norepinephrine 0.05 ug/kg/min", False, "0.05"), ("dobutamine 3 ug/kg/min", True, "0")]:
            given = [f"dopamine {dose} ug/kg/min", more, "map 75 mm[Hg]"]
            out.add("dopamine not alone", NOTE.format("l"), "B", rules, "normal", "cardiovascular", given, cardiovascular_2(norepinephrine, "0", dose, other, "75"))
    for pressure in [69, "69.9", 70, 71]:
        for drug in ["norepinephrine 0 ug/kg/min", "norepinephrine 0.05 ug/kg/min", "dopamine 0 ug/kg/min"]:
            expected = cardiovascular_2(drug.split()[1] if drug.startswith("nor") else "0", "0", "0", False, pressure)
            label, clause = ("I", "a dose of 0") if " 0 " in drug else ("B", "a drug and a pressure")
            out.add(clause, source, label, rules, "normal", "cardiovascular", [drug, f"map {pressure} mm[Hg]"], expected)
    for rate, weight in [("16", "80"), ("16.1", "80"), ("32", "80"), ("32.1", "80")]:
        given = [f"norepinephrine {rate} ug/min", f"weight {weight} kg", "map 75 mm[Hg]"]
        out.add("a rate over the weight", source, "B", rules, "normal", "cardiovascular", given, points(T2["sum", "ug/kg/min"], F(rate) / F(weight)))
    for pressure in range(38, 73):
        given = [f"map {pressure} mm[Hg]", "vasoactives_unavailable 1"]
        out.add("map while drugs are unavailable", NOTE.format("m"), "B", rules, "normal", "cardiovascular", given, points(T2["map without drugs to be had", "mm[Hg]"], F(pressure)))
    for given, organ, expected in [
        (["mechanical_circulatory_support 1", "map 75 mm[Hg]"], "cardiovascular", 4), (["mechanical_circulatory_support 0", "map 75 mm[Hg]"], "cardiovascular", 0),
        (["support ecmo_va", "map 75 mm[Hg]"], "cardiovascular", 4), (["support ecmo_vv", "map 75 mm[Hg]"], "cardiovascular", 0), (["support ecmo_vv", "map 65 mm[Hg]"], "cardiovascular", 1),
        (["support ecmo_vv"], "respiration", 4), (["support ecmo_va"], "respiration", 4), (["mechanical_circulatory_support 1"], "respiration", 0),
    ]:
        out.add("mechanical support and ecmo", NOTE.format("i, n"), "B", rules, "normal", organ, given, expected)
    # Brain.
    for motor in range(1, 7):
        out.add("motor response", NOTE.format("d"), "B", rules, "normal", "brain", [f"gcs_motor {motor} {{score}}"], points(T2["gcs_motor", "{score}"], F(motor)))
        out.add("motor response beside a total", NOTE.format("d"), "B", rules, "normal", "brain", ["gcs 14 {score}", f"gcs_motor {motor} {{score}}"], 1)
    for score in range(3, 16):
        given = [f"gcs {score} {{score}}", "delirium_drug 1"]
        out.add("a drug for delirium", NOTE.format("e"), "B", rules, "normal", "brain", given, max(1, points(T2["gcs", "{score}"], F(score))))
    out.add("a drug for delirium", NOTE.format("e"), "B", rules, "normal", "brain", ["delirium_drug 1"], 1)
    for score in [3, 8, 14, 15]:
        out.add("sedated, nothing before", NOTE.format("c"), "B", rules, "normal", "brain", ["sedated 1", f"gcs {score} {{score}}"], 0)
        out.add("sedated, nothing before", NOTE.format("c"), "I", rules, "open", "brain", ["sedated 1", f"gcs {score} {{score}}"], "0..4")
    # Kidney.
    for weight in [50, 60, 80]:
        for minutes, limits in [(360, ["0.5", "0.3"]), (720, ["0.5", "0.3"]), (1440, ["0.5", "0.3"])]:
            hours = minutes // 60
            amounts = {F(limit) * hours * weight + step for limit in limits for step in (-1, F(-1, 10), 0, F(1, 10), 1)} | {F(0), F(1)}
            for amount in sorted(amounts):
                rate = amount / hours / weight
                expected = 0
                if rate < F("0.5"):
                    expected = 2 if hours >= 12 else 1
                if hours >= 24 and rate < F("0.3") or hours >= 12 and amount == 0:
                    expected = 3
                given = [f"urine_{minutes}min {number(amount)} mL", f"weight {weight} kg"]
                out.add(f"urine over {hours} h", source, "B", rules, "normal", "renal", given, expected)
    for value, unit, potassium in itertools.product(["1.2", "1.3", "2.1"], ["mg/dL"], ["5.9", "6.0", "6.1"]):
        expected = 4 if F(value) > F("1.2") and F(potassium) >= 6 else points(T2["creatinine", unit], F(value))
        out.add("criteria of rrt, potassium", NOTE.format("p"), "B", rules, "normal", "renal", [f"creatinine {value} {unit}", f"potassium {potassium} mmol/L"], expected)
    for value, potassium in itertools.product(["110", "111"], ["5.9", "6"]):
        expected = 4 if F(value) > 110 and F(potassium) >= 6 else points(T2["creatinine", "umol/L"], F(value))
        out.add("criteria of rrt, potassium", NOTE.format("p"), "B", rules, "normal", "renal", [f"creatinine {value} umol/L", f"potassium {potassium} mmol/L"], expected)
    for value, ph, bicarbonate in itertools.product(["1.2", "1.3"], ["7.19", "7.2", "7.21"], ["11.9", "12", "12.1"]):
        met = F(value) > F("1.2") and F(ph) <= F("7.2") and F(bicarbonate) <= 12
        given = [f"creatinine {value} mg/dL", f"ph {ph} [pH]", f"bicarbonate {bicarbonate} mmol/L"]
        out.add("criteria of rrt, ph and bicarbonate", NOTE.format("p"), "B", rules, "normal", "renal", given, 4 if met else points(T2["creatinine", "mg/dL"], F(value)))
    # 0.3 mL/kg/h of 60 kg over 361 minutes is 108.3 mL.
    for minutes, amount, potassium in itertools.product([360, 361], ["107", "108", "108.2", "108.3", "109"], ["5.9", "6"]):
        rate = F(amount) * 60 / minutes / 60
        met = minutes > 360 and rate < F("0.3") and F(potassium) >= 6
        given = ["creatinine 1.0 mg/dL", f"urine_{minutes}min {amount} mL", "weight 60 kg", f"potassium {potassium} mmol/L"]
        out.add("criteria of rrt, urine", NOTE.format("p"), "B", rules, "normal", "renal", given, 4 if met else 1)
    for creatinine in ["0.8", "1.3", "3.6"]:
        out.add("rrt", NOTE.format("o, q"), "B", rules, "normal", "renal", [f"creatinine {creatinine} mg/dL", "rrt 1"], 4)
        out.add("rrt", NOTE.format("o, q"), "B", rules, "normal", "renal", [f"creatinine {creatinine} mg/dL", "rrt 0"], points(T2["creatinine", "mg/dL"], F(creatinine)))
    censored(out, rules, T2, source)
    missing(out, rules, source)
    totals(out, rules, source, "B")
    return out


def classes(ferritins, hla_drs):
    found = []
    if any(f > 4420 for f in ferritins):
        found.append("mals")
    if any(f <= 4420 for f in ferritins):
        found += ["immunoparalysis"] if any(h < 5000 for h in hla_drs) else []
        found += ["unclassified"] if any(h >= 5000 for h in hla_drs) else []
    return "/".join(found)


def response(days, last, fall):
    """Every day as far as it is known: `n`, `a..b`, `-` carried, `died`, `discharged`; days that are not over are 0 to 24."""
    low, high = [], []
    end = None
    for day in days:
        if day in ("died", "discharged"):
            end = day
        elif day == "-":
            low, high = low + low[-1:], high + high[-1:]
        else:
            a, _, b = day.partition("..")
            low, high = low + [int(a)], high + [int(b or a)]
    first = low[0], high[0]
    met = set()
    # Whatever is carried from day 1 is the same number as day 1.
    carried_first = [i > 0 and all(d == "-" for d in days[1:i + 1]) for i in range(len(low))]
    for s1 in range(first[0], first[1] + 1):
        for pick in (min, max):
            total = sum(s1 if carried_first[i] else pick(low[i], high[i]) for i in range(1, min(len(low), last)))
            rest = max(0, last - len(low))
            if end == "died":
                total += 24 * rest
            elif end == "discharged":
                stay = s1 if len(low) == 1 or carried_first[-1] else pick(low[-1], high[-1])
                total += stay * rest
            else:
                total += (0 if pick is min else 24) * rest
            met.add((last - 1) * s1 - total >= fall)
    return "unknown" if len(met) > 1 else "yes" if met.pop() else "no"


def spread(total, days):
    """A sum over days, none above 24, as even as can be."""
    return [total // days + (1 if day < total % days else 0) for day in range(days)]


def immunosep():
    out = Rows("immunosep")
    ferritins = ["900", "4419", "4419.9", "4420", "4420.1", "4420.5", "4421", "20000", ">2000", ">4419", ">4420", ">=4420", ">=4421", "<4420", "<=4420", "<4421", "4300..4420", "4300..4500", "4421..4500", "-", None]
    hla_drs = ["1200", "4999", "4999.5", "5000", "5001", "9000", "<5000", "<=5000", "<5001", ">4999", ">=5000", ">5000", "4700..5300", "4700..4999", "-", None]
    for ferritin, hla_dr in itertools.product(ferritins, hla_drs):
        if ferritin is None and hla_dr is None:
            continue
        given = ([f"ferritin {ferritin} ng/mL"] if ferritin else []) + ([f"mhla_dr {hla_dr} {{AB}}/{{cell}}"] if hla_dr else [])
        expected = classes(values(ferritin or "-", 0, 1000000, ["4420"]), values(hla_dr or "-", 0, 1000000, ["5000"]))
        sharp = all(text and text[0].isdigit() and ".." not in text for text in (ferritin, hla_dr))
        clause = "endotype" if sharp else "endotype, not measured or not sharp"
        out.add(clause, IMMUNOSEP if sharp else OPEN, "A" if sharp else "I", "immunosep", "open", "endotype", given, expected)
    for ferritin in ["4420", "4421"]:
        expected = classes([F(ferritin)], [F(5000)])
        out.add("ug/L is ng/mL", IMMUNOSEP, "A", "immunosep", "open", "endotype", [f"ferritin {ferritin} ug/L", "mhla_dr 5000 {AB}/{cell}"], expected)
    for percent in ["5", "29", "30", "80"]:
        out.add("percent positive is no receptor count", "doi 10.1016/j.xcrm.2022.100817", "B", "immunosep", "open", "endotype", ["ferritin 900 ng/mL", f"mhla_dr_positive {percent} %"], "immunoparalysis/unclassified")
    for asks, last, fall in [("response_day9", 9, 12), ("response_day15", 15, 20)]:
        days = last - 1
        for first in range(1, 25):
            for slack in [-2, -1, 0, 1]:
                total = days * first - fall - slack
                if not 0 <= total <= 24 * days:
                    continue
                course = [str(first)] + [str(n) for n in spread(total, days)]
                out.add(f"{asks}: {days}*S1 - sum >= {fall}", IMMUNOSEP, "B", "sofa-1996", "open", asks, ["days " + " ".join(course)], "yes" if slack >= 0 else "no")
        for course in [
            ["14", "9", "14", "8", "died"], ["24", "2", "2", "1", "1", "0", "0", "0", "died"], ["6", "died"], ["24", "died"], ["24", "0", "0", "died"],
            ["14", "14", "9", "4", "2", "discharged"], ["2", "2", "discharged"], ["9", "discharged"], ["9", "-", "8", "discharged"],
            ["9", "8", "7", "-", "-", "6", "-", "6", "6"], ["9", "-", "-", "7", "7", "7", "7", "7", "7"], ["9", "8", "-", "discharged"],
            ["8..10", "6", "6", "6", "6", "6", "6", "6", "6"], ["9", "6..8", "7", "7", "7", "7", "7", "7", "7"], ["8..9", "-", "-", "-", "-", "-", "-", "-", "-"],
            ["9..12", "3", "2", "1", "discharged"], ["2", "2"], ["1", "0", "0", "0"], ["24", "0", "0", "0"], ["2", "0", "0", "0", "0", "0", "0", "0"],
            ["1", "0", "0", "0", "0", "0", "0", "0", "0"], ["12"], ["20", "20", "20", "20", "20", "20", "20", "20"],
        ]:
            out.add(f"{asks}: death, discharge, gaps, not over", IMMUNOSEP, "B", "sofa-1996", "open", asks, ["days " + " ".join(course)], response(course, last, fall))
    return out


def sepsis():
    out = Rows("sepsis-3")
    three = {"yes": 1, "no": 0}
    flags = [("infection", answer) for answer in ("yes", "no", "unknown")]
    for (_, infection), emergency, count, kept in itertools.product(flags, ["yes", "unknown"], [210, 149, 99, 49], ["normal", "open"]):
        low = points(T1996["platelets", "10*9/L"], F(count))
        high = low if kept == "normal" else low + 17
        by_total = "yes" if low >= 2 else "no" if high < 2 else "unknown"
        # Not known how the patient came, the SOFA before not known either: a total below 2 is none of both ways.
        by_rise = "no" if by_total == "no" else "unknown"
        way = by_total if emergency == "yes" else by_total if by_total == by_rise else "unknown"
        expected = "no" if "no" in (infection, way) else "yes" if infection == way == "yes" else "unknown"
        given = [f"{item} {three[answer]}" for item, answer in [("infection", infection), ("emergency_admission", emergency)] if answer in three]
        out.add("sepsis", SEPSIS_3, "A", "sofa-1996", kept, "sepsis", given + [f"platelets {count} 10*9/L"], expected)
    septic = ["infection 1", "emergency_admission 1", "platelets 49 10*9/L", "map 75 mm[Hg]"]
    for drug in ["norepinephrine 0.05 ug/kg/min", "epinephrine 0.05 ug/kg/min", "dopamine 4 ug/kg/min", "vasopressin 2 [U]/h", "phenylephrine 20 ug/min", "dobutamine 4 ug/kg/min", "milrinone 0.4 ug/kg/min", "norepinephrine 0 ug/kg/min", None]:
        vasopressor = drug is not None and drug.split()[0] not in ("dobutamine", "milrinone") and drug.split()[1] != "0"
        for lactate, hypovolemia in itertools.product(["1.9", "2", "2.1", None], ["0", "1", None]):
            high = "unknown" if lactate is None else "yes" if F(lactate) > 2 else "no"
            filled = "unknown" if hypovolemia is None else "yes" if hypovolemia == "0" else "no"
            parts = [high, filled, "yes" if vasopressor else "no"]
            expected = "no" if "no" in parts else "unknown" if "unknown" in parts else "yes"
            given = septic + [drug] * (drug is not None) + [f"lactate {lactate} mmol/L"] * (lactate is not None) + [f"hypovolemia {hypovolemia}"] * (hypovolemia is not None)
            out.add("shock", SEPSIS_3, "A", "sofa-1996", "normal", "shock", given, expected)
    rates, scores, pressures = ["21", "21.9", "22", "23", None], ["13", "14", "15", None], ["99", "100", "100.1", "101", None]
    for rate, score, pressure in itertools.product(rates, scores, pressures):
        met = [None if rate is None else F(rate) >= 22, None if score is None else F(score) < 15, None if pressure is None else F(pressure) <= 100]
        surely, possibly = sum(m is True for m in met), sum(m is not False for m in met)
        expected = "yes" if surely >= 2 else "no" if possibly < 2 else "unknown"
        given = [f"{item} {value} {unit}" for item, value, unit in [("respiratory_rate", rate, "/min"), ("gcs", score, "{score}"), ("sbp", pressure, "mm[Hg]")] if value is not None]
        out.add("qsofa", SEPSIS_3, "A", "qsofa", "open", "qsofa", given, expected)
    return out


class Courses:
    """Charts of the replay format, and what is expected of some of their days."""

    HEADER = ["id", "clause", "source", "label", "options", "day", "column", "expected"]

    def __init__(self):
        self.events, self.rows, self.count = [], [], {}

    def add(self, clause, source, label, options, chart, expected):
        """`chart`: lines `minute item value unit`; `expected`: of a day the columns with what is in them."""
        slug = re.sub(r"[^a-z0-9]+", "-", clause.lower()).strip("-")
        self.count[slug] = self.count.get(slug, 0) + 1
        name = f"course-{slug}-{self.count[slug]:03}"
        for line in chart:
            minute, item, value, unit = (line.split() + ["", ""])[:4]
            self.events.append([name, minute, item, "" if value == "-" else value, unit])
        for day, columns in expected.items():
            for column, value in columns.items():
                self.rows.append([name, clause, source, label, options, day, column, str(value)])


def held(out):
    """How long a rate has to run, how long it may stop, and from when on it counts."""
    source = f"{SOFA_1996}: at least 1 h; facts: from the minute that completes 60, a stop of up to 5 does not break it"
    for rules, low, high in [("sofa-1996", 3, 4), ("sofa-2", 2, 3)]:
        small, large = ("0.05", "0.2") if rules == "sofa-1996" else ("0.05", "0.3")
        options = f"--rules {rules} --missing normal --last-day closed"
        stop = "norepinephrine 0 ug/kg/min"
        run = lambda dose: f"norepinephrine {dose} ug/kg/min"
        for start in [0, 100, 700]:
            for length, points_ in [(1, 0), (30, 0), (58, 0), (59, 0), (60, low), (61, low), (600, low)]:
                out.add("a run's first hour", source, "I", options, [f"{start} {run(small)}", f"{start + length} {stop}"], {1: {"cardiovascular": points_}})
        for pause, points_ in [(1, low), (4, low), (5, low), (6, 0), (30, 0)]:
            chart = [f"10 {run(small)}", f"50 {stop}", f"{50 + pause} {run(small)}", f"{50 + pause + 20} {stop}"]
            out.add("a stop", source, "I", options, chart, {1: {"cardiovascular": points_}})
            chart = [f"10 {run(small)}", f"30 {stop}", f"{30 + pause} {run(small)}", f"{50 + pause} {stop}", f"{50 + 2 * pause} {run(small)}", f"{80 + 2 * pause} {stop}"]
            out.add("two stops", source, "I", options, chart, {1: {"cardiovascular": points_}})
        for after, points_ in [(30, low), (59, low), (60, low)]:
            # The high rate ran only within the first hour: the minute s+59 has the low one.
            changed = min(after, 59)
            chart = [f"10 {run(large)}", f"{10 + changed} {run(small)}", f"200 {stop}"]
            out.add("rates of the first hour", source, "I", options, chart, {1: {"cardiovascular": points_}})
        chart = [f"10 {run(large)}", f"70 {run(small)}", f"200 {stop}"]
        out.add("rates of the first hour", source, "I", options, chart, {1: {"cardiovascular": high}})
        for at in [80, 199]:
            chart = [f"10 {run(small)}", f"{at} {run(large)}", f"{at + 1} {run(small)}", f"200 {stop}"]
            out.add("a minute at a higher rate", source, "I", options, chart, {1: {"cardiovascular": high}})
        chart = [f"1400 {run(small)}", f"1500 {stop}", "2900 map 80 mm[Hg]"]
        out.add("a run over midnight", source, "I", options, chart, {1: {"cardiovascular": 0}, 2: {"cardiovascular": low}, 3: {"cardiovascular": 0}})
        chart = [f"1380 {run(small)}", f"1440 {stop}", "1500 map 80 mm[Hg]"]
        out.add("a run over midnight", source, "I", options, chart, {1: {"cardiovascular": low}, 2: {"cardiovascular": 0}})
        chart = [f"100 {run(small)}", "4400 map 80 mm[Hg]"]
        out.add("a run that goes on", source, "I", options, chart, {day: {"cardiovascular": low} for day in (1, 2, 3, 4)})
        chart = [f"100 {run(small)}", "300 norepinephrine - ug/kg/min", f"1450 {stop}", "1600 map 80 mm[Hg]"]
        out.add("an empty line ends nothing", source, "I", options, chart, {1: {"cardiovascular": low}, 2: {"cardiovascular": low}})
        chart = [f"0 {run(small)}", "0 map 65 mm[Hg]"]
        out.add("a pressure with a drug", source, "I", options, chart, {1: {"cardiovascular": low}})
    options = "--rules sofa-1996 --missing normal --last-day closed"
    for weight, points_ in [(80, 3), (79, 4)]:
        out.add("a new weight", SOFA_1996, "I", options, ["0 weight 90 kg", "0 norepinephrine 8 ug/min", f"300 weight {weight} kg", "500 norepinephrine 0 ug/min"], {1: {"cardiovascular": points_}})
    # In the middle of its first hour, unknown infusions: any of four could still run.
    options = "--rules sofa-1996 --missing normal --last-day closed --infusions unknown"
    off = [f"0 {drug} 0 ug/kg/min" for drug in ("norepinephrine", "epinephrine", "dopamine", "dobutamine")]
    for keep, expected in [(0, "0..4"), (1, "0..4"), (2, "0..4"), (3, "0..2"), (4, "0")]:
        out.add("drugs never charted", OPEN, "I", options, off[:keep] + ["5 map 80 mm[Hg]"], {1: {"cardiovascular": expected}})


def pairing(out):
    source = "facts: PaO2 pairs with the last FiO2 before it"
    options = "--rules sofa-1996 --missing open --last-day closed"
    base = ["0 support imv"]
    # 80/0.4 is 200, 90/0.8 is 112.5; the lowest over the highest would be 100.
    out.add("lowest over highest", source, "A", options, base + ["10 fio2 40 %", "20 pao2 80 mm[Hg]", "30 fio2 80 %", "40 pao2 160 mm[Hg]"], {1: {"respiration": 2}})
    out.add("lowest over highest", source, "A", options, base + ["10 fio2 40 %", "20 pao2 80 mm[Hg]", "30 fio2 100 %", "40 pao2 300 mm[Hg]"], {1: {"respiration": 2}})
    out.add("the last before", source, "A", options, base + ["10 fio2 40 %", "20 fio2 50 %", "30 pao2 80 mm[Hg]"], {1: {"respiration": 3}})
    out.add("the last before", source, "A", options, base + ["10 fio2 50 %", "20 fio2 40 %", "30 pao2 80 mm[Hg]", "31 fio2 50 %"], {1: {"respiration": 2}})
    out.add("of one minute what holds acts first", source, "I", options, base + ["10 fio2 40 %", "30 pao2 80 mm[Hg]", "30 fio2 50 %"], {1: {"respiration": 3}})
    out.add("of one minute the last holds", source, "I", options, base + ["30 fio2 50 %", "30 pao2 80 mm[Hg]", "30 fio2 40 %"], {1: {"respiration": 2}})
    out.add("fio2 has no age limit", source, "I", options, base + ["10 fio2 50 %", "2000 pao2 80 mm[Hg]"], {2: {"respiration": 3}})
    # No FiO2 yet: 21 to 100 %, so 80 to 381.
    out.add("fio2 not yet charted", source, "I", options, base + ["10 pao2 80 mm[Hg]", "20 fio2 21 %"], {1: {"respiration": "1..4"}})
    out.add("a late pao2", source, "I", options, base + ["10 fio2 50 %", "100 map 80 mm[Hg]", "50 pao2 80 mm[Hg]"], {1: {"respiration": "1..4"}})
    out.add("support of its minute", source, "A", options, ["0 support oxygen", "0 fio2 50 %", "10 pao2 60 mm[Hg]", "20 support imv"], {1: {"respiration": 2}})
    out.add("support of its minute", source, "A", options, ["0 support imv", "0 fio2 50 %", "10 pao2 60 mm[Hg]", "20 support none"], {1: {"respiration": 3}})
    out.add("support of its minute", source, "A", options, ["0 support oxygen", "0 fio2 50 %", "10 support imv", "10 pao2 60 mm[Hg]"], {1: {"respiration": 3}})
    out.add("the worst of the day", SOFA_1996, "A", options, base + ["0 fio2 50 %", "10 pao2 160 mm[Hg]", "20 pao2 45 mm[Hg]", "30 pao2 200 mm[Hg]"], {1: {"respiration": 4}})
    any_support = options + " --support any"
    out.add("support not asked for", "facts: a parameter, as some registries", "I", any_support, ["0 support none", "0 fio2 50 %", "10 pao2 49 mm[Hg]"], {1: {"respiration": 4}})
    out.add("support not asked for", "facts: a parameter, as some registries", "I", any_support, ["0 fio2 50 %", "10 pao2 99 mm[Hg]"], {1: {"respiration": 3}})
    two = "--rules sofa-2 --missing open --last-day closed"
    out.add("sofa-2: pairing", source, "B", two, base + ["10 fio2 40 %", "20 pao2 60 mm[Hg]", "30 fio2 100 %", "40 pao2 230 mm[Hg]"], {1: {"respiration": 3}})
    out.add("sofa-2: a saturation of another minute", NOTE.format("f"), "I", two, base + ["10 fio2 50 %", "20 pao2 160 mm[Hg]", "30 spo2 90 %"], {1: {"respiration": 3}})
    out.add("sofa-2: a saturation of the same minute", NOTE.format("f"), "B", two, base + ["10 fio2 50 %", "20 pao2 160 mm[Hg]", "20 spo2 90 %"], {1: {"respiration": 0}})


def days(out):
    one = "--rules sofa-1996 --missing {} --last-day closed"
    # Day 2 has no platelets: open, normal, or what day 1 had.
    chart = ["0 platelets 90 10*9/L", "1500 map 80 mm[Hg]", "3000 platelets 160 10*9/L", "4400 map 80 mm[Hg]"]
    for kept, second, fourth in [("open", "0..4", "0..4"), ("normal", "0", "0"), ("carry", "2", "0")]:
        out.add("a day without a value", "facts: missing is the caller's choice", "I", one.format(kept), chart, {1: {"coagulation": 2}, 2: {"coagulation": second}, 3: {"coagulation": 0}, 4: {"coagulation": fourth}})
    out.add("carried twice", NOTE.format("b"), "B", "--rules sofa-2 --missing carry --last-day closed", ["0 platelets 90 10*9/L", "1500 map 80 mm[Hg]", "3000 map 80 mm[Hg]"], {1: {"coagulation": 2}, 2: {"coagulation": 2}, 3: {"coagulation": 2}})
    out.add("the last minute of a day", "replay format", "I", one.format("normal"), ["1439 platelets 90 10*9/L", "1440 platelets 30 10*9/L"], {1: {"coagulation": 2}, 2: {"coagulation": 3}})
    out.add("a late result counts in its own day", "replay format", "I", one.format("normal"), ["100 map 80 mm[Hg]", "50 platelets 90 10*9/L"], {1: {"coagulation": 2}})
    out.add("the worst of the day", SOFA_1996, "A", one.format("normal"), ["0 platelets 160 10*9/L", "10 platelets 45 10*9/L", "20 platelets 200 10*9/L", "30 gcs 15 {score}", "40 gcs 9 {score}", "50 gcs 14 {score}"], {1: {"coagulation": 3, "brain": 3, "total": 6}})
    for late, expected in [(1439, 4), (1440, 3)]:
        out.add("urine of a day", SOFA_1996, "A", one.format("normal"), ["0 urine 100 mL", f"{1438} urine 99 mL"] + ([f"{late} urine 0 mL"] if late < 1440 else ["1439 urine 1 mL", "1440 urine 300 mL"]), {1: {"renal": expected}})
    out.add("urine, the day not over", SOFA_1996, "I", "--rules sofa-1996 --missing normal", ["0 urine 100 mL", "600 urine 50 mL"], {1: {"renal": "0..4", "closed": "no"}})
    out.add("urine, the day not over", SOFA_1996, "I", "--rules sofa-1996 --missing normal", ["0 urine 300 mL"], {1: {"renal": "0..3"}})
    out.add("urine, the day not over", SOFA_1996, "I", "--rules sofa-1996 --missing normal", ["0 urine 500 mL"], {1: {"renal": "0"}})
    out.add("a gcs that can not be assessed", "facts: an unassessable GCS is not 15", "A", one.format("normal"), ["0 gcs - {score}"], {1: {"brain": "0..4"}})
    out.add("a gcs that can not be assessed", "facts: an unassessable GCS is not 15", "A", one.format("normal"), ["0 gcs - {score}", "10 gcs 14 {score}"], {1: {"brain": "1"}})
    out.add("sedated, as charted in 1996", "facts: a charted GCS is scored as charted", "I", one.format("normal"), ["0 sedated 1", "10 gcs 5 {score}"], {1: {"brain": 4}})
    out.add("change", SOFA_1996, "A", one.format("normal"), ["0 platelets 45 10*9/L", "1500 platelets 120 10*9/L"], {1: {"change": 0}, 2: {"change": -2}})
    out.add("change between what is open", OPEN, "I", one.format("normal"), ["0 platelets 90..110 10*9/L", "1500 platelets 10 10*9/L"], {1: {"coagulation": "1..2"}, 2: {"change": "2..3"}})
    for baseline, platelets, expected in [("", 99, "unknown"), ("", 149, "no"), (" --baseline 0", 99, "yes"), (" --baseline 0", 149, "no"), (" --baseline 1", 99, "no"), (" --baseline 1", 49, "yes"), (" --baseline 24", 10, "no")]:
        out.add("a rise in hospital", SEPSIS_3, "A", one.format("normal") + baseline, ["0 infection 1", "0 emergency_admission 0", f"5 platelets {platelets} 10*9/L"], {1: {"sepsis": expected}})
    out.add("the last of a marker", "replay format", "I", one.format("open"), ["0 ferritin >2000 ng/mL", "5 mhla_dr 3000 {AB}/{cell}", "100 ferritin 4420 ng/mL", "1500 ferritin 4421 ng/mL", "3000 ferritin - ng/mL"], {1: {"endotype": "immunoparalysis"}, 2: {"endotype": "mals"}, 3: {"endotype": "mals"}})
    out.add("neither marker", "replay format", "I", one.format("open"), ["0 map 80 mm[Hg]"], {1: {"endotype": "-"}})
    two = "--rules sofa-2 --missing {} --last-day closed"
    out.add("sofa-2: the last before sedation", NOTE.format("c"), "B", two.format("carry"), ["0 gcs 14 {score}", "60 sedated 1", "100 gcs 3 {score}", "1500 gcs 3 {score}"], {1: {"brain": 1}, 2: {"brain": 1}})
    out.add("sofa-2: the last before sedation", NOTE.format("c"), "B", two.format("carry"), ["0 gcs 14 {score}", "60 sedated 1", "100 gcs 3 {score}", "200 sedated 0", "300 gcs 11 {score}"], {1: {"brain": 2}})
    out.add("sofa-2: delirium drug of one day", NOTE.format("e"), "B", two.format("carry"), ["0 gcs 15 {score}", "60 delirium_drug 1", "120 delirium_drug 0", "1500 gcs 15 {score}"], {1: {"brain": 1}, 2: {"brain": 0}})
    out.add("sofa-2: rrt until it has ended", NOTE.format("q"), "B", two.format("carry"), ["0 rrt 1", "1500 map 80 mm[Hg]", "3000 rrt 0", "4400 creatinine 1.0 mg/dL"], {1: {"renal": 4}, 2: {"renal": 4}, 3: {"renal": 4}, 4: {"renal": 0}})
    out.add("sofa-2: ecmo until it has ended", NOTE.format("i"), "B", two.format("carry"), ["0 support ecmo_va", "1500 support imv", "3000 map 80 mm[Hg]"], {1: {"respiration": 4, "cardiovascular": 4}, 2: {"respiration": 4, "cardiovascular": 4}, 3: {"respiration": 0, "cardiovascular": 0}})
    out.add("sofa-2: no endpoint", IMMUNOSEP, "A", two.format("carry"), ["0 map 80 mm[Hg]"], {1: {"response": "-"}})
    out.add("sofa-2: urine over midnight", SOFA_2, "B", two.format("normal"), ["0 weight 60 kg", "1200 urine 200 mL", "1560 urine 179 mL"], {1: {"renal": 0}, 2: {"renal": 1}})
    out.add("sofa-2: urine over midnight", SOFA_2, "B", two.format("normal"), ["0 weight 60 kg", "1200 urine 200 mL", "1560 urine 180 mL"], {2: {"renal": 0}})
    out.add("both editions", SOFA_2, "B", two.format("normal"), ["0 platelets 80 10*9/L", "0 creatinine 1.2 mg/dL", "0 norepinephrine 0.15 ug/kg/min"], {1: {"coagulation": 3, "renal": 0, "cardiovascular": 2, "total": 5}})
    out.add("both editions", SOFA_1996, "A", one.format("normal"), ["0 platelets 80 10*9/L", "0 creatinine 1.2 mg/dL", "0 norepinephrine 0.15 ug/kg/min"], {1: {"coagulation": 2, "renal": 1, "cardiovascular": 4, "total": 7}})


def whole(out):
    """Whole courses to the endpoint: each day's organs from `levels`, each total by design."""
    table = levels("sofa-1996")
    options = "--rules sofa-1996 --missing normal --last-day closed"
    organs = ["coagulation", "liver", "brain", "renal", "respiration", "cardiovascular"]

    def chart(totals_):
        lines, expected = ["0 fio2 50 %", "0 support imv"], {}
        for day, total in enumerate(totals_, 1):
            start, left, columns = 1440 * (day - 1), total, {"total": total}
            for organ in organs:
                level = min(4, left)
                left -= level
                columns[organ] = level
                for part in table[organ][level]:
                    item, *rest = part.split()
                    lines.append(f"{start + 60} {item} {' '.join(rest)}")
                    if rest[-1] == "ug/kg/min":
                        # It has counted for an hour when it is stopped.
                        lines.append(f"{start + 180} {item} 0 ug/kg/min")
            lines[2:] = sorted(lines[2:], key=lambda line: int(line.split()[0]))
            expected[day] = columns
        return lines, expected

    for first in [2, 3, 5, 8, 9, 12, 17, 24]:
        for slack in [-1, 0]:
            total = 8 * first - 12 - slack
            course = [first] + spread(total, 8)
            lines, expected = chart(course)
            expected[9]["response"] = "yes" if slack == 0 else "no"
            expected[9]["change"] = course[8] - first
            out.add("whole course, day 9", IMMUNOSEP, "B", options, lines, expected)
    for course, end, answer in [([14, 9, 4, 2], "discharge", "yes"), ([24, 2, 1], "death", "yes"), ([6, 9], "death", "no"), ([9, 7], "discharge", "yes"), ([9, 8], "discharge", "no"), ([10, 9, 9, 8], "discharge", "yes")]:
        lines, expected = chart(course)
        lines.append(f"{1440 * len(course) - 100} {end} 1")
        # Carried is the last day, dead is 24.
        rest = 24 if end == "death" else course[-1]
        full = course + [rest] * (9 - len(course))
        assert ("yes" if 8 * full[0] - sum(full[1:]) >= 12 else "no") == answer, (course, end)
        expected[len(course)]["response"] = answer
        out.add(f"whole course, {end}", IMMUNOSEP, "B", options, lines, expected)


def restored(out):
    options = "--rules sofa-1996 --missing open --last-day closed --immune --gap 1440 --age 2880"
    start = ["0 ferritin {} ng/mL", "0 mhla_dr {} {{AB}}/{{cell}}", "60 first_dose anakinra"]
    line = lambda ferritin, hla: [start[0].format(ferritin), start[1].format(hla), start[2]]
    for now, expected in [(8500, "yes"), ("8500.1", "no"), (8501, "no"), (8499, "yes"), (20000, "no")]:
        out.add("restored, mals: fell by 15 %", IMMUNOSEP, "B", options, line(10000, 9000) + [f"1500 ferritin {now} ng/mL"], {1: {"entry": "mals", "restored": "unknown"}, 2: {"entry": "mals", "restored": expected}})
    for ferritin, hla, expected in [(4419, 8001, "yes"), (4420, 8001, "no"), (4419, 8000, "no"), (900, 15000, "yes"), (4421, 8001, "no")]:
        chart = line(900, 4999) + [f"1500 ferritin {ferritin} ng/mL", f"1500 mhla_dr {hla} {{AB}}/{{cell}}"]
        out.add("restored, immunoparalysis: > 8000 and < 4420", IMMUNOSEP, "B", options, chart, {2: {"entry": "immunoparalysis", "restored": expected, "switched": "yes" if ferritin > 4420 else "no"}})
    for hla, stage in [(15000, "competent"), (14999, "impaired"), (8001, "impaired"), (8000, "severe"), (5000, "severe"), (4999, "immunoparalysis")]:
        out.add("stage", "doi 10.3389/fimmu.2023.1130214", "B", options, [f"0 mhla_dr {hla} {{AB}}/{{cell}}"], {1: {"stage": stage}})


def write(path, header, rows):
    with open(path, "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


# By how much a cut-off is moved: two of the finest steps with which the vectors go by it.
SHIFTS = {
    "gcs": "2", "gcs_motor": "2", "map without drugs to be had": "2", "spo2/fio2": "0.4", "norepinephrine": "0.002", "epinephrine": "0.002",
    "sum": "0.002", "dobutamine": "0.2",
}


def pinned():
    """Every cut-off is held by a vector: moved by a hair, or made strict or not strict, it changes what is expected of one at least."""
    global ANOTHER
    other = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
    count = 0
    for table, make in [(T1996, sofa_1996), (T2, sofa_2)]:
        ANOTHER = (None, None)
        expected = [row[-1] for row in make().rows]
        for name, column in table.items():
            for at, (p, op, cut) in enumerate(column):
                hair = F(SHIFTS.get(name[0], "0.02" if F(cut) < 20 else "0.2"))
                for change in [(p, other[op], cut), (p, op, str(F(cut) + hair)), (p, op, str(F(cut) - hair))]:
                    if name[1] == "ug/kg/min" and F(change[2]) < 0:
                        continue
                    ANOTHER = (column, [*column[:at], change, *column[at + 1:]])
                    if [row[-1] for row in make().rows] == expected:
                        sys.exit(f"no vector holds {name} {op} {cut} for {p}: {change}")
                    count += 1
    ANOTHER = (None, None)
    print(f"{count} changes of {sum(len(c) for t in (T1996, T2) for c in t.values())} cut-offs are found")


def main():
    if sys.argv[1:] == ["--pinned"]:
        return pinned()
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "v1")
    for rows in [sofa_1996(), sofa_2(), immunosep(), sepsis()]:
        write(os.path.join(folder, f"{rows.name}.csv"), Rows.HEADER, rows.rows)
        print(f"{rows.name}.csv: {len(rows.rows)} rows")
    courses = Courses()
    for part in [held, pairing, days, whole, restored]:
        part(courses)
    write(os.path.join(folder, "courses.csv"), Courses.HEADER, courses.rows)
    write(os.path.join(folder, "courses-charts.csv"), ["patient", "minute", "item", "value", "unit"], courses.events)
    print(f"courses.csv: {len(courses.rows)} expectations, {len(courses.events)} events")


if __name__ == "__main__":
    main()
