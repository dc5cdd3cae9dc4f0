"""Writes tests/risk/table.csv: probabilities by numerical integration of the densities, 50 digits, independent of the Rust.

    python3 -m venv target/risk && target/risk/bin/pip install --quiet mpmath==1.3.0
    target/risk/bin/python tests/risk/table.py > tests/risk/table.csv

Each integral is compared with mpmath's erfc, and what differs by more than 1e-25 of it is refused.

A line is a rule, a reading and its scatter (of `immunosep` two of each), and the probabilities:
    of a cut-off   least and most of passing, least and most of not passing
    of a row       0, 1, 2, 3, 4 points
    of immunosep   mals, immunoparalysis, unclassified, then of each that it is not
Scatter: `normal U` and `log-normal CV` are of single-precision numbers, as the crate takes them; `assay V A` is a CV of V per mille and a
part of A thousandths.
"""

import struct
from fractions import Fraction
from functools import lru_cache

import mpmath
from mpmath import mp, mpf

mp.dps = 50
# A typed cut-off, or four: from the tables of shared/facts; the unit's finest decimal, and the most that is reportable.
CUTOFFS = {
    "immunosep ferritin": ("> 4420", 3, 1_000_000),
    "immunosep mhla_dr": ("< 5000", 3, 1_000_000),
    "restoration mhla_dr": ("> 8000", 3, 1_000_000),
    "restoration ferritin": ("< 4420", 3, 1_000_000),
    "lyon": ("< 8000", 3, 1_000_000),
    "sepsis-3 lactate": ("> 2", 3, 100),
    "qsofa respiratory_rate": (">= 22", 3, 200),
    "qsofa gcs": ("< 15", 0, 15),
    "qsofa sbp": ("<= 100", 3, 500),
    "trial age": (">= 18", 3, 150),
    "trial neutrophils": ("< 1.5", 6, 1_000),
    "sofa-2 spo2": ("< 98", 3, 100),
    "sofa-2 potassium": (">= 6.0", 3, 20),
    "sofa-2 ph": ("<= 7.20", 3, 14),
    "sofa-2 bicarbonate": ("<= 12", 3, 100),
}
ROWS = {
    "sofa-1996 pf": "< 400, < 300, < 200, < 100",
    "sofa-1996 pf_kpa": "< 53.3, < 40, < 26.7, < 13.3",
    "sofa-1996 platelets": "< 150, < 100, < 50, < 20",
    "sofa-1996 bilirubin": ">= 1.2, >= 2.0, >= 6.0, >= 12.0",
    "sofa-1996 bilirubin_si": ">= 20, >= 33, >= 102, > 204",
    "sofa-1996 map": "< 70, never, never, never",
    "sofa-1996 norepinephrine": "> 0, > 0, > 0, > 0.1",
    "sofa-1996 epinephrine": "> 0, > 0, > 0, > 0.1",
    "sofa-1996 dopamine": "> 0, > 0, > 5, > 15",
    "sofa-1996 dobutamine": "> 0, > 0, never, never",
    "sofa-1996 gcs": "< 15, < 13, < 10, < 6",
    "sofa-1996 creatinine": ">= 1.2, >= 2.0, >= 3.5, >= 5.0",
    "sofa-1996 creatinine_si": ">= 110, >= 171, >= 300, > 440",
    "sofa-1996 urine": "< 500, < 500, < 500, < 200",
    "sofa-2 pf": "<= 300, <= 225, <= 150, <= 75",
    "sofa-2 pf_kpa": "<= 40, <= 30, <= 20, <= 10",
    "sofa-2 platelets": "<= 150, <= 100, <= 80, <= 50",
    "sofa-2 bilirubin": "> 1.2, > 3.0, > 6.0, > 12.0",
    "sofa-2 bilirubin_si": "> 20.6, > 51.3, > 102.6, > 205",
    "sofa-2 map": "< 70, never, never, never",
    "sofa-2 norepinephrine": "> 0, > 0, > 0.2, > 0.4",
    "sofa-2 epinephrine": "> 0, > 0, > 0.2, > 0.4",
    "sofa-2 dopamine": "> 0, > 0, > 20, > 40",
    "sofa-2 dobutamine": "> 0, > 0, never, never",
    "sofa-2 gcs": "< 15, < 13, < 9, < 6",
    "sofa-2 creatinine": "> 1.2, > 2.0, > 3.5, never",
    "sofa-2 creatinine_si": "> 110, > 170, > 300, never",
    "sofa-2 urine": "never, never, never, never",
    "sofa-2 sf": "<= 300, <= 250, <= 200, <= 120",
    "sofa-2 map_unavailable": "< 70, < 60, < 50, < 40",
    "sofa-2 gcs_motor": "< 6, < 5, < 4, < 3",
    "stages mhla_dr": "< 15000, <= 8000, < 5000, never",
}
DECIMALS = {"pf": 0, "pf_kpa": 1, "gcs": 0, "gcs_motor": 0, "sf": 0}


