#!/usr/bin/env python3
"""gen_immune.py SEED N: N patients of well-formed, adversarial charting of the immune markers; the same SEED gives the same bytes.

As gen.py, for `--immune`: values at and a tick or a hair off every cut-off, guard-band edge and factor; samples as far apart, as old
and as long after a milestone as a limit says, and one minute more; duplicates, corrections, withdrawals, remarks, late results.
The limits of the options are those of OPTIONS, which a differential run should use. A hair (5 decimals) is put on at most one value
of each marker of a patient: the crate rounds such a value outward before it compares it with another.
"""
import random
import re
import sys
from decimal import Decimal as D

import gen

OPTIONS = (
    "--immune --gap 720 --age 2880",
    "--immune --gap 1440 --age 4320 --cv-ferritin 75 --cv-mhla-dr 150 --coverage 196 --fell 2 --fell-within 2880"
    " --watch-hemoglobin 7 --watch-platelets 50",
    "--immune --gap 60 --age 1440 --cv-mhla-dr 40 --coverage 200 --last-day closed --rules sofa-2 --watch-platelets 100",
    "--immune --gap 0 --age 5256000 --cv-ferritin 100 --coverage 165 --fell 10 --fell-within 1440 --missing normal --rules both"
    " --watch-hemoglobin 8",
    "--immune --gap 5256000 --age 720 --cv-ferritin 33 --cv-mhla-dr 33 --coverage 197 --infusions unknown --baseline 2 --missing carry"
    " --fell 3 --fell-within 0 --watch-hemoglobin 1 --watch-platelets 1",
    "--immune --gap 1440 --age 4320 --cv-ferritin 500 --cv-mhla-dr 499 --coverage 199 --fell 2 --fell-within 5256000 --last-day closed"
    " --support any --days 4 --watch-hemoglobin 30 --watch-platelets 10000",
    "--immune --gap 1440 --age 1440 --fell 2 --fell-within 1440 --missing carry --baseline 0 --watch-hemoglobin 7",
)

DAY = 1440
DISTANCES = (0, 1, 59, 60, 61, 719, 720, 721, 1439, 1440, 1441, 2879, 2880, 2881, 4319, 4320, 4321)
FERRITIN = ("4420", "4420", "4420", "5069.74", "3770.26", "5149.3", "3690.7", "4707.344", "4707.345", "4132.655", "4132.656", "13083.2",
            "8840", "44200", "17000", "20000")
BETWEEN_TICKS = (D("4707.344"), D("4132.655"))  # a guard-band edge lies less than a tick above these: no hair, which the crate rounds
MHLA_DR = ("5000", "5000", "5000", "8000", "8000", "15000", "3530", "6470", "4600", "5400", "4674.95", "5325.05", "14800",
           "5900", "9440", "17700", "7634.6", "6372", "17464", "6283.559")
# Falls by exactly 15 %, and by exactly FACTOR (2, 3, 10).
FALLS = (("20000", "17000"), ("10000", "8500"), ("5200", "4420"), ("4420.02", "3757.017"), ("6000", "5100"), ("5000", "4250"),
         ("4421", "3757.85"), ("8840", "4420"), ("10000", "5000"), ("13260", "4420"), ("30000", "10000"), ("44200", "4420"),
         ("100000", "10000"), ("9000", "900"), ("10139.48", "5069.74"))
REMARKS = ("undiluted", "hemolysis", "icterus", "lipemia", "specimen_age", "stain_time", "turnaround", "lyse_no_wash")
OPENING = {"ferritin": "undiluted", "mhla_dr": "lyse_no_wash"}
CRITERIA = {  # charted criteria with the value that passes
    "contraception": "1", "lung_or_bloodstream_infection": "1", "pyelonephritis": "0", "intra_abdominal_infection": "0",
    "meningitis": "0", "skin_infection": "0", "stage_iv_malignancy": "0", "do_not_resuscitate": "0", "contaminant_bacteremia": "0",
    "consent_denied": "0", "steroids": "0", "tuberculosis": "0", "hiv": "0", "pregnancy": "0", "immunodeficiency": "0", "lupus": "0",
    "multiple_sclerosis": "0"}


