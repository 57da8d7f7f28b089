"""Breaks the rules one place at a time and counts what the tests notice: `python -m bench.mutants [--survivors]`.

A mutant is a file of ours with one comparison, connective, number, yes-or-no or listed word changed. For each, the
tests of that file run in a process of their own, which was forked after all libraries were loaded. Prints killed of all
for each file, and with `--survivors` each mutant that no test noticed, with its line.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.abc
import importlib.util
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

ROOT = Path(__file__).parent.parent
TESTS = "tests/processing/commitments"
# each file of rules, and the tests that are to hold it: those with plain values, which take seconds
HELD = {
    "processing/commitments/status.py": [f"{TESTS}/test_status.py"],
    "processing/commitments/capacity.py": [f"{TESTS}/test_capacity.py", "tests/spiders/test_quotations.py"],
    "processing/commitments/events.py": [f"{TESTS}/test_events.py", f"{TESTS}/test_life.py"],
    "processing/commitments/life.py": [
        f"{TESTS}/test_life.py",
        f"{TESTS}/test_events.py",
        f"{TESTS}/test_reviews.py",
        f"{TESTS}/test_grouping.py",
    ],
    "processing/commitments/found_evidence.py": [f"{TESTS}/test_found_evidence.py"],
    "processing/commitments/grouping.py": [f"{TESTS}/test_grouping.py"],
    "processing/commitments/moved_deadlines.py": [f"{TESTS}/test_small_parts.py", f"{TESTS}/test_grouping.py"],
    "processing/commitments/numbering.py": [f"{TESTS}/test_numbering.py"],
    "processing/commitments/reviews.py": [f"{TESTS}/test_reviews.py", f"{TESTS}/test_grouping.py"],
    "processing/commitments/subjects.py": [f"{TESTS}/test_subjects.py"],
    "processing/commitments/series.py": [f"{TESTS}/test_small_parts.py", f"{TESTS}/test_joining.py"],
    "processing/commitments/joining/join.py": [f"{TESTS}/test_joining.py", f"{TESTS}/test_look_alikes.py"],
    "processing/commitments/joining/comparing.py": [f"{TESTS}/test_joining.py", f"{TESTS}/test_look_alikes.py"],
    "processing/commitments/joining/contrasts.py": [f"{TESTS}/test_look_alikes.py", f"{TESTS}/test_small_parts.py"],
    "processing/sources.py": [f"{TESTS}/test_capacity.py"],
    "showing/timeline.py": ["tests/showing/test_whole_commitment.py"],
    "showing/whole_commitment.py": ["tests/showing/test_whole_commitment.py"],
    "db/rows.py": ["tests/db/test_rows.py"],
    "db/pages/filters.py": ["tests/datasette/test_filters.py"],
    "db/private/ledger.py": ["tests/digest/test_send.py", "tests/digest/test_exactly_once.py"],
}
LIMIT_SECONDS = 90
OTHER = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
         ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is}  # fmt: skip
LISTED = 2  # a tuple or set of at least so many words is a list of them


class Mutant(NamedTuple):
    """A changed file: what was changed, in words with its line, and the whole source."""

    told: str
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every mutant of a source."""
    tree = ast.parse(source)
    # how a record is made is no rule
    decorators = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for one in node.decorator_list
        for part in ast.walk(one)
    }
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in decorators:
            continue
        for told, change in changes(node):
            changed = copy.deepcopy(tree)
            twin = next(one for at, one in enumerate(ast.walk(changed)) if at == number)
            change(twin)
            yield Mutant(f"line {getattr(node, 'lineno', 0)}: {told}", ast.unparse(ast.fix_missing_locations(changed)))


