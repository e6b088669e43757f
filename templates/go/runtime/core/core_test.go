package core

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"strings"
	"testing"
)

func parse(t *testing.T, text string) Value {
	t.Helper()
	v, err := ParseJSON(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}

func TestWhatIsWrittenReadsBackAsWhatItWas(t *testing.T) {
	for _, text := range []string{
		`{"text":"a \"b\" \\ \n\r\t\u0001` + "\x7f" + ` é 中 😀","list":[1,-2,1.5,true,null,[],{}],"big":18446744073709551615,"least":-9223372036854775808,"a\nb":"","empty":{}}`,
		`null`, `1000`, `""`,
	} {
		if got := parse(t, text).JSON(); got != text {
			t.Errorf("%s became %s", text, got)
		}
	}
	for text, want := range map[string]string{`1.0`: "1", `-0`: "0", `1.5`: "1.5", `1e3`: "1000", `"a\"b"`: `a"b`, `[1.0,"a\"b"]`: `[1,"a\"b"]`, `"\ud83d\ude00"`: "😀"} {
		if got := parse(t, text).Text(); got != want {
			t.Errorf("%s travels as %s", text, got)
		}
	}
}

func TestWhatIsWrongWithJSONIsSaidWithoutTheText(t *testing.T) {
	for text, want := range map[string]string{
		`{"Secret": 1, "Secret": 2}`:     "it is JSON that says a key twice, at line 1, column 22",
		`[{"a": {"b": 1, "\u0062": 1}}]`: "it is JSON that says a key twice, at line 1, column 24",
		`{"Secret": `:                    "it is JSON that ends in the middle",
		`"Secret`:                        "it is JSON that ends in the middle",
		`Secret`:                         "it is not JSON: expected value at line 1 column 1",
		`{"a": NaN}`:                     "it is not JSON: expected value at line 1 column 7",
		`{"a": 1e999}`:                   "it is not JSON: number out of range at line 1 column 11",
		`"\ud800"`:                       "it is not JSON: unexpected end of hex escape at line 1 column 8",
		`{} {}`:                          "it is not JSON: trailing characters at line 1 column 4",
		"[1,\n tru3]":                    "it is not JSON: expected ident at line 2 column 5",
		`{"a" 1}`:                        "it is not JSON: expected `:` at line 1 column 6",
		`[01]`:                           "it is not JSON: invalid number at line 1 column 3",
		strings.Repeat("[", 100_000):     "it is not JSON: recursion limit exceeded at line 1 column 128",
		`{"a": 1, }`:                     "it is not JSON: trailing comma at line 1 column 10",
		"\"a\tb\"":                       `it is not JSON: control character (\u0000-\u001F) found while parsing a string at line 1 column 3`,
	} {
		if _, err := ParseUnique(text); err == nil || err.Error() != want {
			t.Errorf("%.40s: %v", text, err)
		}
	}
	if _, err := ParseUnique(strings.Repeat("[", 127) + strings.Repeat("]", 127)); err != nil {
		t.Error(err)
	}
	// Of a name that occurs twice, the last value counts, where the first one stood.
	if got := parse(t, `{"a":1,"b":2,"a":3}`).JSON(); got != `{"a":3,"b":2}` {
		t.Error(got)
	}
}

func TestASecretDoesNotPrint(t *testing.T) {
	type holder struct {
		Password Opt[Secret]
		hidden   Secret
	}
	held := holder{Some(NewSecret("hunter2")), NewSecret("hunter2")}
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("a", "secret", held.hidden, "field", held.Password, "all", held)
	slog.New(slog.NewTextHandler(&log, nil)).Info("a", "secret", held.hidden, "field", held.Password, "all", held)
	encoded, err := json.Marshal(held)
	if err != nil {
		t.Fatal(err)
	}
	shown := log.String() + string(encoded)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "%T"} {
		shown += fmt.Sprintf(verb, held) + fmt.Sprintf(verb, &held) + fmt.Sprintf(verb, held.hidden) + fmt.Sprintf(verb, &held.Password) + fmt.Sprintf(verb, []any{held})
	}
	shown += fmt.Sprint(SecretField("a", "hunter2"), held.hidden) + fmt.Sprintf("%+v %#v", SecretField("a", "hunter2"), Wire{Query: []Field{SecretField("a", "hunter2")}})
	for _, secret := range []string{"hunter2", "68756e74657232", "68756E74657232"} {
		if strings.Contains(shown, secret) {
			t.Errorf("%s is shown: %s", secret, shown)
		}
	}
	if held.hidden.Expose() != "hunter2" || !held.hidden.Equal(NewSecret("hunter2")) || (Secret{}).Expose() != "" {
		t.Error("a secret is not what it was made of")
	}
}