class Patient(gen.Patient):
    def __init__(self, rng, name):
        super().__init__(rng, name)
        self.hairs = {"ferritin": 1, "mhla_dr": 1}
        self.undiluted = False  # the next ferritin will be
        self.marked = []  # the minutes of the samples so far
        self.often = rng.choice((1, 1, 0.15, 0))  # how often something odd comes with a sample: of a plain chart more is decided

    def after(self, minute):
        """A minute a telling distance from this one."""
        return minute + self.rng.choice(DISTANCES)

    def around(self, minute):
        return max(0, minute + self.pick(1, -1) * self.rng.choice(DISTANCES))

    # -- samples ----------------------------------------------------------------------------------------------------

    def tick(self, x):
        return x + self.pick(0, 0, 0, D("0.001"), D("-0.001"), D(1), D(-1))

    def value(self, item):
        edges = FERRITIN if item == "ferritin" else MHLA_DR
        x = self.tick(D(self.rng.choice(edges))) if self.chance(0.85) else D(self.pick("0", "900", "2000", "12000", "30000", "1000000"))
        if self.chance(0.06) and self.hairs[item] and 0 < x < 1000000 and x not in BETWEEN_TICKS:
            self.hairs[item] -= 1
            return f"{x:.3f}" + self.pick("04", "96")
        return self.text(x)

    def text(self, x, exact=0.62):
        """x in one of the forms of a value, never empty; censored ones may also be far off."""
        text = self.form(x, 3, max(exact, 1 - self.often / 2), D(1000000))
        if self.chance(0.05 * self.often):
            text = self.pick(">2000", ">=4420", ">4420", "<=4420", "<4420", "<5000", "<=5000", ">=5000", ">5900", ">=5900", ">9440",
                             "<8000", "<=8000", ">8000", ">15000", ">=15000", "4300..4500", "4900..5100", "0..1000000", "<100", ">40000")
        return text or gen.plain(x)

    def sample(self, item, minute, text=None, late=0.25):
        """A sample with what may come with it: remarks before or behind it, a duplicate, a correction, a withdrawal."""
        if not 0 <= minute <= 5256000:
            return
        unit = self.pick("ng/mL", "ng/mL", "ug/L") if item == "ferritin" else "{AB}/{cell}"
        text = text or self.value(item)
        end = minute // DAY * DAY + DAY - 1
        arrival = minute
        if self.chance(late):
            arrival = self.rng.randint(minute, min(minute + self.pick(1, 30, 300, 1440), end))
        self.marked.append(minute)
        lines = [(item, text, unit)]
        if item == "ferritin" and self.undiluted:
            self.undiluted = False
            lines.insert(0, ("specimen", "undiluted", ""))
        if self.chance(0.22 * self.often):
            remark = OPENING[item] if self.chance(0.7) else self.rng.choice(REMARKS)
            if remark == "lyse_no_wash" and item == "mhla_dr" and self.chance(0.5):  # 1.18 times a cut-off, a guard-band edge
                x = D(self.pick("5900", "9440", "9440", "17700", "7634.6", "4165.4", "6372", "5428"))
                lines[0] = (item, self.text(x + self.pick(0, D("0.001"), D("0.001"), D("-0.001")), 0.85), unit)
                if self.chance(0.2):
                    lines[0] = (item, self.pick("<5000", "<8000", "<=8000", ">9440", ">5900", "<15000"), unit)
            lines.insert(self.pick(0, 0, 0, 1), ("specimen", remark, ""))
            if self.chance(0.1):
                lines.insert(0, ("specimen", self.rng.choice(REMARKS), ""))
        if self.chance(0.14 * self.often):  # the same reading again, perhaps written otherwise
            same = text
            if re.fullmatch("[0-9]+", text) and self.chance(0.5):
                same = self.pick(text + ".0", f"{text}..{text}", "0" + text)
            lines.append((item, same, self.pick("ng/mL", "ug/L") if item == "ferritin" else unit))
        if self.chance(0.14 * self.often):
            lines.append((item, self.value(item), unit))
        if self.chance(0.05 * self.often):
            lines.append((item, "", unit))
        if self.chance(0.09 * self.often):
            lines.append(("withdrawn", item, ""))
            if self.chance(0.4):
                lines.append((item, self.pick(text, self.value(item)), unit))
        if self.chance(0.03 * self.often):
            lines.append(("specimen", self.rng.choice(REMARKS), ""))
        at, first = arrival, True
        for what in lines:
            if not first and self.chance(0.3):
                at = self.rng.randint(at, min(end, at + self.pick(1, 60, 1440)))
            first = False
            self.events.append((at, minute, *what))

    def pair(self, minute, values=(None, None)):
        """Both markers, a telling distance apart."""
        other = self.around(minute) if self.chance(0.7 * max(self.often, 0.4)) else max(0, minute - self.pick(0, 0, 1, 30, 59))
        first, second = (minute, other) if self.chance(0.5) else (other, minute)
        self.sample("ferritin", first, values[0])
        if self.chance(0.85):
            self.sample("mhla_dr", second, values[1])

    def given(self, dose):
        for _ in range(self.pick(1, 1, 1, 1, 2)):
            self.add(dose, "first_dose", self.pick("anakinra", "interferon_gamma", "placebo", "other"))
            dose = self.after(dose)

    def course_of_markers(self, dose):
        """Entry, first dose, what came after: restored, switched, inflamed, paralysed, or as before."""
        kind = self.pick("mals", "mals", "immunoparalysis", "immunoparalysis", "unclassified", "any")
        before = max(0, dose - (self.rng.choice(DISTANCES) if self.chance(self.often) else self.pick(0, 1, 30, 59, 60, 600)))
        entry = {"mals": ("6000", "9000"), "immunoparalysis": ("900", "3000"), "unclassified": ("900", "20000"),
                 "any": (None, None)}[kind]
        values, later = list(entry), [None, None]
        if kind == "mals":
            a, b = self.rng.choice(FALLS)
            values[0] = self.text(D(a), 0.8)
            later[0] = self.text(max(D(0), self.tick(D(b))), 0.8)
            if self.chance(0.2):
                values[1] = None
            if self.chance(0.3):
                later = ["900", self.pick("3000", "4999", "5000", "3529.999")]
            if self.chance(0.15):  # what opens it may differ between entry and now
                self.undiluted, values[1] = True, self.pick("9000", "3000")
                later[1] = self.pick("9000", "3000")
        elif kind == "immunoparalysis":
            later = [self.pick("4419", "4420", "4419.999", "900", "4421", None),
                     self.pick("8000", "8001", "8000.001", "9440", "9440.001", ">8000", "20000", None)]
            if self.chance(0.3):
                later[0] = self.pick("4420", "4420.001", "9000", "5149.301")
        self.pair(before, values)
        if self.chance(0.3 * self.often):
            self.pair(self.pick(dose, before + 1, max(0, before - 30)))
        if self.chance(0.85):
            self.given(dose)
        for _ in range(self.pick(0, 1, 1, 2, 3)):
            at = self.after(dose) if self.chance(max(self.often, 0.4)) else dose + self.pick(1, 60, 600, 720, 1440, 2000)
            self.pair(at, later if self.chance(0.7) else (None, None))

    def falls(self, start):
        """A ferritin, and a later one near 85 % of it or near one FACTOR-th."""
        a, b = self.rng.choice(FALLS)
        self.sample("ferritin", start, self.text(D(a), 0.85))
        at = self.after(start)
        self.sample("ferritin", at, self.text(max(D(0), self.tick(D(b))), 0.85))
        if self.chance(0.8):
            self.sample("mhla_dr", self.around(at))

    def ends_of_ages(self, last):
        """A last event, or a last day, a telling distance behind a sample."""
        if self.marked:
            m = self.rng.choice(self.marked) + self.pick(720, 721, 1440, 1441, 2880, 2881, 4320, 4321, self.rng.randint(0, 600))
            if m // DAY <= last:
                self.add(m, "respiratory_rate", "20", "/min")
        if self.chance(0.5):
            end = DAY * self.rng.randint(1, last + 1) - 1  # the last minute of a day
            self.sample(self.pick("ferritin", "mhla_dr"), max(0, end - self.pick(720, 721, 1440, 1441, 2880, 2881, 4320, 4321)))

    # -- rules 11 to 13 ---------------------------------------------------------------------------------------------

    def serial(self, milestone, last):
        """mHLA-DR day by day around 8000, also at the very edges of the days from `icu_admission`."""
        alike = self.chance(0.5)
        side = self.pick("7999", "8000", "7999.999", "3000", "8001")
        for day in range(1, min(last, 11) + 1):
            for _ in range(self.pick(0, 1, 1, 2)):
                m = milestone + DAY * (day - 1) + self.pick(0, 0, 1, 1439, 1439, self.rng.randrange(DAY))
                if self.chance(0.25):
                    m = self.minute(day)
                x = D(side) if alike else D(self.pick("8000", "7999.999", "8000.001", "7999", "3000", "12000"))
                self.sample("mhla_dr", m, gen.plain(x) if self.chance(0.8) else self.text(x, 0))

    def ferritin_by_day_3(self, milestone):
        a, b = self.rng.choice(FALLS)
        self.sample("ferritin", max(0, self.pick(milestone, milestone + 2879, milestone + 2880, milestone - 100)), self.text(D(a), 0.8))
        for _ in range(self.pick(1, 1, 2)):
            self.sample("ferritin", milestone + self.pick(2880, 2880, 2879, 3000, 4319, 4319, 4320), self.text(self.tick(D(b)), 0.8))

    def lymphocyte_counts(self, milestone):
        m = max(0, milestone + self.pick(0, 2159, 2160, 2161, 2880, 4319, 4320, -100))
        for _ in range(self.pick(1, 2, 2, 3, 4)):
            low = self.pick("0.9", "0.9", "0.6")
            x = D(low) + self.pick(0, 0, D("0.001"), D("-0.001"), D("0.1"), D("-0.1"))
            unit = self.pick("10*9/L", "/uL")
            if unit == "/uL":
                x = (x * 1000).quantize(D(1)) + self.pick(0, 0, 0, D("0.001"), D("-0.001"))
            self.lab(m, "lymphocytes", self.form(x, exact=0.75, top=D(1000)), unit)
            m += self.pick(719, 720, 720, 721, 1440, 0, self.rng.randint(0, 3000))
        for _ in range(self.pick(0, 1, 1, 2)):
            m = milestone + self.pick(4319, 4320, 4320, 5000, 5759, 5759, 5760)
            x, unit = self.pick((D("0.6"), "10*9/L"), (D("600"), "/uL"))
            self.lab(m, "lymphocytes", self.form(x + self.pick(0, 0, D("0.001"), D("-0.001")), exact=0.8, top=D(1000)), unit)

    # -- rule 14 ----------------------------------------------------------------------------------------------------

    def blood(self, dose, last):
        for _ in range(self.pick(2, 4, 6, 9)):
            m = self.pick(self.around(dose), self.after(dose), dose, dose + 1, dose + 59, dose + 60, dose + 61,
                          self.minute(self.rng.randint(1, last)))
            item = self.pick("hemoglobin", "platelets")
            if item == "hemoglobin":
                unit = self.pick("g/dL", "g/L")
                x = D(self.pick("7", "7", "8", "12")) * (1 if unit == "g/dL" else 10)
                top = D(30 if unit == "g/dL" else 300)
            else:
                unit, x, top = self.pick("10*9/L", "10*3/uL"), D(self.pick("50", "50", "100", "150")), D(10000)
            self.lab(m, item, self.form(x + self.pick(0, 0, D("0.001"), D("-0.001"), D(1), D(-1)), top=top), unit)

    # -- rule 15 ----------------------------------------------------------------------------------------------------

    def candidate(self, dose, last):
        """All criteria as they pass, with some otherwise, not charted, or changed later."""
        wrong = self.pick(0, 0, 1, 1, 2, 5)
        odd = set(self.rng.sample([*CRITERIA, "age", "covid19", "neutrophils", "sepsis"], wrong))
        start = self.pick(0, 0, max(0, dose - 60), self.minute(1))
        for item, value in CRITERIA.items():
            if item in odd and self.chance(0.4):
                continue
            self.add(start, item, value if item not in odd else "10"[int(value)])
            if self.chance(0.02):
                self.add(self.pick(start, self.around(dose)), item, self.pick("0", "1"))
        if "age" not in odd or self.chance(0.7):
            for _ in range(self.pick(1, 1, 1, 2)):
                good = self.pick("18", "18", "70", ">=18", "18.0", "18..90")
                self.lab(self.pick(start, self.minute(1)), "age",
                         good if "age" not in odd else self.pick("17", "17.999", "17..18", "<18", ">17", "<=18", ""), "a")
            if self.chance(0.08):  # charted, not known: behind a value, or before it
                self.lab(self.pick(start, dose), "age", "", "a")
        if self.chance(0.85):
            self.add(start, "covid19", "1" if "covid19" in odd else "0")
        if "neutrophils" not in odd or self.chance(0.7):
            for _ in range(self.pick(1, 1, 2)):
                unit, good, bad = self.pick(("10*9/L", "1.5", "1.499"), ("/uL", "1500", "1499.999"))
                text = bad if "neutrophils" in odd else self.form(D(good), exact=0.85, top=D(1000))
                self.lab(self.pick(start, dose, dose, self.around(dose)), "neutrophils", text, unit)
        if "sepsis" not in odd:
            self.add(start, "infection", "1")
            self.add(start, "emergency_admission", self.pick("1", "1", "1", "0"))
            self.lab(start, "platelets", self.pick("40", "99", "120"), "10*9/L", 0)
        elif self.chance(0.7):
            for day in range(1, last + 1):
                self.add(self.minute(day), "infection", self.pick("0", "0", "1"))

    def milestones(self, dose):
        classified = self.pick(0, max(0, dose - self.pick(0, 1, 4319, 4319, 4320, 4320, 4321, 100)), dose + 1, self.minute(1))
        admitted = self.pick(0, self.minute(1), max(0, dose - 1440))
        for item, minute in (("sepsis_classified", classified), ("icu_admission", admitted)):
            if self.chance(0.85):
                self.add(minute, item, "1")
                if self.chance(0.1):
                    self.add(self.after(minute), item, "1")
        return classified, admitted

    def crowd(self, last):
        """More samples than are kept; `only_valid` leaves 64."""
        item = self.pick("ferritin", "mhla_dr")
        for _ in range(self.pick(62, 64, 70)):
            self.sample(item, self.minute(self.rng.randint(1, last)), late=0)

    # -- the whole patient ------------------------------------------------------------------------------------------

    def lines(self):
        """In the order charted: by arrival; of one minute at random, but of one sample in the order in which it was charted."""
        keyed, sequence = [], {}
        for arrival, minute, item, value, unit in self.events:
            key = self.rng.random()
            if item in ("ferritin", "mhla_dr", "specimen", "withdrawn"):
                key = sequence.setdefault((arrival, minute), key)
            keyed.append((arrival, key, len(keyed), minute, item, value, unit))
        charted = [(minute, item, gen.blanks(self.rng, value, unit), unit) for _, _, _, minute, item, value, unit in sorted(keyed)]
        return only_valid(charted)


