"""What the functions must answer, from the fact sheets of the papers: not from the Rust.

A reading is two ends in half-ticks: an even one lies on a tick, an odd one strictly between two. So its ends are here on ticks, each
reached or not, as far outward as that goes. The specification asks of each cut-off whether some value of the reading passes it and
whether some value does not; points are in the answer if a value passes their cut-off and not the next.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product

import claripy
from claripy import And, If, Not, Or

NONE = 2**31 - 1
TRUE, FALSE = claripy.true(), claripy.false()


def c32(number):
    return claripy.BVV(number, 32)


def bit(condition, place):
    return If(condition, c32(1 << place), c32(0))


def bits(conditions):
    """A set, of which condition n says whether n is in it."""
    result = c32(0)
    for place, condition in enumerate(conditions):
        result = result | bit(condition, place)
    return result


def has(word, place):
    return claripy.Extract(place, place, word) == 1


# --- arguments ---


@dataclass
class Argument:
    words: list
    pointed: bool = False
    written: bool = False


@dataclass
class Reading:
    """A reading: its ends in half-ticks."""

    name: str
    known: bool = True
    lo: object = None
    hi: object = None

    def __post_init__(self):
        if self.known:
            self.lo = claripy.BVS(self.name + ".lo", 32, explicit_name=True)
            self.hi = claripy.BVS(self.name + ".hi", 32, explicit_name=True)
        else:
            self.lo, self.hi = c32(1 - NONE), c32(NONE - 1)

    @property
    def unknown(self):
        return And(self.lo == c32(1 - NONE), self.hi == c32(NONE - 1))

    def argument(self):
        return Argument([self.lo, self.hi], pointed=True)

    def anything(self):
        """Every pair of ends the right way round, reportable or not."""
        return And(self.lo.SLE(self.hi), self.lo.SGE(1 - NONE), self.hi.SLE(NONE - 1))

    def valid(self, ticks, most):
        """What a reading of a quantity can be: unknown, or within its reportable range, 0 included."""
        if not self.known:
            return TRUE
        return And(self.lo.SLE(self.hi), self.lo.SGE(0), self.hi.SLE(2 * most * ticks))

    def by(self):
        """Its ends as a divisor's, in ticks."""
        return Span(self.lo >> 1, has(self.lo, 0), (self.hi + 1) >> 1, has(self.hi, 0))

    def whole(self):
        """Of a score both ends lie on whole points."""
        return And(claripy.Extract(0, 0, self.lo) == 0, claripy.Extract(0, 0, self.hi) == 0)

    def span(self, more=0):
        lo, hi = self.lo.sign_extend(more), self.hi.sign_extend(more)
        return Span(lo & -2, has(self.lo, 0), hi + (hi & 1), has(self.hi, 0))


@dataclass
class Span:
    """Ends on ticks, in half-ticks, each open or reached; or without an upper end."""

    lo: object
    lo_open: object
    hi: object
    hi_open: object
    endless: object = FALSE

    def running(self):
        """What of a rate is above 0."""
        zero = self.lo.SLE(0)
        return Span(If(zero, number(0, self.lo), self.lo), Or(zero, self.lo_open), self.hi, self.hi_open, self.endless)

    def plus(self, other):
        return Span(
            self.lo + other.lo, Or(self.lo_open, other.lo_open), self.hi + other.hi, Or(self.hi_open, other.hi_open),
            Or(self.endless, other.endless),
        )

    def choose(self, condition, other):
        """This one if the condition holds, else the other."""
        return Span(*[If(condition, a, b) for a, b in zip(self.ends(), other.ends())])

    def ends(self):
        return self.lo, self.lo_open, self.hi, self.hi_open, self.endless


    def ticks(self):
        """The ends counted in ticks."""
        return Span(self.lo >> 1, self.lo_open, self.hi >> 1, self.hi_open, self.endless)


def number(value, like):
    return claripy.BVV(value, like.length)


def exactly(value, width=32):
    return Span(claripy.BVV(value, width), FALSE, claripy.BVV(value, width), FALSE)


def something(width=32):
    """More than 0, as much as may be."""
    return Span(claripy.BVV(0, width), TRUE, claripy.BVV(0, width), FALSE, TRUE)


OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def some(relation, cut, times, value, by):
    """Whether some value and some divisor are so that `times * value RELATION cut * divisor`, all in half-ticks but the divisor.

    Where an end is not reached, only what lies strictly inside counts. A value of 0 is reached whatever it is divided by.
    """
    if relation[0] == ">":
        left, right = value.hi * times, (by.lo * cut if by else number(cut, value.hi))
        closed = Not(value.hi_open) if by is None else And(Not(value.hi_open), Not(by.lo_open))
        reached = Or(closed, And(value.hi == 0, Not(value.hi_open)))
        within = And(reached, left == right) if relation == ">=" else FALSE
        return Or(value.endless, left.SGT(right), within)
    # What falls rises with the sign turned.
    left, right = -(value.lo * times), (by.hi * -cut if by else number(-cut, value.lo))
    closed = Not(value.lo_open) if by is None else And(Not(value.lo_open), Not(by.hi_open))
    reached = Or(closed, And(value.lo == 0, Not(value.lo_open)))
    within = And(reached, left == right) if relation == "<=" else FALSE
    return Or(left.SGT(right), within)


@dataclass
class Row:
    """Cut-offs in a paper's words, mildest first, of `unit` ticks; a value in half-ticks counts `times`, over a divisor in ticks."""

    words: list
    unit: object
    times: int = 1

    def asks(self, relation, words, value, by):
        cut = 2 * Fraction(words.split()[1]) * self.unit
        assert cut.denominator == 1
        return some(relation, cut.numerator, self.times, value, by)

    def passes(self, words, value, by=None):
        return FALSE if words is None else self.asks(words.split()[0], words, value, by)

    def fails(self, words, value, by=None):
        return TRUE if words is None else self.asks(OPPOSITE[words.split()[0]], words, value, by)

    def points(self, value, by=None):
        """The set of the points that some value has."""
        words = [*self.words, None]
        sets = []
        for points in range(5):
            if points > 0 and words[points - 1] is not None and words[points - 1] == words[points]:
                sets.append(FALSE)  # a jump over these points
                continue
            passes = TRUE if points == 0 else self.passes(words[points - 1], value, by)
            fails = TRUE if points == 4 else self.fails(words[points], value, by)
            sets.append(And(passes, fails))
        return bits(sets)

    def met(self, value, by=None):
        """Of a single cut-off: 0 no, 1 open, 2 yes."""
        (words,) = self.words
        return met(Not(self.fails(words, value, by)), self.passes(words, value, by))


def row(ticks, *words):
    return Row([None if word == "never" else word for word in words], ticks)


# --- sets ---


def join(a, b):
    """Every maximum of a member of one and a member of the other."""
    low = lambda word, top: Or(*[has(word, place) for place in range(top + 1)])
    return bits([Or(And(has(a, p), low(b, p)), And(has(b, p), low(a, p))) for p in range(5)])


def capped(word, top):
    """Every member, but at most so much."""
    above = Or(*[has(word, place) for place in range(top, 5)])
    return bits([has(word, place) for place in range(top)] + [above])


def one_more(word):
    return bits([FALSE, has(word, 0), has(word, 1), has(word, 2), Or(has(word, 3), has(word, 4))])


def where(condition, word):
    return If(condition, word, c32(0))


def met(always, ever):
    return If(always, c32(2), If(ever, c32(1), c32(0)))


def both(a, b):
    return If(a.ULT(b), a, b)


def either(a, b):
    return If(a.UGT(b), a, b)


ALL = c32(0b11111)


# --- SOFA: facts/sofa.md ---

