#!/usr/bin/env python3
"""gen.py SEED N: N patients of well-formed, adversarial replay CSV on standard output; the same SEED gives the same bytes.

At most 3 decimals, 6 in rates in ug/kg/min; 5 where one value is compared alone (the crate rounds a ratio or a sum that is
finer than its ticks outward). Never: an empty set (`<0`, gcs `>15`, `>` the top of a range), a blank line.
"""
import random
import re
import sys
from decimal import Decimal as D

SUPPORT = ("none", "oxygen", "hfnc", "cpap", "niv", "imv", "home_vent", "ecmo_vv", "ecmo_va")
DAY = 1440


def plain(x):
    """A decimal without exponent; 1.200 may stay 1.200."""
    return format(x, "f")


ALONE = ("platelets", "bilirubin", "creatinine", "map", "lactate", "ferritin", "mhla_dr")


def finer(rng, item, value):
    """Sometimes a hair above what was charted, between two of the crate's ticks."""
    found = re.fullmatch(r"([<>=]*[0-9]+)(?:\.([0-9]{1,3}))?", value)
    if item in ALONE and found and rng.random() < 0.06:
        return f"{found[1]}.{found[2] or '':0<3}{rng.choice(('04', '96'))}"
    return value


def blanks(rng, value, unit):
    """Sometimes blanks around a value, after its comparator and around `..`."""
    if unit == "" or rng.random() >= 0.04:  # words have none
        return value
    parts = re.findall(r"[<>]=?|\.\.|[0-9]+(?:\.[0-9]+)?", value)
    return "".join(rng.choice(("", " ", "\t", "  ")) + part for part in [*parts, ""])