func TestTheNearestIsFound(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		edits int
	}{{"", "", 0}, {"", "ab", 2}, {"ab", "", 2}, {"ca", "ac", 1}, {"kitten", "sitting", 3}} {
		if got := distance([]rune(c.a), []rune(c.b)); got != c.edits {
			t.Errorf("%q %q: %d", c.a, c.b, got)
		}
	}
	known := []string{"MaxCompute", "Redis", "PolarDB"}
	for written, meant := range map[string]string{"Maxcompute": "MaxCompute", "Reids": "Redis", "Kafka": "", strings.Repeat("x", 1000): ""} {
		if got, _ := didYouMean(written, known); got != meant {
			t.Errorf("%.20s: %s", written, got)
		}
	}
}

var hiddenTexts = Shape{Kind: List, Item: &secretShape}

var user = Shape{Kind: Object, Members: []ObjectMember{{Name: "Name", Kind: Text}, {Name: "Password", Shape: &secretShape}, {Name: "Held", Shape: &Shape{Kind: JSON, Item: &hiddenTexts}}}, Others: &plainText}

var table = Table{Action: "Do", Parameters: []Parameter{
	{Name: "Id", Kind: Text},
	{Name: "Tag", Shape: &Shape{Kind: List, Item: &plainText}},
	{Name: "Tag.Mode", Kind: Text},
	{Name: "Page", Kind: Text},
	{Name: "Held", Place: InForm, Style: JSONStyle, Shape: &Shape{Kind: JSON, Item: &Shape{Kind: List, Item: &user}}},
	{Name: "Keys", Style: Simple, Shape: &hiddenTexts},
	{Name: "User", Shape: &user},
	{Name: "Password", Shape: &secretShape},
}}

func query(wire Wire) string {
	var out strings.Builder
	for _, field := range wire.Query {
		out.WriteString(field.Name + "=" + field.Value() + " ")
	}
	return out.String()
}