# Section 1, the table of 1996, and "Edges, decided here": half-open at the printed lower numbers, the tops in umol/L strict.
PF_1996 = ["< 400", "< 300", "< 200", "< 100"]
PF_KPA_1996 = ["< 53.3", "< 40", "< 26.7", "< 13.3"]
ROWS = {
    # name: ticks of a unit, the words, whether it is a score
    "row_1996_platelets": row(1000, "< 150", "< 100", "< 50", "< 20"),
    "row_1996_bilirubin": row(1000, ">= 1.2", ">= 2.0", ">= 6.0", ">= 12.0"),
    "row_1996_bilirubin_si": row(1000, ">= 20", ">= 33", ">= 102", "> 204"),
    "row_1996_map": row(1000, "< 70", "never", "never", "never"),
    "row_1996_norepinephrine": row(10**6, "> 0", "> 0", "> 0", "> 0.1"),
    "row_1996_epinephrine": row(10**6, "> 0", "> 0", "> 0", "> 0.1"),
    "row_1996_dopamine": row(10**6, "> 0", "> 0", "> 5", "> 15"),
    "row_1996_dobutamine": row(10**6, "> 0", "> 0", "never", "never"),
    "row_1996_gcs": row(1, "<= 14", "<= 12", "<= 9", "< 6"),
    "row_1996_creatinine": row(1000, ">= 1.2", ">= 2.0", ">= 3.5", ">= 5.0"),
    "row_1996_creatinine_si": row(1000, ">= 110", ">= 171", ">= 300", "> 440"),
    "row_1996_urine": row(1000, "< 500", "< 500", "< 500", "< 200"),
    # Section 2, the table of SOFA-2: there a number is the best of its column ("<= 1.2" is 0), here the worst that is passed.
    "row_2_platelets": row(1000, "<= 150", "<= 100", "<= 80", "<= 50"),
    "row_2_bilirubin": row(1000, "> 1.2", "> 3.0", "> 6.0", "> 12.0"),
    "row_2_bilirubin_si": row(1000, "> 20.6", "> 51.3", "> 102.6", "> 205"),
    "row_2_map": row(1000, "< 70", "never", "never", "never"),
    "row_2_map_unavailable": row(1000, "< 70", "< 60", "< 50", "< 40"),  # note (m)
    "row_2_dopamine": row(10**6, "> 0", "> 0", "> 20", "> 40"),  # note (l)
    "row_2_gcs": row(1, "<= 14", "<= 12", "<= 8", "<= 5"),
    "row_2_gcs_motor": row(1, "<= 5", "<= 4", "<= 3", "<= 2"),
    "row_2_creatinine": row(1000, "> 1.2", "> 2.0", "> 3.5", "never"),
    "row_2_creatinine_si": row(1000, "> 110", "> 170", "> 300", "never"),
    # facts/immunosep.md, section 7: competent from 15000 on, impaired below, severe up to 8000, immunoparalysis below 5000.
    "row_mhla_dr_stages": row(1000, "< 15000", "<= 8000", "< 5000", "never"),
}
CUTOFFS = {
    # facts/immunosep.md, sections 1, 2, 7 and 4.
    "cutoff_immunosep_ferritin": row(1000, "> 4420"),
    "cutoff_immunosep_mhla_dr": row(1000, "< 5000"),
    "cutoff_restoration_ferritin": row(1000, "< 4420"),
    "cutoff_restoration_mhla_dr": row(1000, "> 8000"),
    "cutoff_lyon": row(1000, "< 8000"),
    "cutoff_trial_age": row(1000, ">= 18"),
    "cutoff_trial_neutrophils": row(10**6, "< 1.5"),
    # facts/sofa.md, section 3.
    "cutoff_sepsis_lactate": row(1000, "> 2"),
    "cutoff_qsofa_respiratory_rate": row(1000, ">= 22"),
    "cutoff_qsofa_gcs": row(1, "< 15"),
    "cutoff_qsofa_sbp": row(1000, "<= 100"),
    # Section 2, notes (f) and (p).
    "cutoff_2_spo2": row(1000, "< 98"),
    "cutoff_2_potassium": row(1000, ">= 6.0"),
    "cutoff_2_ph": row(1000, "<= 7.20"),
    "cutoff_2_bicarbonate": row(1000, "<= 12"),
}
SCORES = {"row_1996_gcs", "row_2_gcs", "row_2_gcs_motor", "cutoff_qsofa_gcs"}

# Support by its number: none, oxygen, hfnc, cpap, niv, imv, home_vent, ecmo_vv, ecmo_va; any other number is not known.
SUPPORTS = 9
SUPPORTED = {1996: [3, 4, 5, 6, 7, 8], 2: [2, 3, 4, 5, 6, 7, 8]}  # positive pressure or ECMO (label I); note (g)
ECMO = [7, 8]  # note (i)
# Infusions by their number: norepinephrine, epinephrine, dopamine, dobutamine, and four that 1996 does not score.
INFUSIONS = 8


@dataclass
class Proof:
    name: str
    arguments: list
    precondition: object
    wanted: list  # the result's register, then the words of the out pointer
    group: str
    domain: str = "every input of its type"
    lemma: object = None  # once it is proved, what a call of it is taken by: the words behind its first argument, of the second
    steps: tuple = ()  # what is on the way to the answer: expressions that are proved equal to one are replaced by it
    easy: object = TRUE  # where a counter-example of a control is looked for
    most: tuple = ()  # what the factors of products are at most
    sample: object = lambda random: random.getrandbits(32)


