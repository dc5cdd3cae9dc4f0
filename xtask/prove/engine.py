"""Symbolic execution of one function of a linked image, and the comparison of what it returns with a specification.

angr lifts and executes the instructions. States that meet at an address are merged here, by hand: angr's own merging gave wrong answers.
What a merge keeps is exact: every register, and every word of the frame and of the result that was written, becomes an If over the paths
that came there. Nothing is trusted in that: at the end the paths must cover every input that the precondition allows.
"""

import logging
from dataclasses import dataclass

import angr
import claripy
import z3

for name in ("angr", "cle", "pyvex", "claripy"):
    logging.getLogger(name).setLevel("CRITICAL")

RETURN, TOP, INPUTS, STACK = 0xFFFF_FFF0, 0x2000_8000, 0x2000_0000, 1024
ARM = {
    "arguments": ["r0", "r1", "r2", "r3"],
    "kept": ["r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11"],
    "all": [f"r{n}" for n in range(13)] + ["sp", "lr"],
    "link": "lr",
    "flags": ["cc_op", "cc_dep1", "cc_dep2", "cc_ndep"],
}
RISCV = {
    "arguments": [f"a{n}" for n in range(8)],
    "kept": [f"s{n}" for n in range(12)],
    "all": ["ra", "sp", "gp", "tp"] + [f"t{n}" for n in range(7)] + [f"s{n}" for n in range(12)] + [f"a{n}" for n in range(8)],
    "link": "ra",
    "flags": [],
}


class Refuted(Exception):
    """An input for which the image and the specification differ, or for which something is not as it must be."""


@dataclass
class Count:
    """What an execution came to: ends of paths, merged or at the return, and blocks."""

    paths: int = 0
    blocks: int = 0


@dataclass
class Run:
    """A state, and the literals of its path beyond the precondition."""

    state: object
    path: tuple = ()


def lowered(condition):
    return claripy.backends.z3.convert(condition)


def model(*conditions):
    """Values for which all hold, as a function of an expression; none if there are none."""
    solver = z3.SolverFor("QF_BV", ctx=lowered(claripy.true()).ctx)
    solver.add(*[lowered(condition) for condition in conditions])
    answer = solver.check()
    if answer == z3.unknown:
        raise Refuted("the solver gives up")
    if answer == z3.unsat:
        return None
    found = solver.model()
    return lambda expression: found.eval(lowered(expression), model_completion=True).as_long()


class Image:
    """A linked image."""

    def __init__(self, elf):
        self.project = angr.Project(elf, auto_load_libs=False)
        self.thumb = self.project.arch.name.startswith("ARM")
        self.abi = ARM if self.thumb else RISCV
        self.read = set()

    def prove(self, proof):
        """Raises Refuted, or returns the count; `self.read` are then the constants that were loaded, `self.stepped` the blocks."""
        return Execution(self, proof).prove()