def changes(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], None]]]:  # noqa: C901 -- a case for each kind
    """Yield what can be changed in a node: in words, and as a function of its twin in the copy."""
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            if type(operator) in OTHER:
                new = OTHER[type(operator)]
                yield f"{type(operator).__name__} -> {new.__name__}", _setter("ops", place, new())
    elif isinstance(node, ast.BoolOp):
        new_operator = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield f"{type(node.op).__name__} -> {type(new_operator).__name__}", _setter("op", None, new_operator)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not -> not not", _setter("operand", None, ast.UnaryOp(op=ast.Not(), operand=node.operand))
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield f"{node.value} -> {not node.value}", _setter("value", None, not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield f"{node.value} -> {node.value + 1}", _setter("value", None, node.value + 1)
    elif isinstance(node, ast.Tuple | ast.Set | ast.List) and len(node.elts) >= LISTED:
        for place, element in enumerate(node.elts):
            if isinstance(element, ast.Constant) and isinstance(element.value, str):
                yield f"without {element.value!r}", _remover(place)


def _setter(name: str, place: int | None, value: object) -> Callable[[ast.AST], None]:
    def change(twin: ast.AST) -> None:
        if place is None:
            setattr(twin, name, value)
        else:
            getattr(twin, name)[place] = value

    return change


def _remover(place: int) -> Callable[[ast.AST], None]:
    def change(twin: ast.AST) -> None:
        del twin.elts[place]  # type: ignore[attr-defined] # only ever called on a list of elements

    return change


class Replaced(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a source of ours instead of its file."""

    def __init__(self, module: str, file: Path, source: str) -> None:
        self.module, self.file, self.source = module, file, source

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG002
        """Return a spec for the one module, nothing for any other."""
        if fullname != self.module:
            return None
        return importlib.util.spec_from_loader(fullname, self, origin=str(self.file))

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed source as the module."""
        module.__file__ = str(self.file)
        exec(compile(self.source, str(self.file), "exec"), module.__dict__)  # noqa: S102 -- our own source, changed


def is_noticed(file: str, source: str, tests: Sequence[str]) -> bool:
    """Tell whether the tests fail on a changed file, in a process of its own; one that hangs is noticed."""
    child = os.fork()
    if child == 0:
        os._exit(_run(file, source, tests))
    until = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) != 0
        time.sleep(0.02)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return True


def _run(file: str, source: str, tests: Sequence[str]) -> int:
    import pytest  # noqa: PLC0415 -- loaded before the fork, so this costs nothing

    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    module = file.removesuffix(".py").replace("/", ".")
    sys.meta_path.insert(0, Replaced(module, ROOT / file, source))
    code = pytest.main(
        ["-x", "-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning", *tests]
    )
    return int(code)


def measure(file: str, *, told: bool) -> tuple[int, int]:
    """Return how many mutants of a file were noticed, and how many there are."""
    tests = HELD[file]
    source = (ROOT / file).read_text(encoding="utf-8")
    if is_noticed(file, source, tests):
        raise SystemExit(f"the tests of {file} fail without any change")
    found = list(mutants(source))
    survivors = [mutant.told for mutant in found if not is_noticed(file, mutant.source, tests)]
    print(f"{file}: {len(found) - len(survivors)} of {len(found)} noticed", flush=True)
    if told:
        print("".join(f"    {each}\n" for each in survivors), end="", flush=True)
    return len(found) - len(survivors), len(found)


def main() -> int:
    """Measure the files named, or all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="*", choices=[*HELD, []], help="files of rules (default: all)")
    parser.add_argument("--survivors", action="store_true", help="name what no test noticed")
    options = parser.parse_args()
    os.chdir(ROOT)
    for heavy in (
        "hypothesis",
        "pytest",
        "rapidfuzz",
        "yaml",
        "sqlite_utils",
        "dateparser",
        "ahocorasick_rs",
        "sentencex",
    ):
        importlib.import_module(heavy)
    counts = [measure(file, told=options.survivors) for file in options.files or HELD]
    noticed, made = map(sum, zip(*counts, strict=True))
    print(f"all: {noticed} of {made} noticed ({noticed / made:.0%})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