class Patient:
    def __init__(self, rng, name):
        self.rng, self.name, self.events = rng, name, []

    # -- small helpers ----------------------------------------------------------------------------------------------

    def pick(self, *choices):
        return self.rng.choice(choices)

    def chance(self, p):
        return self.rng.random() < p

    def minute(self, day):
        r = self.rng
        return DAY * (day - 1) + (r.choice((0, 1, 59, 60, 719, 720, 1438, 1439)) if self.chance(0.15) else r.randrange(DAY))

    def add(self, minute, item, value, unit=""):
        if 0 <= minute <= 5256000:
            self.events.append((minute, minute, item, str(value), unit))

    def lab(self, minute, item, value, unit, late=0.25):
        """A measured value; it may arrive later in its day."""
        if not 0 <= minute <= 5256000:
            return
        arrival = minute
        if self.chance(late):
            arrival = self.rng.randint(minute, min(minute + self.pick(1, 30, 300, 1440), minute // DAY * DAY + DAY - 1))
        self.events.append((arrival, minute, item, str(value), unit))

    def near(self, edge, decimals=3):
        """The edge, or a step of some decimal place off it."""
        edge = D(str(edge))
        step = D(1).scaleb(-self.rng.randint(0, decimals))
        x = edge + self.pick(0, 0, 1, -1) * step
        return x if x > 0 else edge

    def form(self, x, decimals=3, exact=0.6, top=None, floor=D(0)):
        """x charted in one of the forms of a value."""
        x = D(x)
        if self.chance(exact):
            return plain(x)
        kind = self.rng.randrange(7)
        step = D(1).scaleb(-self.rng.randint(0, decimals)) * self.pick(0, 1, 5)
        if kind == 0 and x > floor:
            return "<" + plain(x)
        if kind == 1 and x > floor:
            return "<=" + plain(x)
        if kind == 2 and (top is None or x < top):
            return ">" + plain(x)
        if kind == 3 and (top is None or x < top):
            return ">=" + plain(x)
        if kind == 4 and (top is None or x + step <= top):
            return f"{plain(x)}..{plain(x + step)}"
        if kind == 5 and x - step >= floor:
            return f"{plain(x - step)}..{plain(x)}"
        if kind == 6:
            return ""
        return plain(x)

    # -- themes -----------------------------------------------------------------------------------------------------

    def lungs(self, days):
        r = self.rng
        with_fio2, with_support, unit_kpa = self.chance(0.8), self.chance(0.75), self.chance(0.4)
        for day in days:
            if self.chance(0.15):
                continue
            m = self.minute(day)
            for _ in range(r.randint(1, 5)):
                m = self.pick(m, m + 1, m + r.randint(0, 120), self.minute(day))
                m = min(m, DAY * day - 1)
                if with_support and self.chance(0.5):
                    for _ in range(self.pick(1, 1, 1, 2, 3)):
                        self.add(m, "support", r.choice(SUPPORT))
                fio2 = D(self.pick("21", "25", "30", "40", "50", "60", "62.5", "80", "100", "15", "33.3", "99.9", "21.1"))
                if with_fio2 and self.chance(0.7):
                    for _ in range(self.pick(1, 1, 1, 2, 3)):
                        shown = fio2 if self.chance(0.8) else D(r.randint(21, 100))
                        if self.chance(0.4):
                            self.add(m, "fio2", self.form(shown / 100, 3, 0.75, D(1), D("0.15")), "1")
                        else:
                            self.add(m, "fio2", self.form(shown, 3, 0.75, D(100), D(15)), "%")
                if self.chance(0.85):
                    kpa = unit_kpa or self.chance(0.2)
                    cut = D(self.pick("53.3", "40", "26.7", "13.3") if kpa else self.pick("400", "300", "200", "100"))
                    pao2 = cut * fio2 / 100
                    pao2 = pao2.quantize(D("0.001")).normalize() if pao2 != pao2.quantize(D(1)) else pao2.quantize(D(1))
                    pao2 = self.near(pao2)
                    self.lab(m, "pao2", self.form(pao2, top=D(150 if kpa else 1000)), "kPa" if kpa else "mm[Hg]", 0.2)

    EDGES = {
        "platelets": (("10*9/L", (20, 50, 100, 150)), ("10*3/uL", (20, 50, 100, 150))),
        "bilirubin": (("mg/dL", ("1.2", "2.0", "6.0", "12.0", "1.95", "5.9")), ("umol/L", (20, 33, 102, 204, 205, 101, 32))),
        "creatinine": (("mg/dL", ("1.2", "2.0", "3.5", "5.0", "1.93")), ("umol/L", (110, 171, 300, 440, 441, 170, 299))),
        "map": (("mm[Hg]", (70, 70, 69, 65)),),
    }

    def labs(self, days):
        for item, columns in self.EDGES.items():
            for day in days:
                if self.chance(0.3):
                    continue
                for _ in range(self.pick(1, 1, 1, 2, 4)):
                    unit, edges = self.rng.choice(columns)
                    self.lab(self.minute(day), item, self.form(self.near(self.rng.choice(edges))), unit)

    def brain(self, days):
        for day in days:
            style = self.pick("none", "empty", "one", "one", "some", "all")
            if style == "none":
                continue
            for _ in range(self.pick(1, 2, 3)):
                m = self.minute(day)
                if style == "empty" or (style == "some" and self.chance(0.4)):
                    self.lab(m, "gcs", "", "{score}")
                else:
                    score = self.rng.randint(3, 15)
                    low, high = sorted((score, self.rng.randint(3, 15)))
                    forms = [str(score)] * 6 + [f"{low}..{high}", f">={score}", f"<={score}"]
                    forms += [f"<{score}"] if score > 3 else []
                    forms += [f">{score}"] if score < 15 else []
                    self.lab(m, "gcs", self.rng.choice(forms) if style != "one" else str(score), "{score}")
                if self.chance(0.3):
                    self.lab(m, "gcs_motor", self.pick("1", "6", "<4", "<=1", ">5", ">=6", "2..5", ""), "{score}")
            if self.chance(0.2):
                self.add(self.minute(day), "sedated", self.pick("0", "1"))

    def urine(self, days):
        for day in days:
            if self.chance(0.25):
                continue
            total = D(self.pick("199", "200", "201", "499", "500", "501", "199.999", "499.999", "200.001", "0", "1500"))
            parts = self.rng.randint(1, 5)
            cuts = sorted(self.rng.randint(0, int(total * 1000)) for _ in range(parts - 1))
            cuts = [D(c) / 1000 for c in cuts] if self.chance(0.5) else [D(c // 1000) for c in cuts]
            ends = [D(0), *cuts, total]
            for a, b in zip(ends, ends[1:]):
                text = plain(b - a)
                if self.chance(0.12):
                    text = self.form(b - a, exact=0)
                self.lab(self.minute(day), "urine", text, "mL", 0.3)
            if self.chance(0.1):
                self.lab(self.minute(day), "urine", "", "mL", 0.3)

    ON = (1, 2, 5, 30, 53, 54, 55, 56, 58, 59, 59, 60, 60, 60, 61, 61, 62, 90, 200)
    OFF = (1, 3, 4, 5, 5, 6, 6, 7, 59, 60, 61)
    DOSES = {"norepinephrine": ("0.1",), "epinephrine": ("0.1",), "dopamine": ("5", "15"), "dobutamine": ("5", "0.5")}

    def rate(self, drug, weight, may_be_off=True):
        """(value, unit) of a running scored drug, near a cut-off."""
        dose = D(self.rng.choice(self.DOSES[drug]))
        if weight is not None and self.chance(0.85) or weight is None and self.chance(0.15):
            unit, decimals = "ug/min", 3
            x = (dose * (weight or D(70))).quantize(D("0.001"))
        else:
            unit, decimals, x = "ug/kg/min", 6, dose
        x = self.near(x, decimals)
        if x > 1000:
            x = D(1000)
        r = self.rng.random()
        if r < 0.72:
            return plain(x), unit
        if r < 0.80:
            return "<" + plain(x), unit
        if r < 0.84:
            return "<=" + plain(x), unit
        if r < 0.88:
            return self.pick(">", ">=") + plain(x), unit
        if r < 0.92:
            return f"{plain(x)}..{plain(x + D(1).scaleb(-self.rng.randint(0, decimals)))}", unit
        if r < 0.94:
            return "", unit
        if not may_be_off:
            return plain(x), unit
        return self.pick(f"0..{plain(x)}", f"0..{plain(x)}", f"0..{plain(x)}", ">=0", ">0", "0..0", "0"), unit

    def infusions(self, days):
        r = self.rng
        weights = self.chance(0.35)  # rates per minute in this patient
        drugs = r.sample(tuple(self.DOSES), self.pick(1, 1, 2, 3, 4))
        weight = None
        weight_days = {}
        if weights:
            for day in days:
                if self.chance(0.6):
                    weight = self.pick(D(70), D("70.5"), D("82.25"), D(100), D("3.5"))
                    weight_days[day] = weight
                    for _ in range(self.pick(1, 1, 2, 3)):
                        w = weight if self.chance(0.6) else D(r.randint(40, 120))
                        m = self.minute(day)
                        for _ in range(self.pick(1, 1, 1, 2)):
                            self.add(m, "weight", self.form(w, 2, 0.75, D(1000), D(1)), "kg")
                            w += self.pick(0, 1, -1)
        for drug in drugs:
            for _ in range(self.pick(1, 1, 2, 3)):
                day = r.choice(days)
                known = weight_days.get(day, weight) if weights else None
                m = self.minute(day)
                if self.chance(0.35):  # around midnight
                    m = DAY * day - self.pick(1, 2, 4, 5, 6, 30, 58, 59, 60, 61, 62)
                last_on = m
                for _ in range(self.pick(1, 1, 2, 3, 5)):
                    value, unit = self.rate(drug, known)
                    self.add(m, drug, value, unit)
                    length, last_on = r.choice(self.ON), m
                    if self.chance(0.4):  # a change of rate within the run
                        value, unit = self.rate(drug, known)
                        self.add(m + r.randint(0, length), drug, value, unit)
                    if self.chance(0.2) and weights:
                        self.add(m + r.randint(0, length), "weight", plain((known or D(70)) + self.pick(0, 1, -1, 10)), "kg")
                    if self.chance(0.2):
                        self.same_minute(m, drug, known)
                    m += length
                    if self.chance(0.9):
                        self.add(m, drug, self.pick("0", "0", "0", "0.0", "0..0"), self.pick("ug/kg/min", "ug/min"))
                        if self.chance(0.2):
                            self.same_minute(m, drug, known)
                    m += r.choice(self.OFF)
                if self.chance(0.5):
                    self.add(m, drug, *self.rate(drug, known, False))  # left running
                    last_on = m
                if self.chance(0.6):  # something that sets the clock near the first minute that counts
                    self.lab(last_on + self.pick(57, 58, 59, 60, 61), "spo2", "95", "%", 0)

    def same_minute(self, m, drug, weight):
        for _ in range(self.pick(1, 2)):
            if self.chance(0.4):
                self.add(m, drug, "0", "ug/kg/min")
            else:
                self.add(m, drug, *self.rate(drug, weight))

    def sepsis(self, days):
        r = self.rng
        if self.chance(0.35):  # a plain shock, so that the answer yes is met often
            day = r.choice(days)
            m = self.minute(day) // 2 * 2
            m = min(m, DAY * day - 130)
            self.add(m, "infection", "1")
            self.add(m, "emergency_admission", self.pick("1", "1", "0"))
            self.add(m, "hypovolemia", "0")
            self.lab(m, "platelets", self.pick("49", "99", "100"), "10*9/L")
            self.add(m, self.pick("norepinephrine", "dopamine", "epinephrine"), "0.1", "ug/kg/min")
            self.lab(m + self.pick(58, 59, 60), "lactate", self.pick("2", "2.001", "3", ">2"), "mmol/L", 0.1)
        if self.chance(0.85):
            for day in days:
                if self.chance(0.6):
                    m = self.minute(day)
                    for _ in range(self.pick(1, 1, 2)):
                        self.add(m, "infection", self.pick("0", "1", "1"))
                    if self.chance(0.2):
                        self.add(DAY * day, "infection", "0")
        if self.chance(0.6):
            for day in days[:1] if self.chance(0.8) else days:
                self.add(self.minute(day), "emergency_admission", self.pick("0", "1"))
        for day in days:
            if self.chance(0.6):
                m = self.minute(day)
                for _ in range(self.pick(1, 1, 2)):
                    self.add(m, "hypovolemia", self.pick("0", "0", "0", "1"))
            start = self.minute(day)
            if self.chance(0.6):
                drug = self.pick("norepinephrine", "epinephrine", "dopamine", "vasopressin", "phenylephrine",
                                 "other_vasoactive", "dobutamine", "milrinone")
                unit = "ug/kg/min" if drug in self.DOSES else self.pick("[U]/h", "[U]/min", "ug/min", "mg/h", "ug/kg/min", "mg/d", "ng/kg/s")
                self.add(start, drug, self.pick("0.1", "0.03", "2", "<1", ">1", ">=0.5", "0..2", "0.01..3", ""), unit)
                if self.chance(0.5):
                    self.add(start + r.choice(self.ON), drug, "0", unit)
                    if self.chance(0.3):
                        self.add(start + 70 + self.pick(4, 5, 6), drug, "1", unit)
            for _ in range(self.pick(0, 1, 1, 2, 4)):
                m = start + self.pick(0, 30, 58, 59, 60, 61, 65, 66, 120)
                m = self.minute(day) if self.chance(0.25) or m >= DAY * day else m
                value = self.pick("2", "2.0", "2.001", "1.999", "4", "4", "0.9", "<2", "<=2", ">2", ">=2", "<2.001",
                                  "1.5..2", "2..3", "2.001..9", "<2.5", "")
                if self.chance(0.2):
                    self.add(m, "hypovolemia", self.pick("0", "1"))
                self.lab(m, "lactate", value, "mmol/L", 0.2)

    def immune(self, days):
        for day in days:
            for item, unit, edge in (("ferritin", self.pick("ng/mL", "ug/L"), 4420), ("mhla_dr", "{AB}/{cell}", 5000)):
                if self.chance(0.5):
                    continue
                for _ in range(self.pick(1, 1, 2, 3)):
                    x = self.near(edge) if self.chance(0.75) else D(self.pick("900", "2000", "12000", "8000", "0", "1.20"))
                    self.lab(self.minute(day), item, self.form(x, exact=0.5, top=D(1000000)), unit, 0.3)
            if self.chance(0.3):
                self.add(self.minute(day), "first_dose", self.pick("anakinra", "interferon_gamma", "placebo", "other"))
            if self.chance(0.2):
                self.lab(self.minute(day), "mhla_dr_positive", self.form(D(29), top=D(100)), "%")

    def noise(self, days):
        for _ in range(self.rng.randint(1, 12)):
            m = self.minute(self.rng.choice(days))
            item, unit, x, top = self.pick(
                ("spo2", "%", "97", 100), ("sbp", "mm[Hg]", "100", 300), ("respiratory_rate", "/min", "22", 100),
                ("potassium", "mmol/L", "6.0", 15), ("bicarbonate", "mmol/L", "12", 60), ("ph", "[pH]", "7.20", 8),
                ("lymphocytes", "10*9/L", "0.9", 100), ("lymphocytes", "/uL", "900", 9000), ("neutrophils", "10*9/L", "1.5", 100),
                ("neutrophils", "/uL", "1500", 9000), ("lymphocytes_fraction", "%", "12.5", 100),
                ("hemoglobin", "g/dL", "7.1", 25), ("hemoglobin", "g/L", "71", 250))
            self.lab(m, item, self.form(D(x), top=D(top)), unit)
            if self.chance(0.4):
                self.add(m, self.pick("rrt", "mechanical_circulatory_support", "delirium_drug", "ventilation_unavailable",
                                      "vasoactives_unavailable", "covid19", "sedated"), self.pick("0", "1"))

    VALUES = {  # a value for 0 to 4 points
        "platelets": (("10*9/L", ("150", "149.999", "99", "20", "19.9")), ("10*3/uL", ("400", "100", "50", "49.999", "5"))),
        "bilirubin": (("mg/dL", ("1.19", "1.2", "5.999", "11.9", "12")), ("umol/L", ("19", "20", "101.9", "204", "204.001"))),
        "creatinine": (("mg/dL", ("1.1", "1.999", "2.0", "4.9", "5.0")), ("umol/L", ("109", "170", "299", "440", "441"))),
        "gcs": (("{score}", ("15", "14", "10", "6", "3")),),
    }

    def course(self, days, sparse):
        """A full set of values on each day, so that totals are known; a mean fall of 11/8, 12/8 or 13/8 or far from it."""
        r = self.rng
        first, gaps = r.randint(0, 21), self.pick(0, 0, 0.01, 0.05)
        fall = self.pick(11, 12, 12, 13, 11, -20, 60, r.randint(0, 30))
        rest = [0] * 8
        for _ in range(max(0, 8 * first - fall)):
            open_days = [i for i in range(8) if rest[i] < 21]
            if open_days:
                rest[r.choice(open_days)] += 1
        self.add(0, "fio2", "50", "%")
        self.add(0, "support", self.pick("imv", "niv", "ecmo_vv"))
        for day in days:
            total = first if day == 1 else rest[day - 2] if day <= 9 else r.randint(0, 21)
            points = [0] * 6
            while sum(points) < total:
                i = r.choice([i for i in range(6) if points[i] < (1 if i == 5 else 4)])
                points[i] += 1
            m = DAY * (day - 1) + r.randint(0, 1200)
            skip = 0.4 if sparse else gaps
            if not self.chance(skip):
                self.lab(m, "pao2", ("200", "199.999", "149", "99", "49")[points[0]], "mm[Hg]", 0)
            for i, item in enumerate(self.VALUES):
                unit, row = r.choice(self.VALUES[item])
                if not self.chance(skip):
                    self.lab(m + r.randint(0, 100), item, row[points[i + 1]], unit)
            if not self.chance(skip):
                self.lab(m, "map", ("70", "69.999")[points[5]], "mm[Hg]")
            if not self.chance(skip):
                self.lab(m, "urine", "500", "mL")

    # -- themes of SOFA-2 -------------------------------------------------------------------------------------------

    STATES = ("sedated", "delirium_drug", "rrt", "mechanical_circulatory_support", "ventilation_unavailable", "vasoactives_unavailable")

    def switch(self, flag, days, p=0.5):
        """A state goes on and off, sometimes at the edges of a day, sometimes twice in a minute."""
        for day in days:
            if not self.chance(p):
                continue
            m = self.minute(day)
            for _ in range(self.pick(1, 1, 2, 3)):
                self.add(m, flag, self.pick("1", "1", "0"))
                if self.chance(0.1):
                    self.add(m, flag, self.pick("1", "0"))
                m += self.pick(0, 1, 60, self.rng.randint(1, 1440))
            if self.chance(0.3):
                self.add(DAY * day - self.pick(0, 1), flag, "0")

    def states(self, days):
        for flag in self.rng.sample(self.STATES, self.pick(1, 2, 3, 6)):
            self.switch(flag, days)
        if self.chance(0.4):  # all are charted, so that little is open under `--infusions unknown`
            m = self.pick(0, self.minute(days[0]))
            for flag in self.STATES:
                self.add(m, flag, "0")
            self.add(m, "support", self.rng.choice(SUPPORT))
            for drug in (*self.DOSES, "vasopressin", "phenylephrine", "milrinone", "other_vasoactive"):
                if self.chance(0.9):
                    self.add(m, drug, "0", "ug/kg/min" if drug in self.DOSES else "[U]/h")

    def oxygen(self, days):
        """Ratios of both kinds at their cut-offs, alone and in one minute."""
        r = self.rng
        if self.chance(0.4):
            self.switch("ventilation_unavailable", days)
        for day in days:
            if self.chance(0.2):
                continue
            m = self.minute(day)
            for _ in range(r.randint(1, 5)):
                m = min(self.pick(m, m + 1, m + r.randint(0, 120), self.minute(day)), DAY * day - 1)
                if self.chance(0.4):
                    for _ in range(self.pick(1, 1, 2)):
                        self.add(m, "support", r.choice(SUPPORT if self.chance(0.8) else SUPPORT[:7]))
                fio2 = D(self.pick("21", "25", "30", "40", "48.5", "50", "60", "75", "80", "96", "100"))
                if self.chance(0.75):
                    unit = self.chance(0.3)
                    self.add(m, "fio2", self.form(fio2 / 100, 3, 0.85, D(1), D("0.15")) if unit else
                             self.form(fio2, 3, 0.85, D(100), D(15)), "1" if unit else "%")
                for _ in range(self.pick(0, 1, 1, 1, 2)):
                    x = D(self.pick("300", "250", "200", "120")) * fio2 / 100
                    if x > 100 or self.chance(0.3):
                        x = D(self.pick("98", "97", "97.999", "98.001", "99", "96", "95"))
                    x = self.near(x)
                    x = x if x <= 100 else D(98)
                    late = 0 if self.chance(0.6) else 0.4
                    if self.chance(0.15):
                        self.lab(m, "spo2", self.pick("97..99", "97.5..98", "98..100", "<98", "<=98", ">97", ">=98", "90..98.001", ""), "%", late)
                    else:
                        self.lab(m, "spo2", self.form(x, exact=0.75, top=D(100)), "%", late)
                if self.chance(0.4):
                    kpa = self.chance(0.4)
                    cut = D(self.pick("40", "30", "20", "10") if kpa else self.pick("300", "225", "150", "75"))
                    x = self.near((cut * fio2 / 100).quantize(D("0.001")))
                    self.lab(m, "pao2", self.form(x, exact=0.8, top=D(150 if kpa else 1000)), "kPa" if kpa else "mm[Hg]", 0.2)

    EDGES2 = {
        "platelets": (("10*9/L", (50, 80, 100, 150)), ("10*3/uL", (50, 80, 100, 150))),
        "bilirubin": (("mg/dL", ("1.2", "3.0", "6.0", "12.0")), ("umol/L", ("20.6", "51.3", "102.6", "205"))),
        "creatinine": (("mg/dL", ("1.2", "2.0", "3.5")), ("umol/L", (110, 170, 300))),
        "map": (("mm[Hg]", (70, 60, 50, 40)),),
    }

    def labs2(self, days):
        for item, columns in self.EDGES2.items():
            if self.chance(0.3):
                continue
            for day in days:
                for _ in range(self.pick(0, 1, 1, 2)):
                    unit, edges = self.rng.choice(columns)
                    self.lab(self.minute(day), item, self.form(self.near(self.rng.choice(edges)), exact=0.75), unit)
        if self.chance(0.5):
            self.switch("vasoactives_unavailable", days)

    def dialysis(self, days):
        """The criteria of renal replacement, and the therapy."""
        items = (("potassium", "mmol/L", ("5.9", "6.0", "6"), 20), ("ph", "[pH]", ("7.20", "7.21", "7.2"), 14),
                 ("bicarbonate", "mmol/L", ("12", "12.1", "12.0"), 100))
        for day in days:
            for item, unit, edges, top in items:
                if self.chance(0.25):
                    continue
                for _ in range(self.pick(1, 1, 2)):
                    x = D(self.rng.choice(edges))
                    text = plain(x) if self.chance(0.5) else self.form(self.near(x), top=D(top))
                    self.lab(self.minute(day), item, text, unit)
            for _ in range(self.pick(0, 1, 1)):
                unit, edges = self.pick(("mg/dL", ("1.2", "1.201", "1.3", "2.0")), ("umol/L", ("110", "110.001", "111", "300")))
                self.lab(self.minute(day), "creatinine", self.form(D(self.rng.choice(edges)), exact=0.8), unit)
        if self.chance(0.3):
            self.switch("rrt", days, 0.3)

    def sedation(self, days):
        """Scores before, during and after sedation, with and without a motor response, on time and late."""
        r = self.rng
        if self.chance(0.8):
            self.switch("sedated", days, 0.7)
        if self.chance(0.3):
            self.switch("delirium_drug", days)
        for day in days:
            for _ in range(self.pick(0, 1, 2, 4)):
                m, late = self.minute(day), self.pick(0, 0, 0.5)
                if self.chance(0.7):
                    for _ in range(self.pick(1, 1, 1, 2)):
                        score = r.randint(3, 15)
                        value = self.pick("", f"{score}..{r.randint(score, 15)}", *[str(score)] * 6)
                        self.lab(m, "gcs", value, "{score}", late)
                if self.chance(0.5):
                    for _ in range(self.pick(1, 1, 1, 2)):
                        score = r.randint(1, 6)
                        value = self.pick("", f"{score}..{r.randint(score, 6)}", *[str(score)] * 6)
                        self.lab(m, "gcs_motor", value, "{score}", late)
                if self.chance(0.3):
                    self.add(m + self.pick(0, 0, 1, 5), "sedated", self.pick("0", "1"))
                if self.chance(0.2):
                    self.add(m + r.randint(1, 600), "respiratory_rate", "20", "/min")  # the clock goes on

    def hourly(self, days):
        """Urine hour by hour, near 0.5 and 0.3 mL/kg/h, over some days, with gaps and zeros."""
        r = self.rng
        weight = self.pick(D(70), D(80), D("70.5"), D("82.25"), D(100), D("3.5"))
        if self.chance(0.85):
            self.add(self.pick(0, self.minute(days[0])), "weight", self.form(weight, 2, 0.85, D(1000), D(1)), "kg")
        first = days[0]
        start = DAY * (first - 1) + self.pick(0, 59, 60 * r.randint(0, 23), r.randint(0, 1439))
        length = self.pick(6, 7, 12, 13, 24, 25, 36, 50)
        steady = self.chance(0.4)
        every = self.pick(1, 1, 1, 2, 3, 6)
        target = D(self.pick("0.5", "0.5", "0.3", "0.3", "0", "1"))
        m = start
        while m <= start + 60 * length:
            at = m if steady else m // 60 * 60 + r.randint(0, 59)
            volume = (target * weight * every).quantize(D("0.001"))
            volume = max(D(0), volume + self.pick(0, 0, 0, D("0.001"), D("-0.001"), D("0.5"), D("-0.5"), D(r.randint(-10, 10))))
            half = (volume / 2).quantize(D("0.001"))
            for part in (volume,) if self.chance(0.85) else (half, volume - half):
                text = plain(part) if self.chance(0.95) else self.form(part, exact=0)
                self.lab(at, "urine", text, "mL", 0.15)
                at = min(at + self.pick(0, 1, 7), at // 60 * 60 + 59)
            m += 60 * every
            if self.chance(0.06):
                m += 60 * self.pick(1, 2, 5, 6, 12, 24)
            if self.chance(0.05):
                target = D(self.pick("0.5", "0.3", "0", "0", "1"))
            if self.chance(0.03):
                self.add(m, "weight", plain(weight + self.pick(0, 1, -1, 10)), "kg")

    # doses that sum to a cut-off: (weight, ((drug, rate, unit), ...))
    SUMS = (
        ("80", (("norepinephrine", "0.1", "ug/kg/min"), ("epinephrine", "8", "ug/min"))),
        ("80", (("norepinephrine", "24", "ug/min"), ("epinephrine", "0.1", "ug/kg/min"))),
        ("70", (("norepinephrine", "10", "ug/min"), ("epinephrine", "4", "ug/min"))),
        ("70", (("norepinephrine", "14", "ug/min"), ("epinephrine", "14", "ug/min"))),
        ("82.25", (("norepinephrine", "16.45", "ug/min"),)),
        ("82.25", (("epinephrine", "32.9", "ug/min"),)),
        (None, (("norepinephrine", "0.1", "ug/kg/min"), ("epinephrine", "0.1", "ug/kg/min"))),
        (None, (("norepinephrine", "0.3", "ug/kg/min"), ("epinephrine", "0.1", "ug/kg/min"))),
        (None, (("norepinephrine", "0.2", "ug/kg/min"),)),
        (None, (("epinephrine", "0.4", "ug/kg/min"),)),
        (None, (("norepinephrine", "0.399999", "ug/kg/min"), ("epinephrine", "0.000001", "ug/kg/min"))),
        (None, (("dopamine", "20", "ug/kg/min"),)),
        (None, (("dopamine", "40", "ug/kg/min"),)),
        (None, (("dopamine", "45", "ug/kg/min"),)),
        ("70", (("dopamine", "1400", "ug/min"),)),
        ("70", (("dopamine", "2800", "ug/min"),)),
        (None, ()),
    )

    def sums(self, days):
        """Norepinephrine and epinephrine that sum to a cut-off; dopamine alone and beside others; other drugs."""
        r = self.rng
        for _ in range(self.pick(1, 1, 2, 3)):
            weight, drugs = r.choice(self.SUMS)
            day = r.choice(days)
            m = self.minute(day)
            if weight is not None and self.chance(0.9):
                self.add(m - self.pick(0, 1, 30), "weight", self.form(weight, 2, 0.85, D(1000), D(1)), "kg")
            drugs = list(drugs)
            for _ in range(self.pick(0, 0, 1, 2)):
                drugs.append(self.pick(("vasopressin", "1.8", "[U]/h"), ("milrinone", "0.5", "ug/kg/min"), ("phenylephrine", "50", "ug/min"),
                                       ("other_vasoactive", "1", "mg/h"), ("dobutamine", "5", "ug/kg/min"), ("dopamine", "45", "ug/kg/min"),
                                       ("dopamine", "45", "ug/kg/min"), ("norepinephrine", "0.05", "ug/kg/min")))
            for drug, rate, unit in drugs:
                start = m + self.pick(0, 0, 0, 1, 30, 60)
                x, decimals = D(rate), 6 if unit == "ug/kg/min" else 3
                if self.chance(0.3):
                    x = self.near(x, decimals)
                form = r.random()
                text = plain(x) if form < 0.7 else f"0..{plain(x)}" if form < 0.85 else self.form(x, decimals, 0)
                self.add(start, drug, text, unit)
                if self.chance(0.3):
                    self.add(start + r.choice(self.ON), drug, self.pick("0", plain(x), f"0..{plain(x)}", f"<={plain(x)}"), unit)
                if self.chance(0.6):
                    self.add(start + self.pick(59, 60, 61, 90, 200, 1000), drug, "0", unit)
            if self.chance(0.7):
                self.lab(m + self.pick(58, 59, 60, 61, 120), "map", self.pick("71", "70", "65", "45"), "mm[Hg]", 0)
        if self.chance(0.15):
            self.switch("mechanical_circulatory_support", days)

    # -- the whole patient ------------------------------------------------------------------------------------------

    def lines(self):
        """In the order charted: by arrival, within one minute at random; nothing after the end."""
        keyed = [(arrival, self.rng.random(), minute, item, value, unit)
                 for arrival, minute, item, value, unit in self.events]
        return [(minute, item, blanks(self.rng, finer(self.rng, item, value), unit), unit)
                for arrival, _, minute, item, value, unit in sorted(keyed)]

    def end(self, event, minute):
        self.events = [e for e in self.events if e[0] <= minute]
        return [*self.lines(), (minute, event, "1", "")]


def patient(rng, index):
    name = rng.choice((f"p{index}", f"p{index}", f"{index}", f"p {index}", f'bed "{index}", ward 2', f"é{index}", f"{index},b"))
    p = Patient(rng, name)
    days = rng.choice(([1], [1], [1, 2], [1, 2], [1, 2, 3], [1, 2, 3, 4], [2], [1, 4], [1, 2, 6], [3, 4], [1, 12], [1, 3, 5]))
    long = rng.random()
    if long < 0.22:
        days = [d for d in range(1, rng.randint(9, 11) + 1) if d == 1 or rng.random() < 0.97]
        p.course(days, sparse=long < 0.05)
        if rng.random() < 0.5:
            for theme in (p.lungs, p.infusions, p.immune, p.sepsis):
                if rng.random() < 0.25:
                    theme(rng.sample(days, 2))
    else:
        for theme in (p.lungs, p.labs, p.brain, p.urine, p.infusions, p.sepsis, p.immune, p.noise):
            if rng.random() < 0.4:
                theme(days)
        for theme in (p.states, p.oxygen, p.labs2, p.dialysis, p.sedation, p.hourly, p.sums):
            if rng.random() < 0.35:
                theme(days)
    if not p.events:
        p.noise(days)
    if rng.random() < 0.35:
        day = rng.choice((1, 1, 2, 3, 4, 5, 6, 7, 8, 8, 9, 9))
        last = max(e[0] for e in p.events)
        at = min(DAY * day - 1, rng.choice((p.minute(day), last + rng.choice((0, 1, 58, 59, 60, 300)))))
        return name, p.end(rng.choice(("death", "discharge")), at)
    return name, p.lines()


def quoted(rng, text):
    if re.search('[",\r\n]', text) or rng.random() < 0.005:
        return '"' + text.replace('"', '""') + '"'
    return text


def generate(seed, n):
    """The file as a list of lines without their ends, and the line end."""
    rng = random.Random(f"replay {seed}")
    out = ["patient,minute,item,value,unit"]
    used = set()
    for index in range(1, n + 1):
        name, lines = patient(rng, index)
        assert name not in used
        used.add(name)
        for minute, item, value, unit in lines:
            out.append(",".join(quoted(rng, str(field)) for field in (name, minute, item, value, unit)))
    return out, "\r\n" if seed % 7 == 3 else "\n"


if __name__ == "__main__":
    lines, end = generate(int(sys.argv[1]), int(sys.argv[2]))
    data = "".join(line + end for line in lines)
    if int(sys.argv[1]) % 5 == 4:
        data = data[:-len(end)]  # the last line without its end
    sys.stdout.buffer.write(data.encode())
