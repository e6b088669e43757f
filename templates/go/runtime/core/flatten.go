package core

import "strings"

// Fill puts every parameter of a request that is given as JSON into its slot: an object with wire names as keys, flat
// ("Endpoint.IP": …), nested ("Endpoint": {"IP": …}) or both; null is absent. It tells what is wrong with the names, in
// the request's order.
func (t *Table) Fill(request Value, slots []Value) Violations {
	var violations Violations
	if request.kind != isObject {
		message := requestType(&request)
		return append(violations, Violation{Code: CodeType, Severity: SeverityError, message: message})
	}
	for i, name := range request.names {
		t.give(name, &request.items[i], slots, &violations)
	}
	return violations
}

func (t *Table) give(name string, v *Value, slots []Value, violations *Violations) {
	if v.isNothing() {
		return
	}
	violation := Violation{Code: CodeUnknownParameter, Path: name, Severity: SeverityError}
	switch index := t.index(name); {
	case index >= 0 && slots[index].kind == isAbsent:
		slots[index] = *v
		return
	case index >= 0:
		violation.message = givenTwice(name)
	case !t.isGroup(name):
		violation.message = unknownParameter(name, t)
	case v.kind == isObject:
		for i, member := range v.names {
			t.give(name+"."+member, &v.items[i], slots, violations)
		}
		return
	default:
		violation.Code, violation.message = CodeType, groupType(name, v)
	}
	*violations = append(*violations, violation)
}

func (t *Table) index(name string) int {
	for i := range t.Parameters {
		if t.Parameters[i].Name == name {
			return i
		}
	}
	return -1
}

func (t *Table) isGroup(name string) bool {
	for i := range t.Parameters {
		known := t.Parameters[i].Name
		if len(known) > len(name) && known[len(name)] == '.' && strings.HasPrefix(known, name) {
			return true
		}
	}
	return false
}

// CheckJSON checks a request that is given as JSON, as [Table.Fill] reads it.
func (t *Table) CheckJSON(request Value) Violations {
	slots := make([]Value, len(t.Parameters))
	unknown := t.Fill(request, slots)
	if request.kind != isObject {
		return unknown
	}
	return check(t, slots, unknown)
}

// JSONToWire is the wire form of a request that is given as JSON, as [Table.Fill] reads it; names that the table does
// not know do not travel.
func (t *Table) JSONToWire(request Value) Wire {
	slots := make([]Value, len(t.Parameters))
	t.Fill(request, slots)
	return ToWire(t, slots)
}
