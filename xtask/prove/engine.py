"""Symbolic execution of one function of a linked image, and the comparison of what it returns with a specification.

angr loads and lifts the image (VEX on ARM, p-code on RISC-V) and says what each operation of the lifted code means. The walk over the
blocks is here: angr's own is slow, and its merging gave wrong answers. Paths that meet at an address become one, of which every register
and every word of memory is an If over the paths that came there. Nothing is trusted in that: at the end the paths must cover every
input that the precondition allows.
"""

import logging
from copy import copy
from dataclasses import dataclass
from random import Random

import angr
import claripy
import pypcode
import z3
from angr.engines.pcode.behavior import BehaviorFactory
from angr.engines.vex.claripy import ccall
from angr.engines.vex.claripy.irop import vexop_to_simop

for name in ("angr", "cle", "pyvex", "claripy"):
    logging.getLogger(name).setLevel("CRITICAL")

RETURN, TOP, INPUTS, STACK = 0xFFFF_FFF0, 0x2000_8000, 0x2000_0000, 1024
LOOP = 0  # so often a block is walked before it is asked which of its ways is possible
BEHAVIORS = BehaviorFactory()
# What angr has no meaning of.
SATURATING = {"Iop_QAdd32S": lambda a, b: a + b, "Iop_QSub32S": lambda a, b: a - b}
TRUE = claripy.true()
CONTEXT = claripy.backends.z3.convert(claripy.true()).ctx


class Refuted(Exception):
    """An input for which the image and the specification differ, or something else that is not as it must be."""


class Differs(Refuted):
    """An input for which the result is another: what a control must find."""


def lowered(condition):
    return claripy.backends.z3.convert(condition)


# Seconds that one question to the solver may take.
PATIENCE = {"seconds": 600}


def model(*conditions, seconds=None):
    """Values for which all hold, as a function of an expression; none if there are none."""
    solver = z3.SolverFor("QF_BV", ctx=CONTEXT)
    solver.set("timeout", 1000 * (seconds or PATIENCE["seconds"]))
    solver.add(*[lowered(condition) for condition in conditions])
    answer = solver.check()
    if answer == z3.unknown:
        raise Refuted("the solver gives up")
    if answer == z3.unsat:
        return None
    found = solver.model()
    return lambda expression: found.eval(lowered(expression), model_completion=True).as_long()


