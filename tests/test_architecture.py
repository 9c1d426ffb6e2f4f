"""The shape of the house. Each rule is a function that names what breaks it, and is shown to bite."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "jobpakke"

MOST_FILE, MOST_FUNCTION, MOST_TEMPLATE = 400, 60, 150
BANNED_NAMES = {"utils", "helpers", "managers", "util", "helper", "common", "misc"}
BANNED_CLASSES = re.compile(r"^Base[A-Z]|(Handler|Manager|Helper|Util)s?$")

NO_VERBS = {
    "history/services.py": {"record", "record_many"},  # what verbs call to tell what happened
    "access/services.py": {"log_lookup", "log_lookups"},  # at this moment, whatever day is viewed
    "packages/services/writing.py": None,  # the steps verbs have in common
    "packages/services/plan/checks.py": None,
    "packages/services/ending.py": {"settle_plan"},
    "packages/services/cards.py": {
        *("revoke_waiting_cards", "follow_plan"),
        *("answer_card", "keep_remark"),  # handing a card in is what happens
    },
    "packages/services/rules.py": {"require_rules"},
    "packages/services/support.py": {
        "mentors_begin",
        "mentors_follow",
        "mentor_ref",
        "was_agreed",
        "why_not_begin_with_mentors",
    },
    "packages/services/plan/promising.py": {"carry_over", "make_laid", "require_days_ahead"},
    "packages/services/plan/drafting.py": {"next_version", "remove_draft", "remove_unworded"},
}
"""Public functions among the services that are no verbs. None: the whole file."""

Named = tuple[str, ast.Module]


def modules(folder: Path = SOURCE) -> list[Named]:
    """Our Python: path within the package, and the tree. Migrations are Django's writing."""
    return [
        (path.relative_to(folder).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(folder.rglob("*.py"))
        if "migrations" not in path.parts
    ]


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


# -- sizes


def too_long(lines: int, most: int) -> bool:
    return lines > most


def long_functions(tree: ast.AST) -> list[str]:
    return [node.name for node in functions(tree) if too_long((node.end_lineno or 0) - node.lineno + 1, MOST_FUNCTION)]


def test_files_functions_and_templates_keep_their_sizes() -> None:
    python = [*SOURCE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "tools").glob("*.py")]
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in python}
    templates = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCE.rglob("*.html")}
    assert [path.name for path, size in sizes.items() if "migrations" not in path.parts and size > MOST_FILE] == []
    assert [path.name for path, size in templates.items() if size > MOST_TEMPLATE] == []
    for name, tree in [*modules(), *modules(ROOT / "tests"), *modules(ROOT / "tools")]:
        assert long_functions(tree) == [], name


def test_a_long_function_is_noticed() -> None:
    body = "\n".join(f"    a = {number}" for number in range(MOST_FUNCTION))
    assert long_functions(ast.parse(f"def f():\n{body}\n")) == ["f"]
    assert long_functions(ast.parse("def f():\n    a = 1\n")) == []


# -- names


