"""The row format, for adapters: what is asked, and a place for what was answered."""
import csv
import sys
from fractions import Fraction

ORGANS = ["respiration", "coagulation", "liver", "cardiovascular", "brain", "renal"]


class Unsupported(Exception):
    """The program has no such input, or can not be asked that."""


class Row:
    def __init__(self, row):
        self.id, self.rules, self.missing, self.asks = row["id"], row["rules"], row["missing"], row["asks"]
        parts = [part.split(" ", 1) for part in row["input"].split("; ") if part]
        self.items = {item: rest[0].split(" ") if rest else [] for item, *rest in parts}

    def only(self, *items):
        """A program that does not know an item can not be asked about it."""
        for item in self.items:
            if item not in items:
                raise Unsupported(item)

    def number(self, item, *units):
        """A sharp value in one of these units; None if it was not charted."""
        if item not in self.items:
            return None
        value, *unit = self.items[item]
        if value == "-" or ".." in value or value[0] in "<>" or units and unit != [units[0]] and "".join(unit) not in units:
            raise Unsupported(item)
        return Fraction(value)

    def word(self, item, otherwise=None):
        return self.items[item][0] if item in self.items else otherwise

    def fio2(self):
        """As a fraction."""
        value = self.number("fio2", "%", "1")
        return value / 100 if value is not None and self.items["fio2"][1] == "%" else value


def run(answer):
    """Answers each row by itself."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["id", "answer"])
    for line in csv.DictReader(sys.stdin):
        row = Row(line)
        try:
            out.writerow([row.id, answer(row)])
        except Unsupported:
            out.writerow([row.id, "unsupported"])