class Products:
    """Conditions in which a product by a constant is a number of its own, with what is true of it.

    What is impossible of any such numbers is impossible of the products; if it is not, the products themselves are asked. Added is what is
    true of a product: of an even constant it is even. Of a factor that is proved to lie between 0 and one of `most`, so that nothing
    overflows, it lies as far and is 0 if the factor is. Of one factor products are in the order of their constants, if it is not 0; by one
    constant in the order of their factors.
    """

    def __init__(self, precondition, most):
        self.precondition, self.most = precondition, most
        self.simple, self.found, self.bounds = {}, {}, {}

    def without(self, expression):
        if not isinstance(expression, claripy.ast.Base) or expression.concrete or not expression.args:
            return expression
        key = expression.hash()
        if key not in self.simple:
            if expression.op in ("BVS", "BoolS"):
                self.simple[key] = expression
                return expression
            arguments = [self.without(each) for each in expression.args]
            constants = [each for each in expression.args if isinstance(each, claripy.ast.Base) and each.concrete]
            if expression.op == "__mul__" and len(arguments) == 2 and len(constants) == 1:
                (factor,) = [each for each in arguments if not each.concrete]
                by = constants[0].concrete_value
                by -= (by >> expression.length - 1) << expression.length
                factor, products = self.factor(factor)
                if abs(by) not in products:
                    products[abs(by)] = claripy.BVS(f"product_{key:x}", expression.length, explicit_name=True)
                self.simple[key] = products[abs(by)] if by > 0 else -products[abs(by)]
            else:
                same = all(a is b for a, b in zip(arguments, expression.args))
                self.simple[key] = expression if same else expression.make_like(expression.op, tuple(arguments))
        return self.simple[key]

    def factor(self, factor):
        """A factor that is proved equal to this one, or it, and its products."""
        if factor.hash() not in self.found:
            for known, products in list(self.found.values()):
                if known.length == factor.length and model(self.precondition, known != factor, seconds=20) is None:
                    self.found[factor.hash()] = known, products
                    break
            else:
                self.found[factor.hash()] = factor, {}
        return self.found[factor.hash()]

    def facts(self):
        yield from self.of_each()
        for a, first in self.found.values():
            for b, second in self.found.values():
                common = [by for by in first if by in second]
                if a is b or not common or a.length != b.length:
                    continue
                if self.bounds.get(a.hash()) is None or self.bounds.get(b.hash()) is None:
                    continue
                yield from [a.SLT(b) == first[by].SLT(second[by]) for by in common]

    def of_each(self):
        for factor, products in self.found.values():
            for by, product in products.items():
                if by % 2 == 0:
                    yield claripy.Extract(0, 0, product) == 0
            largest = max(products)
            bounds = [most for most in sorted(self.most) if largest * most < 1 << factor.length - 1]
            inside = lambda most: claripy.And(factor.SGE(0), factor.SLE(claripy.BVV(most, factor.length)))
            bound = next((most for most in bounds if model(self.precondition, claripy.Not(inside(most)), seconds=20) is None), None)
            self.bounds[factor.hash()] = bound
            if bound is not None:
                for by, product in products.items():
                    yield claripy.And(product.SGE(0), product.SLE(by * bound), (product == 0) == (factor == 0))
                ordered = [products[by] for by in sorted(products)]
                yield from [claripy.Or(factor == 0, low.SLT(high)) for low, high in zip(ordered, ordered[1:])]

    def model(self, *conditions):
        simple = [self.without(condition) for condition in conditions]
        if self.found:
            try:
                if model(*simple, *self.facts(), seconds=60) is None:
                    return None
            except Refuted:  # too hard
                pass
        return model(*conditions)


@dataclass
class Count:
    """What an execution came to: ends of paths, at a merge or at the return, and blocks."""

    paths: int = 0
    blocks: int = 0


@dataclass
class State:
    address: int
    registers: dict
    memory: dict
    path: tuple = ()  # what holds beyond the precondition
    calls: tuple = ()  # where the calls that are open return to

    def copy(self, path=()):
        return State(self.address, dict(self.registers), dict(self.memory), self.path + path, self.calls)


