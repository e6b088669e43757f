package core

import (
	"math"
	"strconv"
	"strings"
)

// request is a request, by the index of its parameters.
type request struct {
	table *Table
	slots []Value
}

func (r *Rule) severity() Severity {
	if r.Advice {
		return SeverityAdvice
	}
	return SeverityError
}

func (r *request) check(rule *Rule, violations *Violations) {
	if !r.holds(&rule.When) {
		return
	}
	why := reasonWords{en: rule.WhenEn, zh: rule.WhenZh}
	violate := func(code Code, name string, message message) {
		violation := Violation{Code: code, Path: name, Rule: rule.ID, Severity: rule.severity(), message: message}
		*violations = append(*violations, violation)
	}
	listed := rule.Parameters
	switch rule.Effect {
	case Require:
		for _, index := range listed {
			if name := r.name(index); !r.isGiven(index) {
				violate(CodeRequiredWhen, name, missingMessage(name, why))
			}
		}
	case Forbid:
		for _, index := range listed {
			if name := r.name(index); r.isGiven(index) {
				violate(CodeForbiddenWhen, name, forbiddenMessage(name, why))
			}
		}
	case Ignore:
		for _, index := range listed {
			if name := r.name(index); r.isGiven(index) {
				violate(CodeIgnoredWhen, name, ignoredMessage(name, why))
			}
		}
	case Constrain:
		for i := range rule.Limits {
			r.constrain(rule, &rule.Limits[i], why, violations)
		}
	case ExactlyOne:
		given := r.those(listed, true)
		switch {
		case len(given) == 0:
			violate(CodeExactlyOne, r.name(listed[0]), exactlyOneMessage(r.names(listed), nil, why))
		case len(given) > 1:
			violate(CodeExactlyOne, given[1], exactlyOneMessage(r.names(listed), given, why))
		}
	case AtLeastOne:
		if len(r.those(listed, true)) == 0 {
			violate(CodeAtLeastOne, r.name(listed[0]), atLeastOneMessage(r.names(listed), why))
		}
	case AtMostOne:
		if given := r.those(listed, true); len(given) > 1 {
			violate(CodeAtMostOne, given[1], atMostOneMessage(r.names(listed), given, why))
		}
	case AllOrNone:
		absent := r.those(listed, false)
		if len(absent) > 0 && len(absent) < len(listed) {
			violate(CodeAllOrNone, absent[0], allOrNoneMessage(absent[0], r.names(listed), why))
		}
	case Equal:
		one, other := listed[0], listed[1]
		if r.isGiven(one) && r.isGiven(other) && r.slots[one].Text() != r.slots[other].Text() {
			violate(CodeEqual, r.name(other), equalMessage(r.name(one), r.name(other), why))
		}
	}
}

func (r *request) constrain(rule *Rule, limit *Limit, why reasonWords, violations *Violations) {
	if !r.isGiven(limit.Parameter) {
		return
	}
	parameter := &r.table.Parameters[limit.Parameter]
	held, err := parsed(&r.slots[limit.Parameter], parameter.shape().Kind)
	if err != nil {
		return
	}
	about := subject{path: &path{name: parameter.Name}, value: held, shape: parameter.shape(), hidden: limit.Shape.Sensitive, why: why}
	limits(&about, limit.Shape, rule, violations)
}

func (r *request) holds(when *Condition) bool {
	switch when.Kind {
	case "is":
		text, ok := r.text(when.Parameter)
		return ok && contains(when.Values, text)
	case "present":
		for _, index := range when.Parameters {
			if !r.isGiven(index) {
				return false
			}
		}
	case "above":
		number, ok := r.number(when.Parameter)
		return ok && number > when.Bound
	case "below":
		number, ok := r.number(when.Parameter)
		return ok && number < when.Bound
	case "not":
		for i := range when.Parts {
			if r.holds(&when.Parts[i]) {
				return false
			}
		}
	case "all":
		for i := range when.Parts {
			if !r.holds(&when.Parts[i]) {
				return false
			}
		}
	case "any":
		for i := range when.Parts {
			if r.holds(&when.Parts[i]) {
				return true
			}
		}
		return false
	}
	return true
}

func (r *request) isGiven(index uint16) bool { return !r.slots[index].isNothing() }

func (r *request) name(index uint16) string { return r.table.Parameters[index].Name }

// text is the value, or else the default, as it travels.
func (r *request) text(index uint16) (string, bool) {
	if r.isGiven(index) {
		return r.slots[index].Text(), true
	}
	parameter := &r.table.Parameters[index]
	return parameter.Default, parameter.HasDefault
}

// number is the value, or else the default, if it is a number or reads as one.
func (r *request) number(index uint16) (float64, bool) {
	if v := &r.slots[index]; !v.isNothing() && v.kind != isText {
		number, ok := v.number()
		return number, ok && !math.IsInf(number, 0) && !math.IsNaN(number)
	}
	text, ok := r.text(index)
	if !ok {
		return 0, false
	}
	return parseNumber(text)
}

// parseNumber reads a finite decimal number, and nothing that only Go takes for one.
func parseNumber(text string) (float64, bool) {
	if strings.ContainsAny(text, "xXpP_") {
		return 0, false
	}
	number, err := strconv.ParseFloat(text, 64)
	return number, err == nil && !math.IsInf(number, 0) && !math.IsNaN(number)
}

func (r *request) names(listed []uint16) []string {
	names := make([]string, len(listed))
	for i, index := range listed {
		names[i] = r.name(index)
	}
	return names
}

func (r *request) those(listed []uint16, given bool) []string {
	var names []string
	for _, index := range listed {
		if r.isGiven(index) == given {
			names = append(names, r.name(index))
		}
	}
	return names
}