@lru_cache(maxsize=None)
def beyond(mean, deviation, edge):
    """Of a normal distribution what lies above the edge, and what does not: the tail that is the smaller one, integrated."""
    far = abs(edge - mean)
    if far > 45 * deviation:
        tail = mpf(0)  # 1e-442
    else:
        # From the edge on in steps, as parts of the density there: quad's error is absolute.
        step = deviation / (1 + far / deviation)
        density = lambda s: mpmath.exp(-(s**2) / (2 * deviation**2)) / (deviation * mpmath.sqrt(2 * mp.pi))
        part = lambda n: mpmath.exp(-((far + step * n) ** 2 - far**2) / (2 * deviation**2))
        tail = density(far) * step * mpmath.quad(part, [0, 1, 2, 4, 8, 16, 32, 64, 130])
        known = mpmath.erfc(far / deviation / mpmath.sqrt(2)) / 2
        assert abs(tail - known) <= known * mpf(10) ** -25, (mean, deviation, edge, tail, known)
    return (tail, 1 - tail) if edge >= mean else (1 - tail, tail)


def single(text):
    """The value of a `f32`."""
    return Fraction(struct.unpack("f", struct.pack("f", float(text)))[0])


def real(fraction):
    return mpf(fraction.numerator) / fraction.denominator


def above(value, side, scatter, cut, inclusive):
    """The probabilities that a true value lies above (or, inclusive, on) a cut-off, and that it does not; side: from which side of it the
    value of the reading is approached, which only counts without any scatter."""
    kind, *numbers = scatter.split()
    if kind == "log-normal":
        cv = single(numbers[0])
        relative_only, none = True, cv == 0
    elif kind == "normal":
        variance = single(numbers[0]) ** 2
        none = variance == 0
    else:
        variance = Fraction(int(numbers[1]), 1000) ** 2 + (Fraction(int(numbers[0]), 1000) * value) ** 2
        none = variance == 0
    if none or (kind == "log-normal" and value == 0):
        yes = value > cut or value == cut and (side > 0 or side == 0 and inclusive)
        return (mpf(yes), mpf(not yes))
    if kind == "log-normal":
        if cut == 0:
            return (mpf(1), mpf(0))
        sigma = mpmath.sqrt(mpmath.log1p(real(cv) ** 2))
        return beyond(mpmath.log(real(value)), sigma, mpmath.log(real(cut)))
    return beyond(real(value), mpmath.sqrt(real(variance)), real(cut))


def passes(value, side, scatter, words):
    """Of one cut-off in words: passing, and not."""
    if words == "never":
        return (mpf(0), mpf(1))
    sign, number = words.split()
    rises = sign[0] == ">"
    yes, no = above(value, side, scatter, Fraction(number), sign in (">=", "<"))
    return (yes, no) if rises else (no, yes)


def ends(text, decimals, most):
    """The least and the most value of a reading, each with the side from which it is approached."""
    value, tick = lambda number: Fraction(number), Fraction(1, 10**decimals)

    def end(number, way):
        on = value(number) // tick * tick
        return (value(number), 0) if on == value(number) else (on, 1) if way < 0 else (on + tick, -1)

    if ".." in text:
        low, high = text.split("..")
        return end(low, -1), end(high, 1)
    if text[0] == ">":
        return ((value(text[2:]), 0) if text[1] == "=" else (value(text[1:]), 1)), (Fraction(most), 0)
    if text[0] == "<":
        return (Fraction(0), 0), ((value(text[2:]), 0) if text[1] == "=" else (value(text[1:]), -1))
    return end(text, -1), end(text, 1)


def said(number):
    return mpmath.nstr(number, 20, min_fixed=0, max_fixed=0).replace("e+0", "") if number else "0.0"


def line(*cells, probabilities):
    print(",".join([*cells, " ".join(map(said, probabilities))]))


def decimal(fraction, decimals):
    """To the tick, as charted."""
    ticks = round(fraction * 10**decimals)
    whole, rest = divmod(ticks, 10**decimals)
    return f"{whole}" + (f".{rest:0{decimals}}" if decimals else "")


def cutoff(name, reading, scatter):
    words, decimals, most = CUTOFFS[name]
    (low, low_side), (high, high_side) = ends(reading, decimals, most)
    a, b = passes(low, low_side, scatter, words), passes(high, high_side, scatter, words)
    a, b = (b, a) if words[0] == "<" else (a, b)
    line(name, reading, scatter, "", "", probabilities=[a[0], b[0], b[1], a[1]])


def row(name, reading, scatter):
    chain = [passes(Fraction(reading), 0, scatter, words) for words in ROWS[name].split(", ")]
    chain = [(mpf(1), mpf(0)), *chain, (mpf(0), mpf(1))]
    # Both tails are integrated, so the difference of the smaller ones has lost no digit.
    less = lambda a, b: a[0] - b[0] if a[0] < b[1] else b[1] - a[1]
    line(name, reading, scatter, "", "", probabilities=[less(a, b) for a, b in zip(chain, chain[1:])])