class Image:
    """A linked image."""

    def __init__(self, elf):
        self.project = angr.Project(elf, auto_load_libs=False)
        self.thumb = self.project.arch.name.startswith("ARM")
        self.blocks, self.lemmas, self.jumps, self.patch = {}, {}, {}, None
        if self.thumb:
            place = lambda name: self.project.arch.registers[name][0]
            self.arguments, self.link, self.stack = [place(f"r{n}") for n in range(4)], place("lr"), place("sp")
            self.kept = [place(f"r{n}") for n in range(4, 12)]
            self.flags = [place(name) for name in ("cc_op", "cc_dep1", "cc_dep2", "cc_ndep")]
            self.it = place("itstate")
        else:
            registers = pypcode.Context(self.project.arch.name).registers
            place = lambda name: registers[name].offset
            self.arguments, self.link, self.stack = [place(f"a{n}") for n in range(8)], place("ra"), place("sp")
            self.kept = [place(f"s{n}") for n in range(12)]
            self.flags, self.it = [], None

    def find(self, name):
        """A function's address, by its symbol or a part of the mangled one; none if it is not in the image."""
        symbol = self.project.loader.find_symbol(name)
        found = [symbol] if symbol else [each for each in self.project.loader.main_object.symbols if name in each.name and each.is_function]
        return (found[0].rebased_addr | self.thumb) if len({each.rebased_addr for each in found}) == 1 else None

    def block(self, address):
        """The code from an address to the next jump, or to where another jump leads: there paths meet."""
        if address not in self.blocks:
            try:
                block = self.lift(address)
            except angr.errors.SimEngineError:
                raise Refuted(f"goes to {address:#x}, where no code is") from None
            inside = [place for place in self.targets(address & ~1) if address & ~1 < place < (address & ~1) + block.size]
            if inside:
                block = self.lift(address, min(inside) - (address & ~1))
            self.blocks[address] = block
        return self.blocks[address]

    def targets(self, address):
        """Where the jumps of the function lead that an address lies in."""
        symbols = self.project.loader.main_object.symbols
        spans = [(each.rebased_addr & ~1, each.size) for each in symbols if each.is_function and each.size]
        start, size = next(((start, size) for start, size in spans if start <= address < start + size), (address, 0))
        if start not in self.jumps:
            found, place = set(), start
            while place < start + size:
                try:
                    block = self.lift(place | self.thumb)
                    irsb, length = block.vex, block.size
                except Exception:  # constants between the instructions
                    irsb, length = None, 2
                if irsb is not None and self.thumb:
                    found |= {statement.dst.value & ~1 for statement in irsb.statements if statement.tag == "Ist_Exit"}
                    if irsb.next.tag == "Iex_Const":
                        found.add(irsb.next.con.value & ~1)
                elif irsb is not None:
                    jumps = [op for op in irsb._ops if op.opcode.name in ("BRANCH", "CBRANCH")]
                    found |= {op.inputs[0].offset for op in jumps if op.inputs[0].space.name == "ram"}
                place += length or 2
            self.jumps[start] = found
        return self.jumps[start]

    def bytes(self, address, length):
        found = bytearray(self.project.loader.memory.load(address, length))
        if self.patch:
            start, value = self.patch
            for place, byte in enumerate(value, start - address):
                if 0 <= place < length:
                    found[place] = byte
        return bytes(found)

    def lift(self, address, size=None):
        """The code from an address to the next jump."""
        block = self.project.factory.block(address, size=size)
        code = self.bytes(address & ~1, block.size)
        return block if code == block.bytes else self.project.factory.block(address, byte_string=code, size=len(code))

    def patched(self, address, value):
        """The image with other bytes at an address."""
        other = copy(self)
        other.patch = address, value
        touched = lambda start, size: start < address + len(value) and address < start + size
        other.blocks = {place: block for place, block in self.blocks.items() if not touched(place & ~1, block.size)}
        other.lemmas = {}
        return other

    def prove(self, proof):
        """Raises Refuted, or returns the execution with its count."""
        execution = Execution(self, proof)
        execution.prove()
        if proof.lemma:
            self.lemmas[self.find(proof.name)] = proof.lemma
        return execution