def bad_names(name: str, tree: ast.AST) -> list[str]:
    found = [part for part in name.removesuffix(".py").split("/") if part in BANNED_NAMES]
    classes = (node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    return found + [each for each in classes if BANNED_CLASSES.search(each)]


def test_names_say_what_a_thing_is() -> None:
    assert [found for name, tree in modules() for found in bad_names(name, tree)] == []


@pytest.mark.parametrize(
    ("name", "code"), [("web/utils.py", ""), ("a.py", "class BaseStep: ..."), ("a.py", "class StepManager: ...")]
)
def test_a_bad_name_is_noticed(name: str, code: str) -> None:
    assert bad_names(name, ast.parse(code))


# -- verbs


def verbs() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for name, tree in modules():
        if not re.search(r"(^|/)services(\.py$|/)", name):
            continue
        others = NO_VERBS.get(name, set())
        for node in tree.body:
            is_public = isinstance(node, ast.FunctionDef) and not node.name.startswith(("_", "check_"))
            if isinstance(node, ast.FunctionDef) and is_public and others is not None and node.name not in others:
                yield name, node


def faults_of_verb(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """What keeps a function from being a verb."""
    keywords = {argument.arg for argument in node.args.kwonlyargs}
    decorators = {ast.unparse(each) for each in node.decorator_list}
    docs = ast.get_docstring(node) or ""
    refuses = any(isinstance(each, ast.Name) and each.id == "Refused" for each in ast.walk(node))
    checks = {
        "takes positional arguments": bool(node.args.args or node.args.posonlyargs),
        "has no actor": "actor" not in keywords,
        "has no on": "on" not in keywords,
        "is not one transaction": "transaction.atomic" not in decorators,
        "has no docstring": not docs,
        "does not say what it refuses": refuses and "Refused:" not in docs,
        "records no event": not any(
            isinstance(each, ast.Call) and re.search(r"(^|_)(record|note|record_many|told)", ast.unparse(each.func))
            for each in ast.walk(node)
        ),
    }
    return [f"{node.name} {fault}" for fault, holds in checks.items() if holds]


def test_every_verb_has_the_shape_of_a_verb() -> None:
    found = list(verbs())
    assert len(found) > 25
    assert [f"{name}: {fault}" for name, node in found for fault in faults_of_verb(node)] == []


def test_a_misshapen_verb_is_noticed() -> None:
    node = ast.parse("def move(actor, on):\n    raise Refused(1)\n").body[0]
    assert isinstance(node, ast.FunctionDef)
    assert len(faults_of_verb(node)) == 7
    assert "move takes positional arguments" in faults_of_verb(node)


# -- what is not done here


def forbidden(tree: ast.AST) -> list[str]:
    """Save overrides, signals, raw HTML, deleting and the clock, wherever they hide."""
    found = [
        f"{node.name} overrides {each.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for each in node.body
        if isinstance(each, ast.FunctionDef) and each.name in {"save", "delete", "bulk_create"}
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in {"django.db.models.signals", "django.dispatch"}:
            found.append(f"imports {node.module}")
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called.endswith((".today", ".utcnow", ".localdate", "timezone.now")) or called == "datetime.now":
                found.append(f"calls {called}")
            if called in {"mark_safe", "eval", "exec"}:
                found.append(f"calls {called}")
    return found


ALLOWED_THERE = {"lib/clock.py": "calls", "history/apps.py": "imports django.db.models.signals"}


def test_nothing_forbidden_is_done() -> None:
    found = [
        f"{name}: {fault}"
        for name, tree in modules()
        for fault in forbidden(tree)
        if not fault.startswith(ALLOWED_THERE.get(name, "-"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "class A:\n    def save(self): ...",
        "from django.db.models.signals import post_save",
        "a = date.today()",
        "a = mark_safe(b)",
    ],
)
def test_what_is_forbidden_is_noticed(code: str) -> None:
    assert forbidden(ast.parse(code))


def test_models_do_not_query_in_properties() -> None:
    def queries(node: ast.FunctionDef) -> bool:
        is_property = any(ast.unparse(each) in {"property", "cached_property"} for each in node.decorator_list)
        return is_property and bool(re.search(r"\.objects\b|\.filter\(|\.exists\(|\.count\(\)", ast.unparse(node)))

    files = [(name, tree) for name, tree in modules() if re.search(r"(^|/)models(\.py$|/)", name)]
    assert files
    assert [
        f"{name}: {node.name}"
        for name, tree in files
        for node in functions(tree)
        if isinstance(node, ast.FunctionDef) and queries(node)
    ] == []


# -- the repository as a whole


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


REGISTRY = re.compile(r"(?:pypi|pythonhosted|npmjs)\.(?:org|com)|registry\.[a-z]|--index[-]url")
UPWARDS = re.compile(r"(?:\.\./)+[\w.-]*")
OF_THIS_MACHINE = [f"{folder}/" for folder in (ROOT, ROOT.parent, Path.home()) if folder != Path("/")]


def foreign(text: str, where: Path) -> list[str]:
    """What a text of a folder says of the machine, of what lies outside the project, or of a registry."""
    outside = (path for path in UPWARDS.findall(text) if not (where / path).resolve().is_relative_to(ROOT))
    return [*REGISTRY.findall(text), *outside, *(folder for folder in OF_THIS_MACHINE if folder in text)]


def test_no_path_of_a_machine_and_no_registry_is_written_down() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if path != Path(__file__):
            found += [f"{path.relative_to(ROOT)}: {match}" for match in foreign(text, path.parent)]
    assert found == []


@pytest.mark.parametrize(
    "text", [f"{ROOT}/x", f"{Path.home()}/x", "https://registry.npmjs.org/x", "--index-url", "../../beside/x"]
)
def test_a_path_or_registry_is_noticed(text: str) -> None:
    assert foreign(f"See {text}", ROOT / "docs")


def test_a_path_within_the_project_is_no_fault() -> None:
    assert foreign("See ../README.md", ROOT / "docs") == []


def test_nothing_of_django_is_imported_by_the_method() -> None:
    def imports(tree: ast.AST) -> set[str]:
        names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        return names | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    check: Callable[[str], bool] = lambda name: name.startswith(("django", "jobpakke.lib.clock"))  # noqa: E731
    method = [tree for name, tree in modules() if name.startswith("method/")]
    assert method
    assert not any(check(name) for tree in method for name in imports(tree))
