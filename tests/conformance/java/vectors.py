"""Runs the vectors of `tests/vectors` through the conformance programs of two generated libraries that `mvn test-compile` has
built: `python3 vectors.py DTS ORDER`, where DTS is the library of all of DTS and ORDER that of `tests/vectors/rules/spec`."""

import json
import subprocess
import sys
from pathlib import Path

VECTORS = Path(__file__).parent.parent.parent / "vectors"
passed = failed = 0


def ask(library, lines):
    """Gives each line to the conformance program of a library."""
    path = f"{library}/target/classes:{library}/target/test-classes"
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    done = subprocess.run(["java", "-cp", path, "conformance.Conformance"], input=text.encode(), stdout=subprocess.PIPE, check=True)
    answers = [json.loads(line) for line in done.stdout.decode().split("\n") if line]
    if len(answers) != len(lines):
        sys.exit(f"{library}: {len(lines)} lines had {len(answers)} answers")
    return answers


def same(what, ours, theirs):
    global passed, failed
    if ours == theirs:
        passed += 1
        return
    failed += 1
    print(f"{what}\n  ours   {ours}\n  theirs {theirs}")


def rules(order, file, language):
    cases = json.loads(file.read_text("utf-8"))
    lines = [{"action": "Order", "request": case["request"], "language": language} for case in cases]
    for case, told in zip(cases, ask(order, lines), strict=True):
        expected = [violation | {"message": violation["message"][language]} for violation in case["violations"]]
        what = f"{file.name}: {case['name']} ({language})"
        same(what, told.get("violations"), expected)
        same(f"{what}, typed", told.get("disagrees"), None)


def signatures(dts, file):
    vectors = json.loads(file.read_text("utf-8"))
    for vector, told in zip(vectors, ask(dts, [{"sign": vector} for vector in vectors]), strict=True):
        for name, expected in vector["expected"].items():
            same(f"{vector['id']}: {name}", told["signed"].get(name), expected)


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: python3 vectors.py DTS ORDER")
    files = sorted((VECTORS / "rules/cases").glob("*.json"))
    if not files:
        sys.exit(f"there are no rules/cases in {VECTORS}")
    for file in files:
        for language in ("en", "zh"):
            rules(sys.argv[2], file, language)
    signatures(sys.argv[1], VECTORS / "signing/signing.json")
    print(f"{passed} vectors pass, {failed} fail")
    sys.exit(failed > 0)


main()