def word(name):
    return claripy.BVS(name, 32, explicit_name=True)


def cases(*names):
    """Every way in which readings are known, or not known at all: two proofs are easier than one."""
    for known in product((True, False), repeat=len(names)):
        label = ", ".join(f"{name} not known" for name, is_known in zip(names, known) if not is_known)
        yield label, [Reading(name, is_known) for name, is_known in zip(names, known)]


def value(symbol):
    return Argument([symbol])


def one_of(number, numbers):
    return Or(*[number == place for place in numbers])


def rows():
    for group, table in [("rows", ROWS), ("cut-offs", CUTOFFS)]:
        for name, rule in table.items():
            reading = Reading("reading")
            wanted = rule.points(reading.span()) if group == "rows" else rule.met(reading.span())
            allowed = And(reading.anything(), reading.whole()) if name in SCORES else reading.anything()
            yield Proof(name, [reading.argument()], allowed, [wanted], group)


def classify():
    """facts/immunosep.md, section 1: MALS above 4420, whatever the HLA-DR; else immunoparalysis below 5000; else neither."""
    ferritin, mhla_dr = Reading("ferritin"), Reading("mhla_dr")
    f, h = ferritin.span(), mhla_dr.span()
    high, low = row(1000, "> 4420"), row(1000, "< 5000")
    may = high.fails("> 4420", f)
    wanted = bits([high.passes("> 4420", f), And(may, low.passes("< 5000", h)), And(may, low.fails("< 5000", h))])
    yield Proof("classify", [ferritin.argument(), mhla_dr.argument()], And(ferritin.anything(), mhla_dr.anything()), [wanted], "classify")


def respiration():
    """Sections 1 and 2. Without support at most 2; FiO2 that is not known is 21 to 100 %, an unknown support either."""
    kinds = {
        "respiration_1996_mmhg": (1996, PF_1996, 1, 1000),
        "respiration_1996_kpa": (1996, PF_KPA_1996, 10, 150),
        "respiration_2_mmhg": (2, ["<= 300", "<= 225", "<= 150", "<= 75"], 1, 1000),
        "respiration_2_kpa": (2, ["<= 40", "<= 30", "<= 20", "<= 10"], 10, 150),
        "respiration_2_spo2": (2, ["<= 300", "<= 250", "<= 200", "<= 120"], 1, 100),
    }
    for name, (edition, words, unit, most) in kinds.items():
        # mmHg over a fraction, FiO2 a percentage: 100 times; of tenths of kPa 1,000 times. All of it fits 31 bits.
        times = 100 * unit
        assert max(2 * most * 1000 * times, 2 * 533 * 100_000) < 2**31
        for label, (gas, fio2) in cases("gas", "fio2"):
            support = word("support")
            by = fio2.by() if fio2.known else Span(c32(21_000), FALSE, c32(100_000), FALSE)
            ratio = Row(words, unit, times).points(gas.span(), by) if gas.known else ALL
            known, supported = support.ULT(SUPPORTS), one_of(support, SUPPORTED[edition])
            unsupported = capped(ratio, 2)
            wanted = If(supported, ratio, If(known, unsupported, ratio | unsupported))
            if name == "respiration_2_spo2":
                # Note (f): below 98 % only.
                surely = Not(row(1000, "< 98").fails("< 98", gas.span())) if gas.known else FALSE
                wanted = If(surely, wanted, ALL)
            if edition == 2:
                wanted = If(one_of(support, ECMO), c32(1 << 4), wanted)
            yield Proof(
                name, [gas.argument(), fio2.argument(), value(support)], And(gas.valid(1000, most), fio2.valid(1000, 100)),
                [wanted], "respiration", label or f"gas 0 to {most}, FiO2 0 to 100 %", most=(2 * most * 1000, 100_000),
                steps=[ratio] if gas.known else [], sample=charted(200_000),
            )


def drug_1996(number, points):
    """Of a drug by its number: the points of each row; 0 of what is not scored, nothing of what is no drug."""
    result = If(number.ULT(INFUSIONS), c32(1), c32(0))
    for place, name in enumerate(["norepinephrine", "epinephrine", "dopamine", "dobutamine"]):
        result = If(number == place, points(ROWS["row_1996_" + name].words), result)
    return result


