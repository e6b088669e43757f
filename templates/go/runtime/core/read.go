package core

import "math"

// What follows reads requests that are given as JSON. It is strict: what a type cannot say exactly does not fit.

// ReadText reads a text.
func ReadText(v Value) (string, bool) { return v.text, v.kind == isText }

// ReadSecret reads a text that must not be seen.
func ReadSecret(v Value) (Secret, bool) { return NewSecret(v.text), v.kind == isText }

// ReadBool reads true or false.
func ReadBool(v Value) (bool, bool) { return v.bits == 1, v.kind == isBoolean }

// ReadInt64 reads a whole number.
func ReadInt64(v Value) (int64, bool) {
	if v.kind == isNumber {
		return whole(math.Float64frombits(v.bits))
	}
	return int64(v.bits), v.kind == isInteger
}

// ReadInt32 reads a whole number.
func ReadInt32(v Value) (int32, bool) {
	number, ok := ReadInt64(v)
	return int32(number), ok && number >= math.MinInt32 && number <= math.MaxInt32
}

// ReadFloat64 reads a number.
func ReadFloat64(v Value) (float64, bool) {
	number, ok := v.number()
	return number, ok && Float64Value(number).Text() == v.Text()
}

// ReadAny reads any JSON.
func ReadAny(v Value) (Value, bool) { return v, true }

// ReadEnum reads an open enum.
func ReadEnum[E ~string](v Value) (E, bool) { return E(v.text), v.kind == isText }

// ReadSlice reads a list.
func ReadSlice[T any](read func(Value) (T, bool)) func(Value) ([]T, bool) {
	return func(v Value) ([]T, bool) {
		if v.kind != isList {
			return nil, false
		}
		items := make([]T, len(v.items))
		for i := range v.items {
			item, ok := read(v.items[i])
			if !ok {
				return nil, false
			}
			items[i] = item
		}
		return items, true
	}
}

// ReadMap reads members with values of one type.
func ReadMap[T any](read func(Value) (T, bool)) func(Value) (map[string]T, bool) {
	return func(v Value) (map[string]T, bool) {
		if v.kind != isObject {
			return nil, false
		}
		members := make(map[string]T, len(v.names))
		for i, name := range v.names {
			value, ok := read(v.items[i])
			if !ok {
				return nil, false
			}
			members[name] = value
		}
		return members, true
	}
}

// ReadContent reads JSON: a text is taken for the JSON text, anything else for the typed form.
func ReadContent[T any](read func(Value) (T, bool)) func(Value) (Content[T], bool) {
	return func(v Value) (Content[T], bool) {
		if v.kind == isText {
			return JSONText[T](v.text), true
		}
		value, ok := read(v)
		return Typed(value), ok
	}
}

// Slots are the parameters of a request that is given as JSON, by index, to be read into fields.
type Slots struct {
	values []Value
	misfit []uint16
}

// SlotsOf are the parameters of a request that is given as JSON. Names that nobody knows are the error.
func SlotsOf(table *Table, text []byte) (Slots, error) {
	v, err := ParseUnique(string(text))
	if err != nil {
		return Slots{}, err
	}
	slots := Slots{values: make([]Value, len(table.Parameters))}
	if unknown := table.Fill(v, slots.values); len(unknown) > 0 {
		return Slots{}, unknown
	}
	return slots, nil
}

// Done gives what did not fit its field as an error.
func (s *Slots) Done(table *Table) error {
	var c checker
	for _, index := range s.misfit {
		parameter := &table.Parameters[index]
		c.check(&s.values[index], parameter.shape(), &path{name: parameter.Name}, false)
	}
	if len(s.misfit) > 0 && !c.violations.HasErrors() {
		return plainError("`" + table.Parameters[s.misfit[0]].Name + "` holds what its type cannot say")
	}
	return c.violations.Err()
}

// Read reads a parameter into a field that can be empty itself: a list, a map, JSON.
func Read[T any](s *Slots, index uint16, field *T, read func(Value) (T, bool)) {
	if s.values[index].isNothing() {
		return
	}
	value, ok := read(s.values[index])
	if !ok {
		s.misfit = append(s.misfit, index)
		return
	}
	*field = value
}

// ReadOpt reads a parameter into a field.
func ReadOpt[T any](s *Slots, index uint16, field *Opt[T], read func(Value) (T, bool)) {
	Read(s, index, field, func(v Value) (Opt[T], bool) {
		value, ok := read(v)
		return Some(value), ok
	})
}

// ReadPtr reads a parameter that is an object into a field.
func ReadPtr[T any](s *Slots, index uint16, field **T, read func(Value) (T, bool)) {
	Read(s, index, field, func(v Value) (*T, bool) {
		value, ok := read(v)
		return &value, ok
	})
}