func TestAParameterGetsAnotherValueInItsPlace(t *testing.T) {
	wire := table.JSONToWire(parse(t, `{"Id": "i", "Tag": ["a", "b"], "Tag.Mode": "m", "Password": "p"}`))
	before := wire
	is := func(want string) {
		t.Helper()
		if got := query(wire); got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
	wire.Set(&table, 3, Int64Value(2))
	is("Id=i Tag.1=a Tag.2=b Tag.Mode=m Page=2 Password=p ")
	wire.Set(&table, 3, TextValue("3"))
	wire.Set(&table, 1, parse(t, `["c"]`))
	is("Id=i Tag.1=c Tag.Mode=m Page=3 Password=p ")
	wire.Set(&table, 1, NullValue())
	wire.Set(&table, 0, TextValue(""))
	is("Id= Tag.Mode=m Page=3 Password=p ")
	if got := query(before); got != "Id=i Tag.1=a Tag.2=b Tag.Mode=m Password=p " {
		t.Error("the copy changed: " + got)
	}
}

func TestSecretsAreFoundWhereverTheyTravel(t *testing.T) {
	for request, want := range map[string]string{
		`{"Id": "i", "Tag": ["a"]}`:                                ``,
		`{"Password": "p1,p2"}`:                                    `p1,p2`,
		`{"Keys": ["k1", "k2"]}`:                                   `k1|k2`,
		`{"User": {"Name": "n", "Password": "[p]", "Other": "o"}}`: `[p]`,
		`{"Held": [{"Name": "n", "Password": "p\"1"}, {"Password": 7, "Held": "[\"h\"]", "Other": "o"}]}`: `p"1|7|h`,
		`{"Held": "[{\"Name\": \"n\", \"Password\": \"p\"}]"}`:                                            `p`,
		`{"Held": [{"Held": "h]"}]}`: `h]`,
		// Nobody knows what it is: all of it.
		`{"Held": "Password=p"}`: `Password=p`,
	} {
		wire := table.JSONToWire(parse(t, request))
		if got := strings.Join(wire.Secrets(), "|"); got != want {
			t.Errorf("%s: %s", request, got)
		}
	}
}

func TestAnswersAreReadFromWhatServicesWrite(t *testing.T) {
	for text, want := range map[string]any{`" True "`: true, `"FALSE"`: false, `1`: true, `0`: false, `"0"`: false, `"yes"`: nil, `2`: nil, `""`: nil, `null`: nil} {
		if got, ok := DecodeBool(parse(t, text)); ok != (want != nil) || ok && got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
	for text, want := range map[string]any{`"9223372036854775807"`: int64(math.MaxInt64), `" -3 "`: int64(-3), `3.0`: int64(3), `"3.0"`: int64(3), `"9223372036854775808"`: nil, `1.5`: nil, `"0x10"`: nil, `"NaN"`: nil, `18446744073709551615`: nil} {
		if got, ok := DecodeInt64(parse(t, text)); ok != (want != nil) || ok && got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
	list := DecodeSlice(DecodeInt64)
	for text, want := range map[string]string{`["1",null,2]`: "[1 2]", `"3"`: "[3]", `" \n "`: "[]", `[]`: "[]", `[1,"x"]`: "", `"x"`: ""} {
		got, ok := list(parse(t, text))
		if shown := fmt.Sprint(got); ok != (want != "") || ok && shown != want {
			t.Errorf("%s: %v", text, got)
		}
	}
	status := DecodeEnum([]string{"Running", "Failed", "FAILED"})
	for text, want := range map[string]string{`"running"`: "Running", `"FAILED"`: "FAILED", `"failed"`: "failed", `"Paused"`: "Paused", `7`: "7"} {
		if got, _ := status(parse(t, text)); got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
	for text, want := range map[string]string{`1.0`: "1.0", `1.5`: "1.5", `1e300`: "1e+300", `1e15`: "1000000000000000.0", `5`: "5", `true`: "true"} {
		if got, _ := DecodeText(parse(t, text)); got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
	content := DecodeContent(list)
	if got, _ := content(parse(t, `"[1, \"2\"]"`)); got.IsAbsent() {
		t.Error(got)
	} else if typed, ok := got.Typed(); !ok || fmt.Sprint(typed) != "[1 2]" {
		t.Error(typed)
	}
	if got, _ := content(parse(t, `"[1, {}]"`)); got.IsAbsent() {
		t.Error(got)
	} else if text, ok := got.Text(); !ok || text != "[1, {}]" {
		t.Error(text)
	}
}

func TestPathsLeadThroughObjectsAndLists(t *testing.T) {
	answer := parse(t, `{"Status":"Running","None":null,"Blank":" \n","Dotted.Name":{"A":1},"Jobs":{"Job":[{"Id":"a","Tags":["x","y"]},{"Id":"b","Tags":"z"},{"Id":null}]},"One":{"Job":{"Id":"c"}},"Nested":[[{"Id":1}],[]]}`)
	for path, want := range map[string]string{"Status": `["Running"]`, "None": `[]`, "Blank": `[]`, "Absent.Too": `[]`, "Dotted.Name.A": `[]`, "Dotted.Name": `[{"A":1}]`, "Jobs.Job.Id": `["a","b"]`, "Jobs.Job.Tags": `["x","y","z"]`, "One.Job": `[{"Id":"c"}]`, "Nested.Id": `[1]`} {
		if got := ListValue(Find(answer, path)...).JSON(); got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
}

func TestViolationsAreAnError(t *testing.T) {
	err := error(fmt.Errorf("wrapped: %w", table.CheckJSON(parse(t, `{"Id": 1, "Idd": "x"}`)).Err()))
	var violations Violations
	if !errors.As(err, &violations) || len(violations) != 2 {
		t.Fatal(err)
	}
	want := "error: `Id` is the number 1: it must be text\nerror: `Idd` is not a parameter of `Do`; did you mean `Id`?"
	if got := violations.Error(); got != want {
		t.Error(got)
	}
	if (Violations{}).Err() != nil {
		t.Error("nothing is an error")
	}
}

func TestExpressionsOfOtherDialects(t *testing.T) {
	for text, want := range map[string]string{`^[\u4e00-\u9fa5]$`: "中", `^(?<word>a)$`: "a", `^\x{61}$`: "a", `^\u{4e2d}$`: "中", `^\\u$`: `\u`} {
		if !Regexp(text)(want) || Regexp(text)("b") {
			t.Errorf("%s does not match %s", text, want)
		}
	}
}