class Execution:
    def __init__(self, image, proof):
        self.image, self.proof, self.count = image, proof, Count()
        self.read, self.stepped, self.fresh = set(), {}, 0
        # One solver for all questions which way is possible: what it learns it keeps.
        self.ways = z3.Solver(ctx=CONTEXT)
        self.ways.add(lowered(proof.precondition))
        self.ways.set("timeout", 500)
        self.products = Products(proof.precondition, proof.most)
        self.asked, self.simpler, self.same, self.kept, self.fits, self.inputs = {}, {}, {}, {}, {}, []

    # --- memory: words of four bytes; what was never written is anything, once and for all ---

    def word(self, state, address):
        if address not in state.memory:
            state.memory[address] = claripy.BVS(f"memory_{address:x}", 32, explicit_name=True)
        return state.memory[address]

    def load_at(self, state, address, length):
        if address < INPUTS:
            self.read.add(address & ~3)
            return claripy.BVV(int.from_bytes(self.image.bytes(address, length), "little"), 8 * length)
        first, last = address & ~3, (address + length - 1) & ~3
        words = [self.word(state, place) for place in range(first, last + 4, 4)]
        whole = words[0] if len(words) == 1 else claripy.Concat(*reversed(words))
        low = 8 * (address - first)
        return claripy.Extract(low + 8 * length - 1, low, whole)

    def store_at(self, state, address, value, condition=None):
        length = value.length // 8
        frame = TOP - STACK <= address and address + length <= TOP
        if not frame and not any(address >= place and address + length <= place + 4 for place in self.out):
            raise Refuted(f"writes {length} bytes at {address:#x}, outside its frame and its result")
        first = address & ~3
        over = 8 * (address + length - first - 4)
        if over > 0:
            # Over two words, which some processors allow.
            self.store_at(state, address, value[value.length - over - 1 : 0], condition)
            return self.store_at(state, first + 4, value[value.length - 1 : value.length - over], condition)
        before = self.word(state, first)
        low = 8 * (address - first)
        parts = [before[31 : low + 8 * length]] if low + 8 * length < 32 else []
        parts += [value] + ([before[low - 1 : 0]] if low else [])
        after = claripy.Concat(*parts) if len(parts) > 1 else value
        state.memory[first] = after if condition is None else claripy.If(condition, after, before)

    def cases(self, state, address, more=()):
        """Every value that an address may have, each with what makes it so."""
        listed = leaves(address)
        if listed is not None:
            return listed
        found, excluded = [], []
        path = [lowered(literal) for literal in (*state.path, *more)]
        while True:
            answer = self.ways.check(*path, *excluded)
            if answer == z3.unsat:
                return [(address == place if len(found) > 1 else TRUE, place) for place in found]
            if answer == z3.unknown or len(found) > 64:
                raise Refuted(f"an address that may be anywhere, {address.shallow_repr()}")
            found.append(self.ways.model().eval(lowered(address), model_completion=True).as_long())
            excluded.append(lowered(address != found[-1]))

    def load(self, state, address, length, guard=TRUE):
        value = None
        for condition, place in reversed(self.cases(state, address, (guard,))):
            try:
                loaded = self.load_at(state, place, length)
            except KeyError:
                # Where nothing is must not be read; an instruction that is not executed does not.
                if model(self.proof.precondition, *state.path, guard, condition) is not None:
                    raise Refuted(f"reads {place:#x}, where nothing is") from None
                continue
            value = loaded if value is None else claripy.If(condition, loaded, value)
        return claripy.BVV(0, 8 * length) if value is None else value

    def store(self, state, address, value, guard=TRUE):
        for condition, place in self.cases(state, address, (guard,)):
            condition = claripy.And(condition, guard)
            self.store_at(state, place, value, None if condition.is_true() else condition)

    # --- lifted code ---

    def step(self, state):
        """The states behind one block."""
        if state.address in self.image.lemmas and state.calls:
            return [self.taken(state, self.image.lemmas[state.address])]
        self.count.blocks += 1
        self.stepped[state.address] = self.stepped.get(state.address, 0) + 1
        block = self.image.block(state.address)
        ways = self.vex(state, block) if self.image.thumb else self.pcode(state, block)
        # Outside of loops it is cheaper to walk a way that no input takes.
        if len(ways) > 1 and self.stepped[state.address] > LOOP:
            ways = [(after, kind, to, literals) for after, kind, to, literals in ways if self.possible(state.path + literals)]
        following = []
        for after, kind, to, literals in ways:
            # If the other way is impossible, this one is implied.
            after.path = state.path + (literals if len(ways) > 1 else ())
            for condition, place in self.cases(after, to):
                one = after.copy(() if condition.is_true() else (condition,))
                one.address = place
                if kind == "Ijk_Call":
                    one.calls += (block.addr + block.size,)
                elif kind == "Ijk_Ret":
                    one.calls = one.calls[:-1]
                elif kind != "Ijk_Boring":
                    raise Refuted(f"{kind} at {block.addr:#x}")
                following.append(one)
        return following

    def taken(self, state, lemma):
        """The state behind a call of a function that was proved before: it writes what is specified behind its first argument; of the
        registers that a call need not keep nothing is known."""
        image, after = self.image, state.copy()
        pointer, argument = (self.register(state, place) for place in image.arguments[:2])
        for place, word in enumerate(lemma(argument)):
            self.store(after, pointer + 4 * place, word)
        self.fresh += 1
        for place in {*after.registers} - {*image.kept, image.stack, image.link, image.it, *image.flags}:
            after.registers[place] = claripy.BVS(f"lost_{self.fresh}_{place}", 32, explicit_name=True)
        if image.flags:
            after.registers[image.flags[0]] = claripy.BVV(0, 32)
            after.registers[image.flags[1]] = claripy.BVS(f"lost_{self.fresh}_flags", 32, explicit_name=True)
        after.address = self.register(state, image.link).concrete_value
        after.calls = state.calls[:-1]
        return after

    def possible(self, path):
        """Whether a way can be taken; what is too hard to tell is walked."""
        key = tuple(literal.hash() for literal in path)
        if key not in self.asked:
            try:
                self.asked[key] = model(self.proof.precondition, *map(self.easier, path), seconds=1) is not None
            except Refuted:
                self.asked[key] = True
        return self.asked[key]

    def easier(self, expression):
        """The same with anything for every product: what is impossible then is impossible."""
        if not isinstance(expression, claripy.ast.Base) or expression.concrete or not expression.args:
            return expression
        key = expression.hash()
        if key not in self.simpler:
            if expression.op == "__mul__":
                simple = claripy.BVS(f"product_{key:x}", expression.length, explicit_name=True)
            elif expression.op in ("BVS", "BoolS"):
                simple = expression
            else:
                arguments = [self.easier(each) for each in expression.args]
                same = all(a is b for a, b in zip(arguments, expression.args))
                simple = expression if same else expression.make_like(expression.op, tuple(arguments))
            self.simpler[key] = simple
        return self.simpler[key]

    def vex(self, state, block):
        irsb, temporaries, ways, literals = block.vex, {}, [], ()
        state = state.copy()

        def value(expression):
            match expression.tag:
                case "Iex_RdTmp":
                    return temporaries[expression.tmp]
                case "Iex_Const":
                    return claripy.BVV(expression.con.value, expression.con.size)
                case "Iex_Get":
                    assert expression.result_size(irsb.tyenv) == 32
                    return self.register(state, expression.offset)
                case "Iex_Binop" if expression.op in SATURATING:
                    a, b = [value(each).sign_extend(1) for each in expression.args]
                    exact = SATURATING[expression.op](a, b)
                    least, most = claripy.BVV(-(1 << 31), 33), claripy.BVV((1 << 31) - 1, 33)
                    return claripy.If(exact.SGT(most), most, claripy.If(exact.SLT(least), least, exact))[31:0]
                case "Iex_Unop" | "Iex_Binop" | "Iex_Triop" | "Iex_Qop":
                    return vexop_to_simop(expression.op).calculate(*[value(each) for each in expression.args])
                case "Iex_Load":
                    return self.load(state, value(expression.addr), expression.result_size(irsb.tyenv) // 8)
                case "Iex_ITE":
                    return claripy.If(value(expression.cond) == 1, value(expression.iftrue), value(expression.iffalse))
                case "Iex_CCall":
                    answer = getattr(ccall, expression.cee.name)(None, *[value(each) for each in expression.args])
                    return answer if not isinstance(answer, int) else claripy.BVV(answer, 32)
            raise Refuted(f"{expression} at {block.addr:#x}")

        for statement in irsb.statements:
            match statement.tag:
                case "Ist_IMark" | "Ist_AbiHint" | "Ist_NoOp":
                    pass
                case "Ist_WrTmp":
                    temporaries[statement.tmp] = value(statement.data)
                case "Ist_Put":
                    state.registers[statement.offset] = value(statement.data)
                case "Ist_Store":
                    self.store(state, value(statement.addr), value(statement.data))
                case "Ist_StoreG":
                    guard = value(statement.guard) == 1
                    if not guard.is_false():
                        self.store(state, value(statement.addr), value(statement.data), guard)
                case "Ist_LoadG":
                    guard, other = value(statement.guard) == 1, value(statement.alt)
                    if guard.is_false():
                        temporaries[statement.dst] = other
                        continue
                    kind = statement.cvt
                    length = {"ILGop_Ident32": 4, "ILGop_8Uto32": 1, "ILGop_16Uto32": 2, "ILGop_8Sto32": 1, "ILGop_16Sto32": 2}[kind]
                    loaded = self.load(state, value(statement.addr), length, guard)
                    more = 32 - 8 * length
                    loaded = loaded.sign_extend(more) if "S" in kind else loaded.zero_extend(more)
                    temporaries[statement.dst] = claripy.If(guard, loaded, other)
                case "Ist_Exit":
                    guard = value(statement.guard) == 1
                    if guard.is_false():
                        continue
                    to = claripy.BVV(statement.dst.value, 32)
                    ways.append((state.copy(), statement.jumpkind, to, literals + (guard,)))
                    literals += (claripy.Not(guard),)
                    if guard.is_true():
                        return ways
                case _:
                    raise Refuted(f"{statement} at {block.addr:#x}")
        return [*ways, (state, irsb.jumpkind, value(irsb.next), literals)]

    def register(self, state, place):
        if place not in state.registers:
            state.registers[place] = claripy.BVS(f"register_{place}", 32, explicit_name=True)
        return state.registers[place]

    def pcode(self, state, block):
        temporaries, ways, literals = {}, [], ()
        state = state.copy()

        def value(node):
            match node.space.name:
                case "const":
                    return claripy.BVV(node.offset, 8 * node.size)
                case "unique":
                    return temporaries[node.offset]
                case "register":
                    low = 8 * (node.offset & 3)
                    whole = self.register(state, node.offset & ~3)
                    return whole if node.size == 4 else whole[low + 8 * node.size - 1 : low]
            raise Refuted(f"{node} at {block.addr:#x}")

        def put(node, result):
            more = 8 * node.size - result.length
            result = result.zero_extend(more) if more > 0 else result[8 * node.size - 1 : 0] if more < 0 else result
            if node.space.name == "unique":
                temporaries[node.offset] = result
            else:
                assert node.space.name == "register" and node.size == 4
                state.registers[node.offset] = result

        for op in block.vex._ops:
            inputs, kind = op.inputs, op.opcode.name
            match kind:
                case "IMARK":
                    temporaries = {}
                case "LOAD":
                    put(op.output, self.load(state, value(inputs[1]), op.output.size))
                case "STORE":
                    self.store(state, value(inputs[1]), value(inputs[2]))
                case "CBRANCH" | "BRANCH":
                    # A branch within an instruction would be to a constant.
                    assert inputs[0].space.name == "ram"
                    to = claripy.BVV(inputs[0].offset, 32)
                    if kind == "BRANCH":
                        return [*ways, (state, "Ijk_Boring", to, literals)]
                    guard = value(inputs[1]) != 0
                    if not guard.is_false():
                        ways.append((state.copy(), "Ijk_Boring", to, literals + (guard,)))
                    literals += (claripy.Not(guard),)
                    if guard.is_true():
                        return ways
                case "CALL":
                    return [*ways, (state, "Ijk_Call", claripy.BVV(inputs[0].offset, 32), literals)]
                case "CALLIND" | "RETURN" | "BRANCHIND":
                    jump = {"CALLIND": "Ijk_Call", "RETURN": "Ijk_Ret", "BRANCHIND": "Ijk_Boring"}[kind]
                    return [*ways, (state, jump, value(inputs[0]), literals)]
                case _:
                    behavior = BEHAVIORS.get_behavior_for_opcode(op.opcode)
                    if behavior.is_special:
                        raise Refuted(f"{kind} at {block.addr:#x}")
                    call = behavior.evaluate_unary if behavior.is_unary else behavior.evaluate_binary
                    put(op.output, call(op.output.size, inputs[0].size, *map(value, inputs)))
        return [*ways, (state, "Ijk_Boring", claripy.BVV(block.addr + block.size, 32), literals)]

    # --- paths ---

    def merge(self, states):
        """One state of several at the same address."""
        if len(states) == 1:
            return states[0]
        self.count.paths += len(states) - 1
        common = 0
        while all(len(state.path) > common for state in states) and len({state.path[common].hash() for state in states}) == 1:
            common += 1
        rests = [state.path[common:] for state in states]
        conditions = [claripy.And(TRUE, *rest) for rest in rests]

        def chosen(values):
            result = values[-1]
            for condition, value in zip(conditions[:-1], values[:-1]):
                if value.hash() != result.hash():
                    result = claripy.If(condition, value, result)
            return result

        image = self.image
        if image.flags:
            assert len({state.registers[image.it].hash() for state in states}) == 1, "paths meet inside an IT block"
            flags = [[self.register(state, place) for place in image.flags] for state in states]
            if len({tuple(flag.hash() for flag in each) for each in flags}) > 1:
                for state, each in zip(states, flags):
                    known = ccall.armg_calculate_flags_nzcv(None, *each)
                    for place, flag in zip(image.flags, [claripy.BVV(0, 32), known, claripy.BVV(0, 32), claripy.BVV(0, 32)]):
                        state.registers[place] = flag
        registers = {place for state in states for place in state.registers}
        merged = State(states[0].address, {}, {}, calls=states[0].calls)
        for place in registers:
            merged.registers[place] = chosen([self.register(state, place) for state in states])
        live = merged.registers[image.stack].concrete_value
        for place in {place for state in states for place in state.memory}:
            # Below the stack pointer nothing is kept.
            if not TOP - STACK <= place < live:
                merged.memory[place] = chosen([self.word(state, place) for state in states])
        merged.path = states[0].path[:common] + factored(rests)
        if self.proof.steps:
            for values in (merged.registers, merged.memory):
                for place, value in values.items():
                    values[place] = self.known(value, merged.path)
        return merged

    def known(self, value, path):
        """A step of the specification instead of an expression that is proved equal to it: what follows stays small."""
        condition = claripy.And(self.proof.precondition, *path)
        key = value.hash(), condition.hash()
        if value.depth < 3 or key in self.same:
            return self.same.get(key, value)
        self.same[key] = value
        samples = self.fitting(condition)
        if samples and not any(step.hash() == value.hash() for step in self.proof.steps):
            values = [self.at(value, sample) for sample in samples]
            for step in self.proof.steps:
                same = all(is_ == self.at(step, sample, True) for is_, sample in zip(values, samples))
                if same and self.products.model(condition, value != step) is None:
                    self.same[key] = step
                    break
        return self.same[key]

    def at(self, expression, sample, kept=False):
        """What an expression is for an input; none where it is not of the input alone."""
        key = expression.hash(), sample
        if key in self.kept:
            return self.kept[key]
        result = z3.simplify(z3.substitute(lowered(expression), self.samples()[sample]))
        result = result.as_long() if z3.is_bv_value(result) else z3.is_true(result) if z3.is_bool(result) else None
        if kept:
            self.kept[key] = result
        return result

    def fitting(self, condition):
        """Six inputs for which a condition holds."""
        if condition.hash() not in self.fits:
            found = []
            for sample in range(len(self.samples())):
                if len(found) < 6 and self.at(condition, sample) is True:
                    found.append(sample)
            self.fits[condition.hash()] = found
        return self.fits[condition.hash()]

    def samples(self):
        """Inputs to tell by what can not be equal; a seed, so that a run is as the last."""
        if not self.inputs:
            random = Random(1996)
            symbols = [word for argument in self.proof.arguments if not argument.written for word in argument.words]
            for _ in range(200):
                self.inputs.append([(lowered(word), z3.BitVecVal(self.proof.sample(random), 32, ctx=CONTEXT)) for word in symbols])
        return self.inputs

    def start(self):
        image, proof = self.image, self.proof
        address = image.find(proof.name)
        if address is None:
            raise Refuted(f"no function {proof.name}")
        state = State(address, {}, {})
        # The flags before a call are anything, but they have a form.
        for place in image.flags:
            state.registers[place] = claripy.BVV(0, 32)
        if image.flags:
            state.registers[image.flags[1]] = claripy.BVS("flags", 32)
            state.registers[image.it] = claripy.BVV(0, 32)
        state.registers[image.stack] = claripy.BVV(TOP, 32)
        state.registers[image.link] = claripy.BVV(RETURN | image.thumb, 32)
        self.before = {place: self.register(state, place) for place in image.kept}
        place, self.out = INPUTS, []
        assert len(proof.arguments) <= 4
        for register, argument in zip(image.arguments, proof.arguments):
            if not argument.pointed:
                state.registers[register] = argument.words[0]
                continue
            state.registers[register] = claripy.BVV(place, 32)
            for word in argument.words:
                state.memory[place] = word
                if argument.written:
                    self.out.append(place)
                place += 4
            place += 64
        return state

    def explore(self):
        """All states at the return."""
        active, done = [self.start()], []

        def place(state):
            stack = state.registers[self.image.stack]
            if not stack.concrete or not TOP - STACK <= stack.concrete_value <= TOP:
                raise Refuted(f"stack pointer {stack}")
            return len(state.calls), -(state.address & ~1), state.calls, stack.concrete_value

        while active:
            first = max(map(place, active))
            together = [state for state in active if place(state) == first]
            active = [state for state in active if place(state) != first]
            merged = self.merge(together)
            try:
                following = self.step(merged)
            except Refuted:
                # Of a way that no input takes nothing is asked.
                if model(self.proof.precondition, *merged.path) is not None:
                    raise
                following = []
            for state in following:
                (done if state.address & ~1 == RETURN else active).append(state)
            if self.count.blocks > 100_000:
                raise Refuted("does not return within 100,000 blocks")
        self.count.paths += len(done)
        return self.merge(done)

    def prove(self):
        proof, image = self.proof, self.image
        if model(proof.precondition) is None:
            raise Refuted("the precondition allows nothing")
        state = self.explore()
        uncovered = claripy.Not(claripy.And(TRUE, *state.path))
        if not uncovered.is_false() and model(proof.precondition, uncovered) is not None:
            raise Refuted("paths do not cover every input")
        got = [state.registers[image.arguments[0]]] + [state.memory[place] for place in self.out]
        results = [value != wanted for value, wanted in zip(got, proof.wanted, strict=True) if wanted is not None]
        self.impossible(state, results, got, Differs)
        kept = [state.registers[place] != value for place, value in self.before.items()]
        kept.append(state.registers[image.stack] != TOP)
        self.impossible(state, kept, got, Refuted, "does not keep a register: ")

    def impossible(self, state, differences, got, kind, label=""):
        """Raises if an input can make one of the differences true."""
        for difference in differences:
            if difference.is_false():
                continue
            found = self.products.model(self.proof.precondition, *state.path, difference)
            if found is not None:
                raise kind(label + self.example(found, got))

    def example(self, found, got):
        """An input, what the image makes of it and what the specification does."""
        proof = self.proof
        symbols = [symbol for argument in proof.arguments if not argument.written for symbol in argument.words]
        symbols = [symbol for symbol in symbols if symbol.op == "BVS"]
        shown = ", ".join(f"{symbol.args[0]} = {signed(found(symbol))}" for symbol in symbols)
        image, wanted = ([signed(found(value)) for value in values if value is not None] for values in (got, proof.wanted))
        return f"{shown}: image {image}, specification {wanted}"


def leaves(expression):
    """The constants that an If over constants may be, each with its condition; none if it is something else, or has more than 64."""
    if expression.concrete:
        return [(TRUE, expression.concrete_value)]
    if expression.op == "If":
        condition, yes, no = expression.args
        sides = [(condition, leaves(yes)), (claripy.Not(condition), leaves(no))]
        if any(listed is None for _, listed in sides):
            return None
        found = {}
        for side, listed in sides:
            for inner, constant in listed:
                both = claripy.And(side, inner)
                found[constant] = claripy.Or(found[constant], both) if constant in found else both
        return [(condition, constant) for constant, condition in found.items()] if len(found) <= 64 else None
    if expression.op in ("__add__", "__sub__", "__lshift__", "__and__", "__or__", "ZeroExt", "Concat", "Extract"):
        symbolic = [place for place, each in enumerate(expression.args) if isinstance(each, claripy.ast.Base) and not each.concrete]
        if len(symbolic) != 1 or (listed := leaves(expression.args[symbolic[0]])) is None:
            return None
        found = {}
        for condition, constant in listed:
            argument = claripy.BVV(constant, expression.args[symbolic[0]].length)
            swapped = [argument if place == symbolic[0] else each for place, each in enumerate(expression.args)]
            rebuilt = getattr(claripy.ast.BV, expression.op)(*swapped) if expression.op[0] == "_" else getattr(claripy, expression.op)(*swapped)
            constant = rebuilt.concrete_value
            found[constant] = claripy.Or(found[constant], condition) if constant in found else condition
        return [(condition, constant) for constant, condition in found.items()]
    return None


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
                if not first or len(first) != len(second):
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
    return (claripy.Or(*[claripy.And(TRUE, *rest) for rest in rests]),)
