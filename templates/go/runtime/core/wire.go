package core

import (
	"strconv"
	"strings"
)

// Wire is a request as it travels, before percent-encoding. Within a place, fields are in the order of the action's
// parameters.
type Wire struct {
	// Query is the URL's query string.
	Query []Field
	// Form is a form body.
	Form []Field
	// Headers are HTTP headers.
	Headers []Field
	// Path is what stands for the placeholders in the URL's path.
	Path []Field
	// Host is what stands for the placeholders in the host name.
	Host []Field
	// Body is what the body consists of, if it is no form: a text as it is, anything else as JSON.
	Body []Field
}

// Field is a name and a value that travel. It does not print a sensitive value.
type Field struct {
	// Name is a parameter's, or one made from it (Tag.1.Key).
	Name string

	value string
	shape *Shape
}

// A text that may not be shown.
var secretShape = Shape{Kind: Text, Sensitive: true}

// PlainField is a name and a value that are no parameter of a table.
func PlainField(name, value string) Field { return Field{name, value, &plainText} }

// SecretField is the same, never to be shown.
func SecretField(name, value string) Field { return Field{name, value, &secretShape} }

// Value is the value. It may be sensitive.
func (f Field) Value() string { return f.value }

// IsSensitive tells whether the value, or something in it, must not be shown.
func (f Field) IsSensitive() bool { return f.shape.IsSensitive() }

// String is name=value, without what is sensitive.
func (f Field) String() string {
	if f.IsSensitive() {
		return f.Name + "=" + hiddenText
	}
	return f.Name + "=" + f.value
}

// GoString is as String.
func (f Field) GoString() string { return f.String() }

// ToWire spells a request whose given parameters are in slots, by index.
func ToWire(table *Table, slots []Value) Wire {
	given := 0
	for i := range slots {
		if !slots[i].isNothing() {
			given++
		}
	}
	wire := Wire{Query: make([]Field, 0, given)}
	for i := range slots {
		wire.add(&table.Parameters[i], &slots[i])
	}
	return wire
}

// add adds a parameter. What is absent, an empty list and an empty object leave no trace; an empty text travels.
func (w *Wire) add(parameter *Parameter, v *Value) {
	if v.isNothing() {
		return
	}
	fields, shape, name := w.place(parameter.Place), parameter.shape(), parameter.Name
	whole := parameter.Place == InBody || shape.Kind == JSON
	switch style := parameter.Style; {
	case !whole && style == Simple && v.kind == isList:
		var items []string
		for i := range v.items {
			if !v.items[i].isNothing() {
				items = append(items, v.items[i].Text())
			}
		}
		if len(items) > 0 {
			*fields = append(*fields, Field{name, strings.Join(items, ","), shape})
		}
	case !whole && (style == "" || style == Repeat || style == Flat):
		spread(fields, name, v, shape)
	default:
		*fields = append(*fields, Field{name, v.Text(), shape})
	}
}

// spread makes one field a scalar: Tag.1.Key, indices from 1. A null keeps its index and is not sent.
func spread(fields *[]Field, name string, v *Value, shape *Shape) {
	switch v.kind {
	case isAbsent, isNull:
	case isList:
		for i := range v.items {
			spread(fields, name+"."+strconv.Itoa(i+1), &v.items[i], itemShape(shape))
		}
	case isObject:
		for i, member := range v.names {
			spread(fields, name+"."+member, &v.items[i], memberShape(shape, member))
		}
	default:
		*fields = append(*fields, Field{name, v.Text(), shape})
	}
}

func itemShape(shape *Shape) *Shape {
	if shape.Kind == List && !shape.Sensitive {
		return shape.item()
	}
	return shape
}

func memberShape(shape *Shape, name string) *Shape {
	if shape.Kind != Object || shape.Sensitive {
		return shape
	}
	if member := shape.member(name); member != nil {
		return member
	}
	if shape.Others != nil {
		return shape.others()
	}
	return shape
}

func (w *Wire) place(place Place) *[]Field {
	switch place {
	case InForm:
		return &w.Form
	case InHeader:
		return &w.Headers
	case InPath:
		return &w.Path
	case InHost:
		return &w.Host
	case InBody:
		return &w.Body
	}
	return &w.Query
}