def only_valid(lines):
    """Without withdrawals of nothing, and without what is one sample too many."""
    standing = {"ferritin": set(), "mhla_dr": set()}
    kept = []
    for line in lines:
        minute, item, value, _ = line
        if item in standing and value.strip(" \t"):
            if len(standing[item] | {minute}) > 64:
                continue
            standing[item].add(minute)
        elif item == "withdrawn":
            if minute not in standing[value]:
                continue
            standing[value].remove(minute)
        kept.append(line)
    return kept


def patient(rng, index):
    p = Patient(rng, rng.choice((f"p{index}", f"p{index}", f"{index}", f'bed "{index}", ward 2', f"é{index}")))
    last = rng.choice((1, 1, 2, 2, 3, 4, 5, 7, 8, 11))
    dose = p.minute(min(last, p.pick(1, 1, 1, 2, 3, 5)))
    classified, admitted = p.milestones(dose)
    if rng.random() < 0.75:
        p.course_of_markers(dose)
    if rng.random() < 0.25:
        p.falls(p.minute(rng.randint(1, last)))
    for _ in range(p.pick(0, 0, 1, 2) if p.often else 0):
        p.pair(p.minute(rng.randint(1, last)))
    if rng.random() < 0.35:
        p.serial(admitted, last)
    if rng.random() < 0.3:
        p.ferritin_by_day_3(classified)
    if rng.random() < 0.35:
        p.lymphocyte_counts(classified)
    if rng.random() < 0.55:
        p.blood(dose, last)
    if rng.random() < 0.6:
        p.candidate(dose, last)
    if rng.random() < 0.03:
        p.crowd(last)
    if rng.random() < 0.15:
        p.sepsis(sorted(rng.sample(range(1, last + 1), min(last, 2))))
    if rng.random() < 0.3:
        for _ in range(p.pick(1, 2)):
            cells = p.pick("nk_cells", "dendritic_cells", "b_cells", "t_cells")
            p.lab(p.minute(rng.randint(1, last)), cells, *p.pick(("0.1", "10*9/L"), ("100", "/uL"), ("<5", "/uL"), ("", "10*9/L")))
    if rng.random() < 0.1:  # a remark on nothing, or behind
        p.lab(p.pick(dose, *p.marked), "specimen", rng.choice(REMARKS), "")
    p.ends_of_ages(last)
    if not p.events:
        p.add(dose, "respiratory_rate", "20", "/min")
    # Now and then the chart ends within its last days.
    if rng.random() < 0.35:
        until = p.pick(DAY * last - 1, p.minute(last), dose, p.after(dose))
        p.events = [e for e in p.events if e[0] <= until] or p.events
    if rng.random() < 0.3:
        latest = max(e[0] for e in p.events)
        at = p.pick(latest, latest + 1, p.after(latest), dose, p.after(dose))
        return p.name, p.end(rng.choice(("death", "discharge")), min(at, 5256000))
    return p.name, p.lines()


def generate(seed, n):
    """The file as a list of lines without their ends, and the line end."""
    rng = random.Random(f"immune {seed}")
    out = ["patient,minute,item,value,unit"]
    for index in range(1, n + 1):
        name, lines = patient(rng, index)
        for minute, item, value, unit in lines:
            out.append(",".join(gen.quoted(rng, str(field)) for field in (name, minute, item, value, unit)))
    return out, "\r\n" if seed % 7 == 3 else "\n"


if __name__ == "__main__":
    lines, end = generate(int(sys.argv[1]), int(sys.argv[2]))
    data = "".join(line + end for line in lines)
    if int(sys.argv[1]) % 5 == 4:
        data = data[:-len(end)]  # the last line without its end
    sys.stdout.buffer.write(data.encode())
