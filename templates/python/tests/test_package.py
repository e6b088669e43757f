"""The package as a whole: every action is there, and nothing is imported that is not asked for."""

import dataclasses
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from package import MODULE

SOURCE = Path(__file__).parent.parent / "src"
ACTIONS = import_module(f"{MODULE}._actions").ACTIONS
untyped = import_module(f"{MODULE}._runtime.untyped")
Unfit = import_module(f"{MODULE}._runtime.read").Unfit


def request_of(action):
    module, name = ACTIONS[action]
    return getattr(import_module(f"{MODULE}.{module}"), name)


def sample(shape, depth=0):
    """Something that fits a shape's types."""
    if shape.sensitive:
        return "hunter2"
    if shape.kind == "text":
        return shape.values[0] if shape.values else "x"
    if shape.kind in ("json", "list") and depth > 4:
        return [] if shape.kind == "list" else "[]"
    simple = {"boolean": True, "integer": 1, "number": 1.5, "any": {"a": [None]}}
    if shape.kind in simple:
        return simple[shape.kind]
    if shape.kind == "list":
        return [sample(shape.item, depth + 1)]
    if shape.kind == "json":
        return sample(shape.item, depth + 1)
    members = {member.name: sample(member.shape, depth + 1) for member in shape.members if depth < 4 or member.required}
    return members or ({} if shape.others is True else {"a": sample(shape.others, depth + 1)})


@pytest.mark.parametrize("action", ACTIONS)
def test_every_parameter_goes_in_and_comes_out(action):
    kind = request_of(action)
    table = kind.operation().table
    assert table.action == action
    given = {parameter.name: sample(parameter.shape) for parameter in table.parameters}
    request = kind.from_json(given)
    slots = [None] * len(table.parameters)
    request._fill(slots)
    assert all(slot is not None for slot in slots)
    assert request.check().to_json() == untyped.check_json(table, given).to_json()
    typed, plain = request.to_wire(), untyped.json_to_wire(table, given)
    assert all(typed.place(place) == plain.place(place) for place in typed.__slots__)
    assert not hasattr(request, "__dict__")
    assert dataclasses.replace(request) == request
    assert "hunter2" not in repr(request)
    wrong = {"text": 7, "boolean": "x", "integer": "x", "number": "x", "list": {}, "object": []}
    for parameter in table.parameters:
        if parameter.shape.kind in wrong:
            with pytest.raises(Unfit, match=parameter.name):
                kind.from_json({**given, parameter.name: wrong[parameter.shape.kind]})
    with pytest.raises(Unfit, match="no such"):
        kind.from_json({**given, "no such": 1})


@pytest.mark.parametrize("action", ACTIONS)
def test_what_is_required_is_an_argument(action):
    kind = request_of(action)
    required = [parameter.name for parameter in kind.operation().table.parameters if parameter.required]
    if required:
        with pytest.raises(TypeError):
            kind()
    else:
        assert kind() == kind.from_json({})


def imported(code):
    run = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(SOURCE)!r}); {code}; print(*sys.modules)"]
    return set(subprocess.run(run, check=True, capture_output=True, text=True).stdout.split())


def test_models_need_nothing_that_sends():
    module, name = next(iter(ACTIONS.values()))
    loaded = imported(f"from {MODULE} import {name}; {name}.operation(); {name}.check")
    assert not loaded & {"httpx", "ssl", "logging", "asyncio", "alibabacloud_credentials", f"{MODULE}.client"}
    assert f"{MODULE}.{module}" in loaded


def test_the_package_is_imported_lazily():
    loaded = {name for name in imported(f"import {MODULE}") if name.startswith(f"{MODULE}.")}
    assert not loaded
    package = import_module(MODULE)
    assert set(package.__all__) <= set(dir(package))
    with pytest.raises(AttributeError):
        package.no_such_name  # noqa: B018


def test_types_are_declared():
    assert (SOURCE / MODULE / "py.typed").exists()
