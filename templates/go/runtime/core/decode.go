package core

import (
	"math"
	"strconv"
	"strings"
)

// Fields are the members of an object, taken one by one. What a type does not know, and what does not fit its field,
// is kept beside the fields.
type Fields struct {
	object Value
	taken  []bool
	next   int
}

// FieldsOf are the members of an object; an empty text, which XML has for an empty element, is an empty object.
func FieldsOf(v Value) (Fields, bool) {
	switch {
	case v.kind == isObject:
		return Fields{object: v, taken: make([]bool, len(v.names))}, true
	case v.kind == isText && strings.TrimSpace(v.text) == "":
		return Fields{}, true
	}
	return Fields{}, false
}

func (f *Fields) find(name string) (int, *Value) {
	count := len(f.object.names)
	for tried := 0; tried < count; tried++ {
		i := (f.next + tried) % count
		if f.object.names[i] == name {
			f.next = i + 1
			return i, &f.object.items[i]
		}
	}
	return -1, nil
}

// Take reads a member into a field that can be empty itself: a list, a map, JSON.
func Take[T any](f *Fields, name string, field *T, read func(Value) (T, bool)) {
	i, v := f.find(name)
	if v == nil {
		return
	}
	if !v.isNothing() {
		value, ok := read(*v)
		if !ok {
			return
		}
		*field = value
	}
	f.taken[i] = true
}

// TakeOpt reads a member into a field.
func TakeOpt[T any](f *Fields, name string, field *Opt[T], read func(Value) (T, bool)) {
	Take(f, name, field, func(v Value) (Opt[T], bool) {
		value, ok := read(v)
		return Some(value), ok
	})
}

// TakePtr reads a member that is an object into a field.
func TakePtr[T any](f *Fields, name string, field **T, read func(Value) (T, bool)) {
	Take(f, name, field, func(v Value) (*T, bool) {
		value, ok := read(v)
		return &value, ok
	})
}

// Rest is what was not taken.
func (f *Fields) Rest() Members {
	var rest Members
	for i, taken := range f.taken {
		if !taken {
			rest = append(rest, Member{Name: f.object.names[i], Value: f.object.items[i]})
		}
	}
	return rest
}

// Done tells whether everything was taken that is not null.
func (f *Fields) Done() bool {
	for i, taken := range f.taken {
		if !taken && !f.object.items[i].isNothing() {
			return false
		}
	}
	return true
}

// What follows reads answers. It is lenient: services change, and their documents disagree with them. true and "true",
// 3 and "3", one element and a list of one mean the same.

// DecodeText reads a text, a number or a boolean.
func DecodeText(v Value) (string, bool) {
	switch v.kind {
	case isText:
		return v.text, true
	case isBoolean, isInteger, isUnsigned:
		return v.Text(), true
	case isNumber:
		return jsonNumber(math.Float64frombits(v.bits)), true
	}
	return "", false
}

// jsonNumber writes a number that has a point or an exponent with one: 1.0 was no 1.
func jsonNumber(number float64) string {
	text := strconv.FormatFloat(number, 'f', -1, 64)
	if size := math.Abs(number); size != 0 && (size < 1e-5 || size >= 1e16) {
		text = strconv.FormatFloat(number, 'e', -1, 64)
		text = strings.Replace(strings.Replace(text, "e-0", "e-", 1), "e+0", "e+", 1)
	}
	if !strings.ContainsAny(text, ".e") {
		text += ".0"
	}
	return text
}

// DecodeSecret reads whatever it is, a list or an object as its JSON text: what does not fit its field is kept where
// everybody sees it.
func DecodeSecret(v Value) (Secret, bool) {
	if v.isNothing() {
		return Secret{}, false
	}
	return NewSecret(v.Text()), true
}

// DecodeBool reads true, "true", 1, "1" and their opposites.
func DecodeBool(v Value) (bool, bool) {
	switch v.kind {
	case isBoolean:
		return v.bits == 1, true
	case isText:
		switch text := strings.TrimSpace(v.text); {
		case text == "1" || equalFold(text, "true"):
			return true, true
		case text == "0" || equalFold(text, "false"):
			return false, true
		}
	case isInteger:
		return v.bits == 1, v.bits <= 1
	}
	return false, false
}

// DecodeInt64 reads a whole number, or a text that is one.
func DecodeInt64(v Value) (int64, bool) {
	switch v.kind {
	case isInteger:
		return int64(v.bits), true
	case isNumber:
		return whole(math.Float64frombits(v.bits))
	case isText:
		text := strings.TrimSpace(v.text)
		if number, err := strconv.ParseInt(text, 10, 64); err == nil {
			return number, true
		}
		if number, ok := parseNumber(text); ok {
			return whole(number)
		}
	}
	return 0, false
}

