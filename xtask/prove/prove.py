"""Proves the functions of a linked image equal to `spec.py`: `prove.py ELF [GROUP...]`.

One line a function; then, of its control, the constant that was patched and the counter-example. The last line counts. Status 1 if a
function is refuted, or if none of its patched constants is.
"""

import re
import sys
import time
from dataclasses import replace

from claripy import And
from engine import PATIENCE, Differs, Image, Refuted
from spec import proofs

# So many patched constants are tried before a function has no control.
TRIES = 24

# Proved only when they are named: proof or control does not end on every image in a time that a check may take.
UNFINISHED = ("respiration", "per-minute")


def patches(image, execution):
    """Constants of a function with one bit changed: first words that it reads, then numbers in its instructions."""
    for address in sorted(execution.read):
        word = image.bytes(address, 4)
        number = int.from_bytes(word, "little")
        # The address of something is no constant of a rule.
        if not 0x8000 <= number < 0x10000:
            yield address, word, (number ^ 1).to_bytes(4, "little")
    halves = [each for start in sorted(execution.stepped) for each in in_block(image, start)]
    # The first bit of each, then the second: what is changed in an instruction without effect is changed in others, too.
    while halves:
        rest = []
        for half in halves:
            if patch := next(half, None):
                yield patch
                rest.append(half)
        halves = rest


def in_block(image, start):
    """Of each half of an instruction that may hold a constant of a rule, the ways to change it by one bit."""
    block = image.block(start)
    places = sorted({place & ~1 for place in block.instruction_addrs} | {(start & ~1) + block.size})
    instructions = [(place, image.bytes(place, following - place)) for place, following in zip(places, places[1:])]

    def changed(place, code, at):
        shape = constants_out(image, place, code)
        for bit in range(16):
            after = (int.from_bytes(code[at : at + 2], "little") ^ 1 << bit).to_bytes(2, "little")
            if constants_out(image, place, code[:at] + after + code[at + 2 :]) == shape:
                yield place + at, code[at : at + 2], after

    rules = [(place, code) for place, code in instructions if not addresses(image.thumb, code)]
    return [changed(place, code, at) for place, code in rules for at in range(0, len(code), 2)]


def addresses(thumb, code):
    """Whether an instruction's constant is the place of a load, a store or a jump, or a stack's."""
    half = int.from_bytes(code[:2], "little")
    if thumb:
        jump = len(code) == 4 and half >> 11 == 0b11110 and code[3] >> 7 == 1
        return jump or half >> 12 in (5, 6, 7, 8, 9, 0xA, 0xB, 0xC, 0xD, 0xE) or half >> 9 in (0b1110_100, 0b1111_100)
    if half & 3 == 3:
        return half & 0x7F in (0x03, 0x23, 0x63, 0x67, 0x6F, 0x17)
    return half & 3 == 0 or half & 3 == 2 and half >> 13 in (2, 4, 6) or half & 3 == 1 and half >> 13 in (1, 5, 6, 7)


def constants_out(image, address, code):
    """The lifted code of some bytes without its numbers."""
    try:
        irsb = image.project.factory.block(address | image.thumb, byte_string=code, size=len(code)).vex
    except Exception:  # what can not be lifted has no constants
        return None
    lifted = "\n".join(str(op) for op in irsb._ops) if hasattr(irsb, "_ops") else str(irsb)
    return re.sub(r"0x[0-9a-f]+", "K", re.sub(r"IMARK.*|.*IMark.*", "", lifted))


def control(image, proof, execution):
    """The first patched constant that is refuted by an input, and how many it took."""
    easier = replace(proof, precondition=And(proof.precondition, proof.easy))
    for tried, (address, before, after) in enumerate(patches(image, execution)):
        if tried == TRIES:
            break
        try:
            image.patched(address, after).prove(easier)
        except Differs as found:
            return f"{address:#x}: {before[::-1].hex()} -> {after[::-1].hex()}: {found}"
        except Refuted:
            pass
    return None


def main():
    elf, *groups = sys.argv[1:]
    image = Image(elf)
    functions = paths = blocks = controls = failed = 0
    for proof in proofs():
        if proof.group not in groups if groups else proof.group in UNFINISHED:
            continue
        functions += 1
        start = time.monotonic()
        try:
            execution = image.prove(proof)
        except Refuted as found:
            failed += 1
            print(f"REFUTED {proof.name}: {found}", flush=True)
            continue
        count, seconds = execution.count, time.monotonic() - start
        paths, blocks = paths + count.paths, blocks + count.blocks
        print(f"proved {proof.name}: {count.paths} paths, {count.blocks} blocks, {seconds:.1f} s; for {proof.domain}", flush=True)
        # A counter-example that is hard to find is left for the next constant's.
        PATIENCE["seconds"] = 10
        refuted = control(image, proof, execution)
        PATIENCE["seconds"] = 600
        if refuted is None:
            failed += 1
            print(f"NO CONTROL of {proof.name} is refuted", flush=True)
        else:
            controls += 1
            print(f"  control {refuted} ({time.monotonic() - start - seconds:.1f} s)", flush=True)
    print(f"{functions - failed} of {functions} functions, {paths} paths, {blocks} blocks; {controls} controls refuted")
    return 1 if failed or not functions else 0


if __name__ == "__main__":
    sys.exit(main())
