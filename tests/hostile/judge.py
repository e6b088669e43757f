"""Holds the command line and the code of every language to what is expected of hostile documents.

It knows the cases (`cases.json` beside them) and the folders of this repository, and nothing of how code is generated.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINDERY = ROOT / "target/debug/bindery"
MODULES = ROOT / "target/clients/typescript-modules/node_modules"
#: By target: its settings, how its files end, and who of the cases' checkers parses them.
TARGETS = {
    "rust": (["name={0}", f"runtime={ROOT}/runtime"], ".rs", None),
    "python": (["name={0}", "module={1}"], ".py", "py"),
    "typescript": (["name={0}"], ".ts", "ts"),
    "go": (["module=example.com/{1}", "package={1}"], ".go", "go"),
    "java": (["package=com.example.{1}", "group=com.example", "artifact={0}"], ".java", "java"),
}
#: Here a value holds the marker, and the value's constant is called by its words: a name, and nothing that runs.
NAMED = {"enumhtml", "enumtemplate"}
#: What a program says that should have said something else.
PANIC = "panicked at"


def run(command, cwd=ROOT, **more):
    """Runs a command to its end; its exit code and all that it said."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, check=False, **more)
    return done.returncode, (done.stdout + done.stderr).decode(errors="replace")


class Judge:
    """Collects what is wrong."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self.cases = work / "cases/hostile"
        self.wrong: list[str] = []
        self.tally: Counter[str] = Counter()

    def blame(self, about: str, what: str) -> None:
        self.wrong.append(f"{about}: {what}")

    def verdicts(self, cases: list[dict]) -> list[dict]:
        """Imports every document alone. Those that are accepted."""
        accepted = []
        for case in cases:
            document = self.cases / case["file"]
            if case["format"] == "meta":
                command = ["cli-meta", document, document.parent / "version.json"]
            else:
                command = ["markdown", document]
            name = case["id"]
            code, said = run([BINDERY, "import", *command, "--specs", self.work / "none", "--dry-run"], timeout=60)
            if code not in (0, 1) or PANIC in said:
                self.blame(name, f"ended with {code}: {said[-200:]}")
            is_taken = "actions/" in said
            if not is_taken and case["verdict"] == "accept":
                self.blame(name, f"is refused: {said[:300]}")
            if is_taken and case["verdict"] == "reject":
                self.blame(name, "is accepted")
            if not is_taken:
                # Where the cases name `parameters[1].name`, the place is told by line and column of the file.
                is_placed = re.search(re.escape(document.name) + r":\d+:\d+", said)
                missing = [word for word in case.get("error_must_mention", []) if word not in said]
                if code != 1 or (missing and not is_placed and case["verdict"] == "reject"):
                    self.blame(name, f"is refused without {missing}: {said[:300]}")
            self.tally["accepted" if is_taken else "refused"] += 1
            if is_taken:
                accepted.append(case)
        return accepted

    def generated(self, cases: list[dict]) -> dict[str, dict[str, Path]]:
        """What every target makes of the accepted metadata, by product."""
        made: dict[str, dict[str, Path]] = {}
        groups: dict[str, list[dict]] = {}
        for case in cases:
            if case["format"] == "meta":
                groups.setdefault(Path(case["file"]).parent.name, []).append(case)
        for group, members in groups.items():
            product = group.removeprefix("hostile-")
            specs = self.work / "specs" / product
            documents = [self.cases / case["file"] for case in members]
            documents.append(documents[0].parent / "version.json")
            code, said = run([BINDERY, "import", "cli-meta", *documents, "--specs", specs, "--with-text"])
            actions = len(list((specs / "actions").glob("*.json")))
            if code != 0 or actions != len(members):
                self.blame(group, f"{actions} of {len(members)} actions are imported together: {said[-600:]}")
                continue
            # What may be refused may be so when it is looked at beside its like.
            _, said = run([BINDERY, "lint", specs])
            for case in members:
                stem = Path(case["file"]).stem
                if case["verdict"] == "either" and re.search(rf"error\[[^\n]*\n *--> [^\n]*/{stem}\.json:", said):
                    (specs / "actions" / f"{stem}.json").unlink()
                    cases.remove(case)
                    self.tally["refused beside their like"] += 1
            for target, (settings, _, _) in TARGETS.items():
                out = self.work / "out" / target / product
                given = [word for each in settings for word in ("--set", each.format(f"made-{product}", f"made{product}"))]
                code, said = run([BINDERY, "generate", "--specs", specs, "--target", target, *given, "--out", out])
                if code != 0:
                    self.blame(f"{group} in {target}", said[-600:])
                    continue
                made.setdefault(target, {})[product] = out
        return made

    def compiled(self, made: dict[str, dict[str, Path]]) -> None:
        """Real compilers take all of it."""
        for target, products in made.items():
            for about, (code, said) in getattr(self, f"compile_{target}")(products):
                if code != 0:
                    self.blame(f"{about} in {target}", f"does not compile: {said[-1500:]}")
                else:
                    self.tally[f"packages that compile in {target}"] += 1

    def compile_rust(self, products):
        folder = self.work / "out/rust"
        for out in products.values():
            manifest = out / "Cargo.toml"
            manifest.write_text(manifest.read_text().replace("\n[workspace]\n", "\n"))
        (folder / "Cargo.toml").write_text('[workspace]\nresolver = "3"\nmembers = ["*"]\n')
        more = {**os.environ, "CARGO_TARGET_DIR": str(ROOT / "target/scale"), "RUSTFLAGS": "-Dwarnings"}
        for product in products:
            yield product, run(["cargo", "check", "-q", "-p", f"made-{product}", "--all-features"], folder, env=more)

    def compile_python(self, products):
        load = (
            "import importlib, pkgutil, sys; package = importlib.import_module(sys.argv[1]);"
            "[importlib.import_module(m.name) for m in pkgutil.walk_packages(package.__path__, package.__name__ + '.')]"
        )
        for product, out in products.items():
            yield product, run([sys.executable, "-B", "-W", "error", "-c", load, f"made{product}"], out / "src")

    def compile_typescript(self, products):
        for product, out in products.items():
            (out / "node_modules").symlink_to(MODULES)
            yield product, run(["npx", "tsc", "-p", "tsconfig.json", "--noEmit"], out)

    def compile_go(self, products):
        for product, out in products.items():
            yield product, run(["go", "vet", "./..."], out)

    def compile_java(self, products):
        for product, out in products.items():
            sources = [path for path in (out / "src/main/java").rglob("*.java") if "credentials" not in path.parts]
            yield product, run(["javac", "-Xlint:all", "-Werror", "-encoding", "UTF-8", "-d", out / "classes", *sources])

    def parsed(self, made: dict[str, dict[str, Path]], cases: list[dict]) -> None:
        """The cases' own checkers find the marker in no name, and the name of every parameter among the texts."""
        for target, products in made.items():
            _, suffix, checker = TARGETS[target]
            if checker is None:
                continue
            flat = self.work / "flat" / target
            files = {}
            for product, out in products.items():
                for path in sorted(out.rglob(f"*{suffix}")):
                    if "node_modules" in path.parts:
                        continue
                    folder = flat / str(len(files))
                    folder.mkdir(parents=True)
                    # The Java compiler wants the file to be called as its class.
                    shutil.copy(path, folder / (path.name if suffix == ".java" else f"mod{suffix}"))
                    files[folder.name] = (product, path)
            self.check(checker, flat)
            texts: dict[str, set[str]] = {}
            for number, found in json.loads((flat / f"oracle_{checker}.json").read_text()).items():
                product, path = files[number]
                verdict = found[target]
                if verdict["marker"] and re.sub("_", "", path.stem).lower().removesuffix("request") not in NAMED:
                    self.blame(f"{path.relative_to(self.work)}", f"the marker is code: {verdict.get('why')}")
                texts.setdefault(product, set()).update(verdict.get("strings") or [])
                self.tally[f"files parsed in {target}"] += 1
            for case in cases:
                product = Path(case["file"]).parent.name.removeprefix("hostile-")
                if case["format"] == "meta" and product in products:
                    for parameter in case.get("expect_params") or []:
                        if parameter["name"] not in texts[product]:
                            self.blame(case["id"], f"{target} has lost `{parameter['name'][:40]}`")

    def check(self, checker: str, flat: Path) -> None:
        tools = self.cases / "tools/oracles"
        if checker == "py":
            command = [sys.executable, tools / "oracle.py", flat]
        elif checker == "ts":
            script = MODULES.parent / "oracle.mjs"
            shutil.copy(tools / "oracle.mjs", script)
            command = ["node", "--stack-size=8000", script, flat]
        elif checker == "go":
            command = ["go", "run", "-C", tools / "go", ".", flat]
        else:
            command = ["java", "-Xss64m", tools / "Oracle.java", flat]
        code, said = run(command)
        if code != 0:
            self.blame(checker, f"the checker fails: {said[-600:]}")


def main() -> int:
    judge = Judge(Path(sys.argv[1]))
    cases = json.loads((judge.cases / "cases.json").read_text())
    cases = [case for case in cases if case["format"] in ("meta", "markdown")]
    accepted = judge.verdicts(cases)
    made = judge.generated(accepted)
    judge.compiled(made)
    judge.parsed(made, accepted)
    for what, count in sorted(judge.tally.items()):
        print(f"{count:6} {what}")
    for wrong in judge.wrong:
        print(wrong)
    print(f"{len(cases)} cases, {len(judge.wrong)} faults")
    return min(len(judge.wrong), 1)


if __name__ == "__main__":
    sys.exit(main())