// DecodeInt32 reads a whole number, or a text that is one.
func DecodeInt32(v Value) (int32, bool) {
	number, ok := DecodeInt64(v)
	return int32(number), ok && number >= math.MinInt32 && number <= math.MaxInt32
}

// DecodeFloat64 reads a number, or a text that is one.
func DecodeFloat64(v Value) (float64, bool) {
	if v.kind == isText {
		return parseNumber(strings.TrimSpace(v.text))
	}
	return v.number()
}

// DecodeAny keeps JSON as it is.
func DecodeAny(v Value) (Value, bool) { return v, true }

// DecodeEnum reads an open enum: the documented value, else the only one that differs in ASCII case alone, else what it
// says.
func DecodeEnum[E ~string](values []E) func(Value) (E, bool) {
	return func(v Value) (E, bool) {
		text, ok := DecodeText(v)
		alike, count := E(text), 0
		for _, value := range values {
			if string(value) == text {
				return value, ok
			}
			if equalFold(string(value), text) {
				alike, count = value, count+1
			}
		}
		if count == 1 {
			return alike, ok
		}
		return E(text), ok
	}
}

// equalFold compares without regard to ASCII case.
func equalFold(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := 0; i < len(a); i++ {
		x, y := a[i], b[i]
		if x|0x20 >= 'a' && x|0x20 <= 'z' {
			x, y = x|0x20, y|0x20
		}
		if x != y {
			return false
		}
	}
	return true
}

// EqualFold compares texts without regard to ASCII case.
func EqualFold(a, b string) bool { return equalFold(a, b) }

// DecodeSlice reads a list, or one element without a list around it. An empty text, which XML has for an empty element,
// is an empty list; a null in a list is nothing. One element that does not fit and none of the list does: nothing is
// dropped in silence.
func DecodeSlice[T any](read func(Value) (T, bool)) func(Value) ([]T, bool) {
	return func(v Value) ([]T, bool) {
		given := []Value{v}
		switch {
		case v.kind == isList:
			given = v.items
		case v.kind == isText && strings.TrimSpace(v.text) == "":
			given = nil
		}
		items := make([]T, 0, len(given))
		for i := range given {
			if given[i].isNothing() {
				continue
			}
			item, ok := read(given[i])
			if !ok {
				return nil, false
			}
			items = append(items, item)
		}
		return items, true
	}
}

// DecodeMap reads members with values of one type. An empty text is an empty object, a null is nothing, as for lists.
func DecodeMap[T any](read func(Value) (T, bool)) func(Value) (map[string]T, bool) {
	return func(v Value) (map[string]T, bool) {
		if v.kind != isObject && (v.kind != isText || strings.TrimSpace(v.text) != "") {
			return nil, false
		}
		members := make(map[string]T, len(v.names))
		for i, name := range v.names {
			if v.items[i].isNothing() {
				continue
			}
			value, ok := read(v.items[i])
			if !ok {
				return nil, false
			}
			members[name] = value
		}
		return members, true
	}
}

// DecodeContent reads JSON in text: typed, if it is of the type or a text that holds JSON of the type; else the text.
func DecodeContent[T any](read func(Value) (T, bool)) func(Value) (Content[T], bool) {
	return func(v Value) (Content[T], bool) {
		if v.kind != isText {
			value, ok := read(v)
			return Typed(value), ok
		}
		// As many levels as an answer may have, so that this is no way around that.
		if held, err := ParseUnique(v.text); err == nil {
			if value, ok := read(held); ok {
				return Typed(value), true
			}
		}
		return JSONText[T](v.text), true
	}
}

// Find is everything that a dotted path leads to in an answer, in the answer's order, lists opened. What is absent, null
// or, as XML writes an empty list, a blank text leads to nothing.
func Find(v Value, path string) []Value {
	var found []Value
	collect(&v, path, false, &found)
	return found
}

// FindText is the first text that a path leads to; numbers and booleans as they are written. Empty if there is none.
func FindText(v Value, path string) string {
	for _, found := range Find(v, path) {
		if text, ok := DecodeText(found); ok {
			return text
		}
	}
	return ""
}

func collect(v *Value, path string, isThere bool, found *[]Value) {
	switch {
	case v.kind == isList:
		for i := range v.items {
			collect(&v.items[i], path, isThere, found)
		}
	case v.isNothing() || v.kind == isText && strings.TrimSpace(v.text) == "":
	case isThere:
		*found = append(*found, *v)
	case v.kind == isObject:
		for i, name := range v.names {
			// A name may hold a dot itself.
			if name == path {
				collect(&v.items[i], "", true, found)
				return
			}
		}
		if name, rest, ok := strings.Cut(path, "."); ok {
			for i, known := range v.names {
				if known == name {
					collect(&v.items[i], rest, false, found)
				}
			}
		}
	}
}
