package core

import (
	"math"
	"unicode/utf8"
)

// Check tells everything that a request does wrong whose given parameters are in slots, by index: parameters in the
// table's order, then rules.
func Check(table *Table, slots []Value) Violations { return check(table, slots, nil) }

func check(table *Table, slots []Value, unknown Violations) Violations {
	var c checker
	for i := range table.Parameters {
		parameter := &table.Parameters[i]
		switch {
		case !slots[i].isNothing():
			if !c.isFine(&slots[i], parameter.shape()) {
				c.check(&slots[i], parameter.shape(), &path{name: parameter.Name}, false)
			}
		case parameter.Required:
			c.missing(&path{name: parameter.Name})
		}
	}
	c.violations = append(c.violations, unknown...)
	r := request{table: table, slots: slots}
	for i := range table.Rules {
		r.check(&table.Rules[i], &c.violations)
	}
	return c.violations
}

// checker checks values and everything in them.
type checker struct{ violations Violations }

// isFine tells of a plain value at once that there is nothing to say.
func (c *checker) isFine(v *Value, shape *Shape) bool {
	return v.kind == isText && shape.Kind == Text && len(shape.Values) == 0 && len(shape.Demands) == 0 &&
		shape.Pattern == nil && shape.Format == nil
}

// check looks at a value; hidden: it is part of something sensitive.
func (c *checker) check(v *Value, shape *Shape, at *path, hidden bool) {
	about := subject{path: at, value: v, shape: shape, hidden: hidden}
	if !fits(v, shape.Kind) {
		c.report(CodeType, at, about.kind())
		return
	}
	held, err := parsed(v, shape.Kind)
	if err != nil {
		c.report(CodeJSON, at, jsonMessage(at.String(), err))
		return
	}
	about.value = held
	limits(&about, shape, nil, &c.violations)
	hidden = hidden || shape.Sensitive
	switch shape.Kind {
	case List:
		for i := range v.items {
			if c.isFine(&v.items[i], shape.item()) {
				continue
			}
			c.check(&v.items[i], shape.item(), &path{before: at, step: toItem, index: i}, hidden)
		}
	case Object:
		c.members(v, shape, at, hidden)
	case JSON:
		c.check(held, shape.item(), &path{before: at, step: toJSON}, hidden)
	}
}

func (c *checker) members(v *Value, shape *Shape, at *path, hidden bool) {
	var room [16]*Value
	slots := room[:0]
	if len(shape.Members) > len(room) {
		slots = make([]*Value, 0, len(shape.Members))
	}
	slots = slots[:len(shape.Members)]
	var unknown []int
	// Members mostly come in the table's order, so that the next one is mostly the right one.
	next := 0
	for i, name := range v.names {
		if v.items[i].isNothing() {
			continue
		}
		index := -1
		for tried := 0; tried < len(shape.Members); tried++ {
			at := (next + tried) % len(shape.Members)
			if shape.Members[at].Name == name {
				index = at
				break
			}
		}
		if index < 0 {
			unknown = append(unknown, i)
			continue
		}
		slots[index] = &v.items[i]
		next = index + 1
	}
	for i := range shape.Members {
		member := &shape.Members[i]
		switch {
		case slots[i] != nil:
			if !c.isFine(slots[i], member.shape()) {
				c.check(slots[i], member.shape(), &path{before: at, step: toMember, name: member.Name}, hidden)
			}
		case member.Required:
			c.missing(&path{before: at, step: toMember, name: member.Name})
		}
	}
	for _, i := range unknown {
		there := &path{before: at, step: toMember, name: v.names[i]}
		switch {
		case shape.Others != nil:
			c.check(&v.items[i], shape.others(), there, hidden)
		case !shape.OthersWelcome:
			c.report(CodeUnknownParameter, there, unknownMember(there.String(), v.names[i], shape.Members))
		}
	}
}

func (c *checker) missing(at *path) {
	c.report(CodeMissing, at, missingMessage(at.String(), reasonWords{}))
}

func (c *checker) report(code Code, at *path, message message) {
	violation := Violation{Code: code, Path: at.String(), Severity: SeverityError, message: message}
	c.violations = append(c.violations, violation)
}

// parsed is the JSON in a text that is there to hold JSON; any other value is what it is.
func parsed(v *Value, kind Kind) (*Value, *SyntaxError) {
	if kind != JSON || v.kind != isText {
		return v, nil
	}
	held, err := parseJSON(v.text, false)
	if err != nil {
		return nil, err
	}
	return &held, nil
}

func fits(v *Value, kind Kind) bool {
	switch kind {
	case Text:
		return v.kind == isText
	case Boolean:
		return v.kind == isBoolean
	case Integer:
		if v.kind == isNumber {
			_, ok := whole(math.Float64frombits(v.bits))
			return ok
		}
		return v.kind == isInteger
	case Number:
		number, ok := v.number()
		return ok && !math.IsInf(number, 0) && !math.IsNaN(number)
	case List:
		return v.kind == isList
	case Object:
		return v.kind == isObject
	}
	// What JSON holds is up to the shape inside.
	return true
}

// limits checks what a shape (the value's own, or that of a rule) says beside types: of the value, not of what is in it.
func limits(about *subject, shape *Shape, rule *Rule, violations *Violations) {
	violate := func(code Code, message message) {
		violation := Violation{Code: code, Path: about.path.String(), Severity: SeverityError, message: message}
		switch {
		case rule != nil:
			violation.Rule, violation.Severity = rule.ID, rule.severity()
		case code == CodeValue && !shape.Closed:
			violation.Severity = SeverityAdvice
		}
		*violations = append(*violations, violation)
	}
	v := about.value
	if len(shape.Values) > 0 && !contains(shape.Values, v.Text()) {
		violate(CodeValue, about.notListed(shape.Values, shape.Closed || rule != nil))
	}
	switch v.kind {
	case isInteger, isUnsigned, isNumber:
		if len(shape.Demands) > 0 && isOutside(v, shape) {
			violate(CodeRange, about.outside(shape))
		}
	case isText:
		if len(shape.Demands) > 0 {
			if length := utf8.RuneCountInString(v.text); beyond(length, shape, MinLength, MaxLength) {
				violate(CodeLength, about.counted(length, shape, MinLength, MaxLength, "characters", "字符"))
			}
		}
		if shape.Pattern != nil && !shape.Pattern.matches(v.text) {
			violate(CodePattern, about.mismatched(shape.Pattern.Name))
		}
		if shape.Format != nil && !shape.Format.matches(v.text) {
			violate(CodeFormat, about.misformed(shape.Format.Name))
		}
	case isList:
		if count := len(v.items); beyond(count, shape, MinItems, MaxItems) {
			violate(CodeItems, about.counted(count, shape, MinItems, MaxItems, "elements", "元素"))
		}
	}
}

func contains(texts []string, text string) bool {
	for _, known := range texts {
		if known == text {
			return true
		}
	}
	return false
}

func isOutside(v *Value, shape *Shape) bool {
	number, _ := v.number()
	for _, demand := range shape.Demands {
		switch demand.Bound {
		case Minimum:
			if number < demand.Number {
				return true
			}
		case ExclusiveMinimum:
			if number <= demand.Number {
				return true
			}
		case Maximum:
			if number > demand.Number {
				return true
			}
		case ExclusiveMaximum:
			if number >= demand.Number {
				return true
			}
		}
	}
	return false
}

func beyond(count int, shape *Shape, least, most Bound) bool {
	for _, demand := range shape.Demands {
		if demand.Bound == least && float64(count) < demand.Number || demand.Bound == most && float64(count) > demand.Number {
			return true
		}
	}
	return false
}
