package core

import "sort"

// Opt is a value that may be absent. The zero Opt is absent; absent and empty are two things for the service.
type Opt[T any] struct {
	// Value is the value; the zero value if it is absent.
	Value T
	// Valid tells whether there is one.
	Valid bool
}

// Some is a value that is there.
func Some[T any](value T) Opt[T] { return Opt[T]{Value: value, Valid: true} }

// Get gives the value, and whether there is one.
func (o Opt[T]) Get() (T, bool) { return o.Value, o.Valid }

// Or gives the value, or another one if it is absent.
func (o Opt[T]) Or(other T) T {
	if o.Valid {
		return o.Value
	}
	return other
}

// Content is a parameter's JSON: typed, or as the text that holds it, which is passed on as it is, so that nothing that
// the types cannot say is out of reach. The zero Content is absent.
type Content[T any] struct {
	// Behind a pointer: what it holds may hold such a Content itself.
	typed *T
	text  Opt[string]
}

// Typed is JSON in its typed form.
func Typed[T any](value T) Content[T] { return Content[T]{typed: &value} }

// JSONText is JSON that is text already.
func JSONText[T any](text string) Content[T] { return Content[T]{text: Some(text)} }

// IsAbsent tells whether there is nothing.
func (c Content[T]) IsAbsent() bool { return c.typed == nil && !c.text.Valid }

// Typed gives the typed form, if it is that.
func (c Content[T]) Typed() (value T, ok bool) {
	if c.typed == nil {
		return value, false
	}
	return *c.typed, true
}

// Text gives the JSON text, if it is that.
func (c Content[T]) Text() (text string, ok bool) { return c.text.Get() }

// What follows turns fields into values. Each is handed to the function for what holds it, so that no type is looked at
// while a program runs, and nothing is linked that is not used.

// OptValue is an optional field as a value.
func OptValue[T any](field Opt[T], to func(T) Value) Value {
	if !field.Valid {
		return Value{}
	}
	return to(field.Value)
}

// PtrValue is an optional object as a value.
func PtrValue[T any](field *T, to func(T) Value) Value {
	if field == nil {
		return Value{}
	}
	return to(*field)
}

// SliceValue is a list as a value: nil is absent, an empty one is not.
func SliceValue[L ~[]T, T any](field L, to func(T) Value) Value {
	if field == nil {
		return Value{}
	}
	items := make([]Value, len(field))
	for i, item := range field {
		items[i] = to(item)
	}
	return Value{kind: isList, items: items}
}

// MapValue is a map as a value, sorted by name: nil is absent, an empty one is not.
func MapValue[T any](field map[string]T, to func(T) Value) Value {
	if field == nil {
		return Value{}
	}
	names := make([]string, 0, len(field))
	for name := range field {
		names = append(names, name)
	}
	sort.Strings(names)
	v := Value{kind: isObject, names: make([]string, 0, len(names)), items: make([]Value, 0, len(names))}
	for _, name := range names {
		v.Put(name, to(field[name]))
	}
	return v
}

// ContentValue is JSON in either form as a value.
func ContentValue[T any](field Content[T], to func(T) Value) Value {
	if field.typed != nil {
		return to(*field.typed)
	}
	return OptValue(field.text, TextValue)
}

// SecretValue is a secret as a value.
func SecretValue(secret Secret) Value { return TextValue(secret.Expose()) }

// EnumValue is an open enum's value.
func EnumValue[E ~string](value E) Value { return TextValue(string(value)) }

// AnyValue is any JSON.
func AnyValue(value Value, _ func(Value) Value) Value { return value }

// SameValue is any JSON.
func SameValue(value Value) Value { return value }

// SliceOf turns lists into values.
func SliceOf[T any](to func(T) Value) func([]T) Value {
	return func(field []T) Value {
		if field == nil {
			field = []T{}
		}
		return SliceValue(field, to)
	}
}

// MapOf turns maps into values.
func MapOf[T any](to func(T) Value) func(map[string]T) Value {
	return func(field map[string]T) Value {
		if field == nil {
			field = map[string]T{}
		}
		return MapValue(field, to)
	}
}

// ContentOf turns JSON in either form into values.
func ContentOf[T any](to func(T) Value) func(Content[T]) Value {
	return func(field Content[T]) Value { return ContentValue(field, to) }
}