def endotype(ferritin, of_ferritin, mhla_dr, of_mhla_dr):
    high, not_high = passes(Fraction(ferritin), 0, of_ferritin, CUTOFFS["immunosep ferritin"][0])
    low, not_low = passes(Fraction(mhla_dr), 0, of_mhla_dr, CUTOFFS["immunosep mhla_dr"][0])
    yes = [high, not_high * low, not_high * not_low]
    no = [not_high, high + not_high * not_low, high + not_high * low]
    line("immunosep", ferritin, of_ferritin, mhla_dr, of_mhla_dr, probabilities=yes + no)


def main():
    print("rule,reading,scatter,mhla_dr,its_scatter,probabilities")
    # The two criteria: every scatter, the edge, its ticks, far tails, censored and ranged ones.
    both = ["0", "1e-45", "1e-6", "0.001", "0.3", "44.2", "353.6", "750", "5000", "1e6", "1e30"]
    relative = ["0", "1e-45", "1e-20", "1e-6", "0.001", "0.05", "0.08", "0.15", "0.5", "1", "10", "1e10", "1e38"]
    assays = ["0 0", "80 0", "150 0", "1 0", "1000 0", "65535 0", "0 50000", "80 50000", "0 1000000000"]
    scatters = [f"normal {u}" for u in both] + [f"log-normal {cv}" for cv in relative] + [f"assay {a}" for a in assays]
    readings = {
        "immunosep ferritin": ["0", "0.001", "500", "4000", "4419.999", "4420", "4420.001", "4600", "9000", "1000000"],
        "immunosep mhla_dr": ["0", "0.001", "500", "4500", "4999.999", "5000", "5000.001", "5600", "9000", "1000000"],
    }
    sets = ["4420.0004", "4999.9996", ">2000", ">4420", ">=4420", "<4420", "<=4420", "<5000", "<=5000", ">5000", ">=5000", "4300..4500", "4900.00001..5100.00001"]
    for name in readings:
        for scatter in scatters:
            for reading in readings[name]:
                cutoff(name, reading, scatter)
        for scatter in ["normal 0", "normal 353.6", "log-normal 0.15", "assay 0 0", "assay 80 50000"]:
            for reading in sets:
                cutoff(name, reading, scatter)
    # Tails: so many uncertainties away, to where double precision ends.
    for z in (2, 4, 6, 8, 12, 16, 20, 25, 30, 34, 37, 38, 38.5, 40):
        for way in (-1, 1):
            cutoff("immunosep ferritin", decimal(4420 + way * Fraction(z) * 100, 3), "normal 100")
            cutoff("immunosep mhla_dr", decimal(Fraction(float(5000 * mpmath.exp(way * z * mpf("0.0998")))), 3), "log-normal 0.1")
    for name, (words, decimals, most) in CUTOFFS.items():
        if name not in readings:
            cut, tick = Fraction(words.split()[1]), Fraction(1, 10**decimals)
            for scatter in ["normal 0", f"normal {float(cut / 20):.3g}", "log-normal 0.1", "assay 100 0"]:
                for reading in (cut - tick, cut, cut + tick, cut * Fraction(9, 10), cut * Fraction(5, 4)):
                    cutoff(name, decimal(min(reading, most), decimals), scatter)
    for name, words in ROWS.items():
        quantity = name.split()[1]
        cuts = sorted({Fraction(word.split()[1]) for word in words.split(", ") if word != "never"}) or [Fraction(500)]
        drug = quantity in ("norepinephrine", "epinephrine", "dopamine", "dobutamine")
        decimals = DECIMALS.get(quantity, 6 if drug else 3)
        least = 3 if quantity == "gcs" else 1 if quantity == "gcs_motor" else 0
        cuts_and_more = [*cuts, Fraction(1, 100), Fraction(1, 20), Fraction(5)] if drug else cuts
        width = max(cuts[-1] / 20, Fraction(1, 50))
        middles = [(a + b) / 2 for a, b in zip(cuts, cuts[1:])]
        chosen = sorted({decimal(value, decimals) for value in [Fraction(least), *cuts_and_more, *middles, cuts[-1] * 6 / 5]}, key=Fraction)
        if quantity in ("gcs", "gcs_motor"):
            chosen = [value for value in chosen if Fraction(value) <= (15 if quantity == "gcs" else 6)]
        for scatter in ["normal 0", f"normal {float(width):.3g}", "normal 1e7", "log-normal 0.1", "assay 100 0"]:
            for reading in chosen:
                row(name, reading, scatter)
    for of_ferritin, of_mhla_dr in [
        ("normal 0", "normal 0"),
        ("log-normal 0.08", "log-normal 0.15"),
        ("assay 80 0", "assay 150 0"),
        ("normal 40", "normal 60"),
        ("normal 1e6", "normal 0"),
    ]:
        for ferritin in ("0", "900", "4420", "4421", "4600", "6000"):
            for mhla_dr in ("0", "3500", "4999", "5000", "5600", "9000"):
                endotype(ferritin, of_ferritin, mhla_dr, of_mhla_dr)


main()