// Get is what travels for a parameter, by its index in the table, if that is one field.
func (w *Wire) Get(table *Table, parameter uint16) (string, bool) {
	for _, field := range *w.place(table.Parameters[parameter].Place) {
		if field.Name == table.Parameters[parameter].Name {
			return field.value, true
		}
	}
	return "", false
}

// Set gives a parameter another value, by its index in the table: every field of it goes, and the new ones stand where
// the parameter's order puts them. A value that is absent only removes. The fields of copies stay as they were.
func (w *Wire) Set(table *Table, parameter uint16, value Value) {
	changed := &table.Parameters[parameter]
	var one Wire
	one.add(changed, &value)
	added := *one.place(changed.Place)
	fields := w.place(changed.Place)
	kept := make([]Field, 0, len(*fields)+len(added))
	put := false
	for _, field := range *fields {
		owner := table.owner(changed.Place, field.Name)
		if owner == int(parameter) {
			continue
		}
		if !put && owner > int(parameter) {
			kept, put = append(kept, added...), true
		}
		kept = append(kept, field)
	}
	if !put {
		kept = append(kept, added...)
	}
	*fields = kept
}

// owner is the parameter that a field belongs to: the longest one whose name, up to a dot, is where the field's name
// begins; -1 if there is none.
func (t *Table) owner(place Place, field string) int {
	owner, longest := -1, -1
	for i := range t.Parameters {
		known := &t.Parameters[i]
		is, rest := strings.HasPrefix(field, known.Name), 0
		if is {
			rest = len(field) - len(known.Name)
		}
		same := known.Place == place || known.Place == "" && place == InQuery || place == "" && known.Place == InQuery
		if is && same && (rest == 0 || field[len(known.Name)] == '.') && len(known.Name) >= longest {
			owner, longest = i, len(known.Name)
		}
	}
	return owner
}

// Secrets are all that travel: to be kept out of errors, since services repeat what they were given.
func (w *Wire) Secrets() []string {
	var secrets []string
	for _, fields := range [][]Field{w.Query, w.Form, w.Headers, w.Path, w.Host, w.Body} {
		for i := range fields {
			secrets = append(secrets, fields[i].Secrets()...)
		}
	}
	return secrets
}

// Secrets are those in the value: the value itself, or, of JSON, the texts of what is sensitive in it.
func (f *Field) Secrets() []string {
	if !f.IsSensitive() {
		return nil
	}
	var secrets []string
	isInside := f.shape.Kind == JSON || f.shape.Kind == Object || f.shape.Kind == List || f.shape.Kind == Any
	held, err := parseJSON(f.value, false)
	switch {
	case err == nil && isInside && (held.kind == isObject || held.kind == isList):
		gather(f.shape, false, &held, &secrets)
	case f.shape.Kind == List:
		// A list whose elements are joined by commas.
		secrets = strings.Split(f.value, ",")
	}
	if len(secrets) == 0 || f.shape.Sensitive {
		secrets = append(secrets, f.value)
	}
	return secrets
}

func gather(shape *Shape, within bool, v *Value, secrets *[]string) {
	within = within || shape.Sensitive
	if shape.Kind == JSON {
		if v.kind != isText {
			gather(shape.item(), within, v, secrets)
			return
		}
		// JSON in JSON, as text.
		held, err := parseJSON(v.text, false)
		switch {
		case err == nil:
			gather(shape.item(), within, &held, secrets)
		case within || shape.item().IsSensitive():
			*secrets = append(*secrets, v.text)
		}
		return
	}
	switch v.kind {
	case isList:
		inner := shape
		if shape.Kind == List {
			inner = shape.item()
		}
		for i := range v.items {
			gather(inner, within, &v.items[i], secrets)
		}
	case isObject:
		for i, name := range v.names {
			inner := &plainText
			if shape.Kind == Object {
				if member := shape.member(name); member != nil {
					inner = member
				} else if shape.Others != nil {
					inner = shape.others()
				}
			}
			gather(inner, within, &v.items[i], secrets)
		}
	case isText, isInteger, isUnsigned, isNumber:
		if within {
			*secrets = append(*secrets, v.Text())
		}
	}
}