def unknown_rate(reading):
    """A rate of which only whether it runs is known, as points of a row."""
    return lambda words: where(reading.lo.SLE(0), c32(1)) | where(reading.hi.SGT(0), Row(words, 10**6).points(something()))


def infusions_1996():
    rate, weight, number = Reading("rate"), Reading("weight"), word("drug")
    by_weight = drug_1996(number, lambda words: Row(words, 10**6).points(rate.span()))
    yield Proof(
        "infusion_1996_by_weight", [rate.argument(), value(number)], rate.anything(), [by_weight], "infusions"
    )
    # ug/min over kg, both in thousandths, and cut-offs in tenths.
    assert max(2 * 100_000 * 1000 * 10, 2 * 150 * 1_000_000) < 2**31
    for label, (rate_now, weight) in cases("rate", "weight"):
        if rate_now.known and weight.known:
            shared = lambda words: Row(words, 10, 10).points(rate_now.span(), weight.by())
        else:
            shared = unknown_rate(rate_now)
        allowed = And(rate_now.valid(1000, 100_000), weight.valid(1000, 1000), weight.hi != 0)
        yield Proof(
            "infusion_1996_per_minute", [rate_now.argument(), weight.argument(), value(number)], allowed,
            [drug_1996(number, shared)], "per-minute", label or "rate 0 to 100,000 ug/min, weight to 1,000 kg and not 0",
            most=(200_000_000, 1_000_000), easy=And(weight.lo == 160_000, weight.hi == 160_000) if weight.known else TRUE,
        )
    for label, (rate_now,) in cases("rate"):
        yield Proof(
            "infusion_1996_any", [rate_now.argument(), value(number)], rate_now.valid(1, 1_000_000),
            [drug_1996(number, unknown_rate(rate_now))], "infusions", label or "rate 0 to 1,000,000 of any unit",
        )
    rates = [Reading(name) for name in ("norepinephrine", "epinephrine", "dopamine", "dobutamine")]
    worst = c32(1)
    for each in rates:
        worst = join(worst, ROWS["row_1996_" + each.name].points(each.span()))
    ends = Argument([end for each in rates for end in (each.lo, each.hi)], pointed=True)
    yield Proof("infusions_1996", [ends], And(*[each.anything() for each in rates]), [worst], "infusions")


def circulation(rates, other, dopamine_alone, add):
    """Section 2, the cardiovascular row and note (l): over every set of drugs that may run.

    `rates` are norepinephrine, epinephrine and dopamine with their spans while they run; `add` gives the points of a sum.
    """
    runs = lambda reading: reading.hi.SGT(0)
    rests = lambda reading: reading.lo.SLE(0)
    (first, second, dopamine) = rates
    beside, nothing_beside = Or(runs(other), runs(dopamine)), And(rests(other), rests(dopamine))
    result = c32(0)
    for one in (True, False):
        for two in (True, False):
            possible = And(runs(first) if one else rests(first), runs(second) if two else rests(second))
            if one or two:
                points = add(one, two)
                points = where(nothing_beside, points) | where(beside, one_more(points))
            else:
                points = where(runs(other), c32(1 << 2))
                points = points | where(And(rests(other), runs(dopamine)), dopamine_alone)
                points = points | where(nothing_beside, c32(1))
            result = result | where(possible, points)
    return result


SUM_2 = ["> 0", "> 0", "> 0.2", "> 0.4"]
DOPAMINE_2 = ["> 0", "> 0", "> 20", "> 40"]


def infusions_2():
    rates = [Reading(name) for name in ("norepinephrine", "epinephrine", "dopamine")]
    other = Reading("other")
    ends = Argument([end for each in rates for end in (each.lo, each.hi)], pointed=True)

    nothing = exactly(0, 64)
    spans = [something(64).choose(each.unknown, each.span(32).running()) for each in rates]
    sums = lambda one, two: (spans[0] if one else nothing).plus(spans[1] if two else nothing)
    add = lambda one, two: Row(SUM_2, 10**6).points(sums(one, two))
    wanted = circulation(rates, other, Row(DOPAMINE_2, 10**6).points(spans[2]), add)
    allowed = And(Or(other.unknown, other.valid(1, 1_000_000)), *[Or(each.unknown, each.valid(10**6, 1000)) for each in rates])
    yield Proof(
        "infusions_2_by_weight", [ends, other.argument()], allowed, [wanted], "infusions",
        "rates 0 to 1,000 ug/kg/min, or unknown",
    )


