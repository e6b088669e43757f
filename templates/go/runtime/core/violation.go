package core

import "strings"

// Language is a language that messages are written in.
type Language uint8

const (
	// English is the language unless another one is asked for.
	English Language = iota
	// Chinese is the other one.
	Chinese
)

// Severity is how grave a violation is.
type Severity string

const (
	// SeverityError: the service is expected to reject the request.
	SeverityError Severity = "error"
	// SeverityAdvice: the request may work, but probably not as meant.
	SeverityAdvice Severity = "advice"
)

// Code is what kind of violation it is.
type Code string

const (
	// CodeMissing: what is required is absent.
	CodeMissing Code = "missing"
	// CodeUnknownParameter: nothing has this name, or it is given twice.
	CodeUnknownParameter Code = "unknown-parameter"
	// CodeType: a value of another type.
	CodeType Code = "type"
	// CodeValue: not one of the values that are known.
	CodeValue Code = "value"
	// CodeRange: a number beyond its bounds.
	CodeRange Code = "range"
	// CodeLength: a text that is too short or too long.
	CodeLength Code = "length"
	// CodePattern: a text that does not match its expression.
	CodePattern Code = "pattern"
	// CodeFormat: a text that is not what it stands for.
	CodeFormat Code = "format"
	// CodeItems: too few or too many elements.
	CodeItems Code = "items"
	// CodeJSON: text that should hold JSON and does not.
	CodeJSON Code = "json"
	// CodeRequiredWhen: absent where a rule requires it.
	CodeRequiredWhen Code = "required-when"
	// CodeForbiddenWhen: given where a rule forbids it.
	CodeForbiddenWhen Code = "forbidden-when"
	// CodeIgnoredWhen: given where it has no effect.
	CodeIgnoredWhen Code = "ignored-when"
	// CodeExactlyOne: of several, none or more than one is given.
	CodeExactlyOne Code = "exactly-one"
	// CodeAtLeastOne: of several, none is given.
	CodeAtLeastOne Code = "at-least-one"
	// CodeAtMostOne: of several, more than one is given.
	CodeAtMostOne Code = "at-most-one"
	// CodeAllOrNone: of several, some are given and some are not.
	CodeAllOrNone Code = "all-or-none"
	// CodeEqual: two that must be the same are not.
	CodeEqual Code = "equal"
)

// Violation is one thing that a request does wrong.
type Violation struct {
	// Code is what kind it is.
	Code Code
	// Path is where: a wire name (Tag.2.Key); inside JSON, a JSON Pointer after # (Objects#/0/Name).
	Path string
	// Rule is the id of the rule that is broken; empty if it is none.
	Rule string
	// Severity is how grave it is.
	Severity Severity

	message message
}

// Message says what is wrong and what would be right. It never contains a sensitive value.
func (v Violation) Message(language Language) string {
	if language == Chinese {
		return v.message.zh
	}
	return v.message.en
}

// String is the message in English.
func (v Violation) String() string { return v.message.en }

// JSON is the violation as every language reports it: {code, path, rule?, severity, message}.
func (v Violation) JSON(language Language) Value {
	var json Value
	json.Put("code", TextValue(string(v.Code)))
	json.Put("path", TextValue(v.Path))
	if v.Rule != "" {
		json.Put("rule", TextValue(v.Rule))
	}
	json.Put("severity", TextValue(string(v.Severity)))
	json.Put("message", TextValue(v.Message(language)))
	return json
}

// Violations are everything that a request does wrong, in the specification's order. They are an error: find them with
// errors.As.
type Violations []Violation

// HasErrors tells whether the service is expected to reject the request.
func (v Violations) HasErrors() bool {
	for i := range v {
		if v[i].Severity == SeverityError {
			return true
		}
	}
	return false
}

// Err gives all violations, advice included, as an error if at least one of them is an error, else nil.
func (v Violations) Err() error {
	if v.HasErrors() {
		return v
	}
	return nil
}

// Error tells one violation a line, in English: "error: …".
func (v Violations) Error() string {
	var out strings.Builder
	for i := range v {
		if i > 0 {
			out.WriteByte('\n')
		}
		out.WriteString(string(v[i].Severity))
		out.WriteString(": ")
		out.WriteString(v[i].message.en)
	}
	return out.String()
}

// JSON is a list of what [Violation.JSON] gives.
func (v Violations) JSON(language Language) Value {
	items := make([]Value, len(v))
	for i := range v {
		items[i] = v[i].JSON(language)
	}
	return ListValue(items...)
}
