// Runs the vectors of `tests/vectors` through the conformance programs of two generated modules:
// `go run vectors.go DTS ORDER`, where DTS is the module of all of DTS and ORDER that of `tests/vectors/rules/spec`.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
)

type violation struct {
	Code, Path, Rule, Severity string
	Message                    any
}

var passed, failed int

func main() {
	if len(os.Args) != 3 {
		fail("usage: go run vectors.go DTS ORDER")
	}
	_, here, _, _ := runtime.Caller(0)
	vectors := filepath.Join(filepath.Dir(here), "../../vectors")
	files, err := filepath.Glob(filepath.Join(vectors, "rules/cases/*.json"))
	if err != nil || len(files) == 0 {
		fail("there are no rules/cases in ", vectors)
	}
	for _, file := range files {
		for _, language := range []string{"en", "zh"} {
			rules(file, language)
		}
	}
	signatures(filepath.Join(vectors, "signing/signing.json"))
	fmt.Printf("%d vectors pass, %d fail\n", passed, failed)
	if failed > 0 {
		os.Exit(1)
	}
}

func rules(file, language string) {
	var cases []struct {
		Name       string
		Request    json.RawMessage
		Violations []violation
	}
	read(file, &cases)
	var lines []any
	for _, one := range cases {
		lines = append(lines, map[string]any{"action": "Order", "request": one.Request, "language": language})
	}
	answers := ask(os.Args[2], lines)
	for i, one := range cases {
		var told struct {
			Violations []violation
			Disagrees  any
		}
		parse(answers[i], &told)
		for j, expected := range one.Violations {
			one.Violations[j].Message = expected.Message.(map[string]any)[language]
		}
		what := filepath.Base(file) + ": " + one.Name + " (" + language + ")"
		same(what, told.Violations, one.Violations)
		same(what+", typed", told.Disagrees, nil)
	}
}

func signatures(file string) {
	var signing []map[string]any
	read(file, &signing)
	var lines []any
	for _, vector := range signing {
		lines = append(lines, map[string]any{"sign": vector})
	}
	answers := ask(os.Args[1], lines)
	for i, vector := range signing {
		var told struct{ Signed map[string]any }
		parse(answers[i], &told)
		for name, expected := range vector["expected"].(map[string]any) {
			same(fmt.Sprint(vector["id"], ": ", name), told.Signed[name], expected)
		}
	}
}

// ask gives each line to the conformance program of a module.
func ask(module string, lines []any) [][]byte {
	var input bytes.Buffer
	encoder := json.NewEncoder(&input)
	encoder.SetEscapeHTML(false)
	for _, line := range lines {
		if err := encoder.Encode(line); err != nil {
			fail(err)
		}
	}
	command := exec.Command("go", "run", "./internal/conformance")
	command.Dir, command.Stdin, command.Stderr = module, &input, os.Stderr
	output, err := command.Output()
	if err != nil {
		fail(module, ": ", err)
	}
	answers := bytes.Split(bytes.TrimSpace(output), []byte("\n"))
	if len(answers) != len(lines) {
		fail(module, ": ", len(lines), " lines had ", len(answers), " answers")
	}
	return answers
}

func same(what string, ours, theirs any) {
	if reflect.DeepEqual(ours, theirs) || fmt.Sprint(ours) == "[]" && fmt.Sprint(theirs) == "[]" {
		passed++
		return
	}
	failed++
	fmt.Printf("%s\n  ours   %v\n  theirs %v\n", what, ours, theirs)
}

func read(file string, into any) {
	text, err := os.ReadFile(file)
	if err != nil {
		fail(err)
	}
	parse(text, into)
}

func parse(text []byte, into any) {
	if err := json.Unmarshal(text, into); err != nil {
		fail(err)
	}
}

func fail(what ...any) {
	fmt.Fprintln(os.Stderr, what...)
	os.Exit(2)
}
