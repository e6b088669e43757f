package core

import (
	"math"
	"strconv"
)

// kind is what a Value is.
type kind uint8

const (
	isAbsent kind = iota
	isNull
	isText
	isBoolean
	isInteger
	isUnsigned // a whole number beyond 64 signed bits
	isNumber
	isList
	isObject
)

// Value is a JSON value. Its members keep their order. The zero Value is absent, which is not the same as null.
type Value struct {
	kind  kind
	bits  uint64
	text  string
	items []Value
	names []string
}

// Member is a name and its value.
type Member struct {
	// Name is the name.
	Name string
	// Value is the value.
	Value Value
}

// Members are names and values in the order in which they came.
type Members []Member

// Get gives the value of a name; an absent Value if there is none.
func (m Members) Get(name string) Value {
	for _, member := range m {
		if member.Name == name {
			return member.Value
		}
	}
	return Value{}
}

// NullValue is JSON's null.
func NullValue() Value { return Value{kind: isNull} }

// TextValue is a text.
func TextValue(text string) Value { return Value{kind: isText, text: text} }

// BoolValue is true or false.
func BoolValue(truth bool) Value {
	v := Value{kind: isBoolean}
	if truth {
		v.bits = 1
	}
	return v
}

// Int64Value is a whole number.
func Int64Value(number int64) Value { return Value{kind: isInteger, bits: uint64(number)} }

// Int32Value is a whole number.
func Int32Value(number int32) Value { return Int64Value(int64(number)) }

// Float64Value is a number.
func Float64Value(number float64) Value {
	return Value{kind: isNumber, bits: math.Float64bits(number)}
}

// ListValue is a list of values.
func ListValue(items ...Value) Value { return Value{kind: isList, items: items} }

// ObjectValue is an object with these members.
func ObjectValue(members ...Member) Value {
	v := Value{kind: isObject, items: make([]Value, 0, len(members)), names: make([]string, 0, len(members))}
	for _, member := range members {
		v.Put(member.Name, member.Value)
	}
	return v
}

// Put appends a member to an object. What is absent is not put.
func (v *Value) Put(name string, value Value) {
	if value.kind == isAbsent {
		return
	}
	v.kind = isObject
	v.names = append(v.names, name)
	v.items = append(v.items, value)
}

// IsAbsent tells whether there is no value at all.
func (v Value) IsAbsent() bool { return v.kind == isAbsent }

// IsNull tells whether it is JSON's null.
func (v Value) IsNull() bool { return v.kind == isNull }

func (v Value) isNothing() bool { return v.kind <= isNull }

// IsObject tells whether it is an object.
func (v Value) IsObject() bool { return v.kind == isObject }

// IsList tells whether it is a list.
func (v Value) IsList() bool { return v.kind == isList }

// Items are a list's elements, or nil.
func (v Value) Items() []Value {
	if v.kind != isList {
		return nil
	}
	return v.items
}

// Members are an object's members in their order, or nil.
func (v Value) Members() Members {
	if v.kind != isObject {
		return nil
	}
	members := make(Members, len(v.names))
	for i, name := range v.names {
		members[i] = Member{Name: name, Value: v.items[i]}
	}
	return members
}

// Get gives a member of an object; an absent Value if there is none.
func (v Value) Get(name string) Value {
	if v.kind == isObject {
		for i, known := range v.names {
			if known == name {
				return v.items[i]
			}
		}
	}
	return Value{}
}

// number is the number that this is, if it is one.
func (v Value) number() (float64, bool) {
	switch v.kind {
	case isInteger:
		return float64(int64(v.bits)), true
	case isUnsigned:
		return float64(v.bits), true
	case isNumber:
		return math.Float64frombits(v.bits), true
	}
	return 0, false
}

// whole is the whole number of 64 bits that a number is, if it is one.
func whole(number float64) (int64, bool) {
	// Both bounds are powers of two, hence exact; the largest int64 itself is no float.
	const bound = 9_223_372_036_854_775_808.0
	if number != math.Trunc(number) || number < -bound || number >= bound {
		return 0, false
	}
	return int64(number), true
}

// Text is the text that travels, and that values are compared by: true, 30, 1.5 (and 1 for 1.0); lists and objects as
// compact JSON.
func (v Value) Text() string {
	switch v.kind {
	case isText:
		return v.text
	case isBoolean:
		if v.bits == 1 {
			return "true"
		}
		return "false"
	case isInteger:
		return strconv.FormatInt(int64(v.bits), 10)
	}
	return string(v.appendJSON(nil))
}

// JSON is the value as compact JSON. A number that JSON cannot say becomes null.
func (v Value) JSON() string { return string(v.appendJSON(nil)) }

// MarshalJSON is [Value.JSON], for encoding/json.
func (v Value) MarshalJSON() ([]byte, error) { return v.appendJSON(nil), nil }

// UnmarshalJSON reads JSON, for encoding/json.
func (v *Value) UnmarshalJSON(data []byte) error {
	parsed, err := ParseJSON(string(data))
	if err != nil {
		return err
	}
	*v = parsed
	return nil
}

func (v Value) appendJSON(out []byte) []byte {
	switch v.kind {
	case isText:
		return appendText(out, v.text)
	case isBoolean:
		return strconv.AppendBool(out, v.bits == 1)
	case isInteger:
		return strconv.AppendInt(out, int64(v.bits), 10)
	case isUnsigned:
		return strconv.AppendUint(out, v.bits, 10)
	case isNumber:
		number := math.Float64frombits(v.bits)
		if whole, ok := whole(number); ok {
			return strconv.AppendInt(out, whole, 10)
		}
		if math.IsNaN(number) || math.IsInf(number, 0) {
			return append(out, "null"...)
		}
		return strconv.AppendFloat(out, number, 'f', -1, 64)
	case isList:
		out = append(out, '[')
		for i, item := range v.items {
			if i > 0 {
				out = append(out, ',')
			}
			out = item.appendJSON(out)
		}
		return append(out, ']')
	case isObject:
		out = append(out, '{')
		for i, item := range v.items {
			if i > 0 {
				out = append(out, ',')
			}
			out = appendText(out, v.names[i])
			out = append(out, ':')
			out = item.appendJSON(out)
		}
		return append(out, '}')
	}
	return append(out, "null"...)
}

func appendText(out []byte, text string) []byte {
	const digits = "0123456789abcdef"
	out = append(out, '"')
	start := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		out = append(out, text[start:i]...)
		start = i + 1
		switch c {
		case '\n':
			out = append(out, '\\', 'n')
		case '\r':
			out = append(out, '\\', 'r')
		case '\t':
			out = append(out, '\\', 't')
		case '"', '\\':
			out = append(out, '\\', c)
		default:
			out = append(out, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		}
	}
	out = append(out, text[start:]...)
	return append(out, '"')
}

// formatNumber writes a bound or another number as a person writes it: 30, 0.5.
func formatNumber(number float64) string { return strconv.FormatFloat(number, 'f', -1, 64) }