def is_set(word):
    return And(word != 0, word.ULE(31))


def low_byte(word):
    return claripy.ZeroExt(24, claripy.Extract(7, 0, word))


def organs():
    """Cardiovascular: the worse of pressure and infusions, a pressure that is not known is above or below 70. Renal: the worse of creatinine
    and urine; what was not measured is 0 to 4 in 1996, and in SOFA-2, where 4 is RRT alone, 0 to 3."""
    for edition in (1996, 2):
        first, second = word("map"), word("infusions")
        a, b = low_byte(first), low_byte(second)
        wanted = If(is_set(b), join(If(is_set(a), a, c32(3)), b), c32(0))
        yield Proof(f"cardiovascular_{edition}", [value(first), value(second)], TRUE, [wanted], "cardiovascular")
        first, second = word("creatinine"), word("urine")
        a, b = low_byte(first), low_byte(second)
        missing = ALL if edition == 1996 else c32(0b1111)
        wanted = join(If(is_set(a), a, missing), If(is_set(b), b, missing))
        yield Proof(f"renal_{edition}", [value(first), value(second)], TRUE, [wanted], "renal")


# Section 2, the kidney's urine: mL/kg/h over at least so many minutes; note (p): more than 6 h.
URINE = {
    "urine_2_low": ("< 0.5", 6 * 60),
    "urine_2_lower": ("< 0.5", 12 * 60),
    "urine_2_lowest": ("< 0.3", 24 * 60),
    "urine_2_none": ("<= 0", 12 * 60),
    "urine_2_rrt": ("< 0.3", 6 * 60 + 1),
}
LONGEST = 48 * 60


def urine():
    for name, (words, least) in URINE.items():
        for label, (volume, weight) in cases("urine", "weight"):
            minutes = word("minutes")
            v, w = volume.span(), weight.by()
            if words == "<= 0":
                wanted = row(1000, words).met(v)
            elif volume.known and weight.known:
                # 60 * mL < cut * kg * minutes; 1,000,000 thousandths of a kg * 2,880 minutes fit 32 bits.
                assert 1000 * 1000 * LONGEST < 2**32
                times = lambda ticks: claripy.ZeroExt(32, ticks * minutes)
                by = Span(times(w.lo), w.lo_open, times(w.hi), w.hi_open)
                unit = 1 / (2 * Fraction(words.split()[1]))
                # No urine at all is below, whatever the weight.
                known = Row([words], unit, int(60 * unit)).met(volume.span(32), by)
                wanted = If(volume.hi == 0, c32(2), known)
            else:
                wanted = If(volume.hi == 0, c32(2), c32(1))
            wanted = If(minutes.ULT(least), c32(0), wanted)
            allowed = And(volume.valid(1000, 100_000), weight.valid(1000, 1000), minutes.ULE(LONGEST))
            yield Proof(
                name, [volume.argument(), weight.argument(), value(minutes)], allowed, [wanted], "urine",
                label or "0 to 100,000 mL, weight to 1,000 kg, 0 to 2,880 minutes", most=(200_000_000,),
                easy=And(weight.lo == 160_000, weight.hi == 160_000, minutes == least) if weight.known else minutes == least,
            )


def rrt():
    """Note (p): kidney failure by creatinine or urine, and potassium >= 6.0, or pH <= 7.20 with bicarbonate <= 12."""
    kidney, readings = word("kidney"), [Reading(name) for name in ("potassium", "ph", "bicarbonate")]
    points, low = low_byte(kidney), claripy.LShR(kidney, 8)
    scored = met(Not(has(points, 0)), points.UGT(1))
    low = If(low.UGT(2), c32(2), low)
    potassium, ph, bicarbonate = [CUTOFFS["cutoff_2_" + each.name].met(each.span()) for each in readings]
    wanted = both(either(scored, low), either(potassium, both(ph, bicarbonate)))
    wanted = If(is_set(points), wanted, c32(3))
    allowed = And(*[each.anything() for each in readings])
    yield Proof("renal_2_rrt", [value(kidney), *[each.argument() for each in readings]], allowed, [wanted], "renal")


def ends():
    """The ends of a set, which the total's comparison and the endpoint call: proved by itself, then taken by what it is."""
    out, bits_word = [word("out0"), word("out1")], word("set")
    arguments = [Argument(out, pointed=True, written=True), value(bits_word)]
    yield Proof("cutoffs4ends", arguments, TRUE, [None, *set_ends(bits_word)], "total", lemma=set_ends, steps=set_ends(bits_word))