class Execution:
    def __init__(self, image, proof):
        self.image, self.proof, self.count = image, proof, Count()
        self.dirty, self.fresh = set(), 0
        self.read, self.stepped = set(), set()
        # One solver for all questions which way is possible: what it learns it keeps.
        self.ways = z3.Solver(ctx=lowered(claripy.true()).ctx)
        self.ways.add(lowered(proof.precondition))
        image.read, image.stepped = self.read, self.stepped

    def start(self):
        project, abi, proof = self.image.project, self.image.abi, self.proof
        symbol = project.loader.find_symbol(proof.name)
        if symbol is None:
            raise Refuted(f"no symbol {proof.name}")
        options = {
            angr.options.SYMBOL_FILL_UNCONSTRAINED_REGISTERS,
            angr.options.SYMBOL_FILL_UNCONSTRAINED_MEMORY,
            # Which ways are possible is asked in `possible`.
            angr.options.LAZY_SOLVES,
        }
        state = project.factory.blank_state(addr=symbol.rebased_addr | self.image.thumb, add_options=options)
        # An address that is not known is every one that it may be, or the execution stops; never one of them.
        state.memory.read_strategies = [angr.concretization_strategies.SimConcretizationStrategyRange(2048)]
        state.memory.write_strategies = [angr.concretization_strategies.SimConcretizationStrategyRange(256)]
        state.regs.sp = TOP
        setattr(state.regs, abi["link"], RETURN | self.image.thumb)
        self.before = {}
        for register in abi["kept"]:
            self.before[register] = claripy.BVS("before_" + register, 32)
            setattr(state.regs, register, self.before[register])
        place, self.out = INPUTS, []
        for register, argument in zip(abi["arguments"], proof.arguments, strict=False):
            if argument.pointed:
                setattr(state.regs, register, place)
                for word in argument.words:
                    state.memory.store(place, word, endness="Iend_LE")
                    if argument.written:
                        self.out.append(place)
                    place += 4
                place += 64
            else:
                setattr(state.regs, register, argument.words[0])
        assert len(proof.arguments) <= 4
        state.solver.add(proof.precondition)
        state.inspect.b("mem_write", when=angr.BP_BEFORE, action=self.write)
        state.inspect.b("mem_read", when=angr.BP_AFTER, action=self.reading)
        return Run(state)

    def write(self, state):
        """Every write is into the frame or the result."""
        address, length = state.inspect.mem_write_address, state.inspect.mem_write_length
        length = state.solver.eval(length) if length is not None else state.inspect.mem_write_expr.length // 8
        allowed = [(TOP - STACK, TOP)] + [(place, place + 4) for place in self.out]
        if isinstance(address, int):
            address = claripy.BVV(address, 32)
        if address.concrete:
            at = address.concrete_value
            if not any(low <= at and at + length <= high for low, high in allowed):
                raise Refuted(f"writes {length} bytes at {at:#x}, outside its frame and its result")
            self.dirty.update(range(at & ~3, at + length, 4))
            return
        inside = claripy.Or(*[claripy.And(claripy.UGE(address, low), claripy.ULE(address, high - length)) for low, high in allowed])
        if state.solver.satisfiable(extra_constraints=[claripy.Not(inside)]):
            at = state.solver.eval(address, extra_constraints=[claripy.Not(inside)])
            raise Refuted(f"may write {length} bytes at {at:#x}, outside its frame and its result")
        for at in state.solver.eval_upto(address, 257):
            self.dirty.update(range(at & ~3, at + length, 4))

    def reading(self, state):
        address = state.inspect.mem_read_address
        if not isinstance(address, int) and address.concrete:
            address = address.concrete_value
        if isinstance(address, int) and address < INPUTS:
            self.read.add(address)

    def step(self, run):
        """What follows one block."""
        self.count.blocks += 1
        self.stepped.add(run.state.addr)
        before = {constraint.hash() for constraint in run.state.solver.constraints}
        successors = self.image.project.factory.successors(run.state)
        if successors.unconstrained_successors:
            raise Refuted(f"a jump to where nobody knows, from {run.state.addr:#x}")
        ways = []
        for state in successors.flat_successors:
            added = [constraint for constraint in state.solver.constraints if constraint.hash() not in before]
            ways.append((state, tuple(added)))
        if len(ways) > 1:
            ways = [(state, added) for state, added in ways if self.possible(run.path + added)]
        runs = []
        for state, added in ways:
            # If the other way is impossible, this one is implied.
            if len(ways) == 1 and len(added) == 1 and added[0].hash() == state.history.jump_guard.hash():
                added = ()
            runs.append(Run(state, run.path + added))
            stack = state.regs.sp
            if not stack.concrete or not TOP - STACK <= stack.concrete_value <= TOP:
                raise Refuted(f"stack pointer {stack}")
        return runs

    def possible(self, path):
        answer = self.ways.check(*[lowered(literal) for literal in path])
        return answer != z3.unsat

    def merge(self, runs):
        """One run of several at the same address."""
        if len(runs) == 1:
            return runs[0]
        self.count.paths += len(runs) - 1
        common = 0
        while all(len(run.path) > common for run in runs) and len({run.path[common].hash() for run in runs}) == 1:
            common += 1
        rests = [run.path[common:] for run in runs]
        conditions = [claripy.And(claripy.true(), *rest) for rest in rests]

        def chosen(values):
            if len({value.hash() for value in values}) == 1:
                return values[0]
            result = values[-1]
            for condition, value in zip(conditions[:-1], values[:-1]):
                if value.hash() != result.hash():
                    result = claripy.If(condition, value, result)
            return result

        states = [run.state for run in runs]
        merged = states[0].copy()
        for register in self.image.abi["all"]:
            at, size = self.image.project.arch.registers[register]
            quietly = {"inspect": False, "disable_actions": True, "endness": self.image.project.arch.register_endness}
            value = chosen([state.registers.load(at, size, **quietly) for state in states])
            merged.registers.store(at, value, **quietly)
        live = merged.regs.sp.concrete_value
        for place in sorted(self.dirty):
            if live <= place < TOP or place in self.out:
                value = chosen(
                    [state.memory.load(place, 4, endness="Iend_LE", inspect=False, disable_actions=True) for state in states]
                )
                merged.memory.store(place, value, endness="Iend_LE", inspect=False, disable_actions=True)
        if self.image.thumb:
            assert len({state.regs.itstate.hash() for state in states}) == 1, "merged inside an IT block"
            flags = [tuple(getattr(state.regs, flag).hash() for flag in ARM["flags"]) for state in states]
            if len(set(flags)) > 1:
                # Any flags: more than what can be, so that a proof still holds.
                self.fresh += 1
                merged.regs.cc_op, merged.regs.cc_dep2, merged.regs.cc_ndep = 0, 0, 0
                merged.regs.cc_dep1 = claripy.Concat(claripy.BVS("nzcv", 4), claripy.BVV(0, 28))
        rest = factored(rests)
        path = runs[0].path[:common] + rest
        merged.solver.reload_solver([self.proof.precondition, *path])
        return Run(merged, path)

    def explore(self):
        """All runs until the return."""
        active, done = [self.start()], []
        def place(run):
            state = run.state
            calls = tuple(frame.ret_addr for frame in state.callstack)
            return len(calls), -(state.addr & ~1), calls, state.regs.sp.concrete_value
        while active:
            first = max(map(place, active))
            together = [run for run in active if place(run) == first]
            active = [run for run in active if place(run) != first]
            for run in self.step(self.merge(together)):
                (done if run.state.addr & ~1 == RETURN & ~1 else active).append(run)
            if self.count.blocks > 60_000:
                raise Refuted("does not return within 60,000 blocks")
        self.count.paths += len(done)
        return done

    def prove(self):
        proof, abi = self.proof, self.image.abi
        if model(proof.precondition) is None:
            raise Refuted("the precondition allows nothing")
        done = self.explore()
        uncovered = claripy.Not(claripy.Or(claripy.false(), *[claripy.And(claripy.true(), *run.path) for run in done]))
        if not uncovered.is_false() and model(proof.precondition, uncovered) is not None:
            raise Refuted("paths do not cover every input")
        for run in done:
            state = run.state
            result = getattr(state.regs, abi["arguments"][0])
            out = [state.memory.load(place, 4, endness="Iend_LE", inspect=False, disable_actions=True) for place in self.out]
            differs = [value != wanted for value, wanted in zip([result, *out], proof.wanted, strict=True)]
            differs += [getattr(state.regs, register) != value for register, value in self.before.items()]
            differs.append(state.regs.sp != TOP)
            differs = [condition for condition in differs if not condition.is_false()]
            if not differs:
                continue
            found = model(proof.precondition, *run.path, claripy.Or(*differs))
            if found is not None:
                raise Refuted(self.example(found, [result, *out]))
        return self.count

    def example(self, found, got):
        """An input, what the image makes of it and what the specification does."""
        proof = self.proof
        symbols = [symbol for argument in proof.arguments if not argument.written for symbol in argument.words]
        shown = ", ".join(f"{symbol.args[0]} = {signed(found(symbol))}" for symbol in symbols)
        image, wanted = ([signed(found(value)) for value in values] for values in (got, proof.wanted))
        return f"{shown}: image {image}, specification {wanted}"


def signed(value):
    return value - (1 << 32) if value >> 31 else value


def opposite(a, b):
    return claripy.Not(a).hash() == b.hash() or claripy.Not(b).hash() == a.hash()


def factored(rests):
    """The paths together: a last literal that is both ways is dropped; what is left is one literal."""
    rests = list({tuple(literal.hash() for literal in rest): rest for rest in rests}.values())
    again = True
    while again:
        again = False
        for i, first in enumerate(rests):
            for j in range(i + 1, len(rests)):
                second = rests[j]
                if not first or not second or len(first) != len(second):
                    continue
                same = all(a.hash() == b.hash() for a, b in zip(first[:-1], second[:-1]))
                if same and opposite(first[-1], second[-1]):
                    rests = [rest for k, rest in enumerate(rests) if k not in (i, j)] + [first[:-1]]
                    again = True
                    break
            if again:
                break
    if any(not rest for rest in rests):
        return ()
    if len(rests) == 1:
        return rests[0]
    return (claripy.Or(*[claripy.And(claripy.true(), *rest) for rest in rests]),)