def total():
    """Every sum of one value of each organ."""
    lanes = word("lanes")
    organs = [claripy.Extract(5 * place + 4, 5 * place, lanes) for place in range(6)]
    sums, steps = c32(1), []
    for organ in organs:
        before = sums
        sums = c32(0)
        for points in range(5):
            sums = sums | where(has(organ, points), before << points)
        steps.append(sums)
    wanted = If(And(*[organ != 0 for organ in organs]), sums, c32(0))
    four_at_0 = lanes[29:10] == 0b00001_00001_00001_00001
    yield Proof("total", [value(lanes)], TRUE, [wanted], "total", steps=steps, easy=four_at_0)
    word_total, least = word("total"), word("least")
    lo, hi = set_ends(word_total)
    bound = low_byte(least)
    wanted = If(is_total(word_total), met(lo.UGE(bound), hi.UGE(bound)), c32(3))
    yield Proof("total_at_least", [value(word_total), value(least)], TRUE, [wanted], "total", steps=[lo, hi], sample=sparse)


def is_total(word_total):
    return And(word_total != 0, word_total.ULT(1 << 25))


def set_ends(set_word):
    """The lowest and the highest member; of an empty set 0."""
    lo, hi = c32(0), c32(0)
    for place in reversed(range(32)):
        lo = If(has(set_word, place), c32(place), lo)
    for place in range(32):
        hi = If(has(set_word, place), c32(place), hi)
    return [lo, hi]


def charted(most):
    """An end of a reading, or a small number."""
    return lambda random: random.choice([random.randrange(most + 1), random.randrange(9)])


def sparse(random):
    """A total's bits: a few of 25, or none."""
    return (random.getrandbits(25) & random.getrandbits(25) & random.getrandbits(25)) << random.randrange(3) & (1 << 25) - 1


def endpoint():
    """facts/immunosep.md, section 3: day 1 minus the mean of the days behind it, here of two; 24 after death, missing days
    carried, what is not there yet anything from 0 to 24. A day carried from day 1 cancels against it."""
    last = 3
    totals = [word(f"day{day}") for day in range(1, last + 1)]
    days, how, out = word("days"), word("how"), [word(f"out{place}") for place in range(3)]
    end, tenths = low_byte(how), low_byte(claripy.LShR(how, 8))
    there = [days.UGE(day) for day in range(1, last + 1)]
    scored = [And(here, is_total(each)) for here, each in zip(there, totals)]
    ends = [set_ends(each) for each in totals]
    first = [If(scored[0], ends[0][0], c32(0)), If(scored[0], ends[0][1], c32(24))]
    source, of_first, any_source = list(first), scored[0], scored[0]
    low, high, steps = c32(0), c32(0), [*first]
    for day in range(1, last):
        dead = And(Not(there[day]), end == 1)
        gap = And(Not(scored[day]), Or(there[day], end == 2))
        carried = And(gap, any_source)
        lo = If(scored[day], ends[day][0], If(dead, c32(24), If(carried, source[0], c32(0))))
        hi = If(scored[day], ends[day][1], If(dead, c32(24), If(carried, source[1], c32(24))))
        cancels = And(carried, of_first)
        low = low + If(cancels, c32(0), first[0] - hi)
        high = high + If(cancels, c32(0), first[1] - lo)
        steps += [lo, hi, low, high]
        source = [If(scored[day], ends[day][0], source[0]), If(scored[day], ends[day][1], source[1])]
        any_source, of_first = Or(any_source, scored[day]), And(of_first, Not(scored[day]))
    required = tenths * (last - 1)
    answer = met((10 * low).SGE(required), (10 * high).SGE(required))
    yield Proof(
        "endpoint_day3",
        [Argument(totals, pointed=True), value(days), value(how), Argument(out, pointed=True, written=True)],
        days.ULE(last), [c32(1), answer, low, high], "endpoint", f"0 to {last} days, any end, any required fall", steps=steps,
        easy=And(days == last, how == 14 << 8, totals[0] == 1 << 10, totals[1] == 1 << 8),
        sample=lambda random: random.choice([sparse(random), random.getrandbits(32), random.randrange(last + 1), last]),
    )


def proofs():
    for make in (classify, rows, respiration, infusions_1996, infusions_2, organs, urine, rrt, ends, total, endpoint):
        yield from make()
