package core

// Table is what the service demands of one action's requests, as data: nothing is computed when a program starts.
// Parameters are named by their place in Parameters.
type Table struct {
	// Action is the action.
	Action string
	// Parameters are in the order of the specification.
	Parameters []Parameter
	// Rules are in the order of the specification.
	Rules []Rule
}

// Parameter is one request parameter.
type Parameter struct {
	// Name is the name on the wire.
	Name string
	// Required: the service rejects a request without it.
	Required bool
	// Place is where it travels.
	Place Place
	// Style is how a list or an object travels.
	Style Style
	// HasDefault: there is something that the service assumes if it is absent.
	HasDefault bool
	// Default is what it assumes, as it would travel.
	Default string
	// Kind is what it may hold, if Shape says nothing more.
	Kind Kind
	// Shape is what it may hold.
	Shape *Shape
}

func (p *Parameter) shape() *Shape { return shapeOf(p.Shape, p.Kind) }

// Place is where a parameter travels.
type Place string

const (
	// InQuery is the URL's query string; so is no place at all.
	InQuery Place = "query"
	// InForm is a form body.
	InForm Place = "form"
	// InBody is the body itself.
	InBody Place = "body"
	// InPath is the URL's path.
	InPath Place = "path"
	// InHeader is an HTTP header.
	InHeader Place = "header"
	// InHost is the host name.
	InHost Place = "host"
)

// Style is how a list or an object travels.
type Style string

const (
	// Repeat is Tag.1.Key=…, indices from 1; so is no style at all.
	Repeat Style = "repeat"
	// Flat is Tag.Key=….
	Flat Style = "flat"
	// Simple is joined by commas.
	Simple Style = "simple"
	// JSONStyle is one compact JSON text.
	JSONStyle Style = "json"
	// XMLStyle is one XML document, which this client cannot write.
	XMLStyle Style = "xml"
)

// Kind is a type.
type Kind string

const (
	// Text is text.
	Text Kind = "text"
	// Boolean is true or false.
	Boolean Kind = "boolean"
	// Integer is a whole number.
	Integer Kind = "integer"
	// Number is a number.
	Number Kind = "number"
	// List is a list of Item.
	List Kind = "list"
	// Object has Members, and maybe others.
	Object Kind = "object"
	// JSON is text that holds JSON of the shape Item.
	JSON Kind = "json"
	// Any is anything.
	Any Kind = "any"
)

// Shape is what a value may be.
type Shape struct {
	// Named is the shape that this one stands for: then nothing else counts.
	Named ShapeRef
	// Kind is the type.
	Kind Kind
	// Item is what a list's elements are, or what the JSON in a text is.
	Item *Shape
	// Members are the declared members of an object.
	Members []ObjectMember
	// OthersWelcome: an object may hold anything beside them.
	OthersWelcome bool
	// Others is what an object may hold beside them, if that has a shape.
	Others *Shape
	// Values are the documented values, as they travel.
	Values []string
	// Closed: a value that Values does not list is an error, not advice.
	Closed bool
	// Sensitive: never shown.
	Sensitive bool
	// Demands are bounds.
	Demands []Demand
	// Pattern is what the text must match.
	Pattern *Pattern
	// Format is what the text stands for: a pattern with a name.
	Format *Pattern
}

// Bound is what a number says about a value.
type Bound uint8

const (
	// Minimum is the smallest number allowed.
	Minimum Bound = iota
	// ExclusiveMinimum: the number must be larger than this.
	ExclusiveMinimum
	// Maximum is the largest number allowed.
	Maximum
	// ExclusiveMaximum: the number must be smaller than this.
	ExclusiveMaximum
	// MinLength is the fewest code points.
	MinLength
	// MaxLength is the most code points.
	MaxLength
	// MinItems is the fewest elements.
	MinItems
	// MaxItems is the most elements.
	MaxItems
)

// Demand is a bound and its number.
type Demand struct {
	// Bound is which one.
	Bound Bound
	// Number is the number.
	Number float64
}

// ObjectMember is one declared member of an object.
type ObjectMember struct {
	// Name is the name on the wire.
	Name string
	// Required: the object is not complete without it.
	Required bool
	// Kind is what it may hold, if Shape says nothing more.
	Kind Kind
	// Shape is what it may hold.
	Shape *Shape
}

func (m *ObjectMember) shape() *Shape { return shapeOf(m.Shape, m.Kind) }

// ShapeRef stands for a shape that several places share and that may hold itself.
type ShapeRef interface {
	// Shape is the shape.
	Shape() *Shape
}

// Shapes of which nothing is said but the kind.
var (
	plainText    = Shape{Kind: Text}
	plainBoolean = Shape{Kind: Boolean}
	plainInteger = Shape{Kind: Integer}
	plainNumber  = Shape{Kind: Number}
	plainAny     = Shape{Kind: Any}
)

// shapeOf is the shape that is meant.
func shapeOf(shape *Shape, kind Kind) *Shape {
	if shape != nil {
		if shape.Named != nil {
			return shape.Named.Shape()
		}
		return shape
	}
	switch kind {
	case Text:
		return &plainText
	case Boolean:
		return &plainBoolean
	case Integer:
		return &plainInteger
	case Number:
		return &plainNumber
	}
	return &plainAny
}

func (s *Shape) item() *Shape { return shapeOf(s.Item, Any) }

func (s *Shape) others() *Shape { return shapeOf(s.Others, Any) }

func (s *Shape) demand(bound Bound) (float64, bool) {
	for _, demand := range s.Demands {
		if demand.Bound == bound {
			return demand.Number, true
		}
	}
	return 0, false
}

func (s *Shape) member(name string) *Shape {
	for i := range s.Members {
		if s.Members[i].Name == name {
			return s.Members[i].shape()
		}
	}
	return nil
}

// IsSensitive tells whether a value of this shape, or something in it, must not be shown.
func (s *Shape) IsSensitive() bool {
	if s.Sensitive {
		return true
	}
	if s.Item == nil && s.Others == nil && len(s.Members) == 0 {
		return false
	}
	var seen []*Shape
	return s.holdsSecrets(&seen)
}

// holdsSecrets looks at a shape once: it may hold itself.
func (s *Shape) holdsSecrets(seen *[]*Shape) bool {
	for _, shape := range *seen {
		if shape == s {
			return false
		}
	}
	*seen = append(*seen, s)
	if s.Sensitive || s.Item != nil && s.item().holdsSecrets(seen) || s.Others != nil && s.others().holdsSecrets(seen) {
		return true
	}
	for i := range s.Members {
		if s.Members[i].shape().holdsSecrets(seen) {
			return true
		}
	}
	return false
}

// Rule is what one parameter says about another.
type Rule struct {
	// ID is its id in the specification.
	ID string
	// When is when it applies.
	When Condition
	// Effect is what it then demands.
	Effect Effect
	// Parameters are those that it speaks of.
	Parameters []uint16
	// Limits are shapes that parameters must then have.
	Limits []Limit
	// Advice: a violation is no error.
	Advice bool
	// WhenEn is the condition in words, English; empty for a rule that always applies.
	WhenEn string
	// WhenZh is the condition in words, Chinese.
	WhenZh string
}

// Limit is a shape for a parameter.
type Limit struct {
	// Parameter is the parameter.
	Parameter uint16
	// Shape is the shape; its Values are the only ones allowed.
	Shape *Shape
}

// Condition is when a rule applies.
type Condition struct {
	// Kind is what is asked: always, is, present, above, below, not, all or any.
	Kind string
	// Parameter is the parameter that is looked at.
	Parameter uint16
	// Values are those of which it has one.
	Values []string
	// Parameters are those that are given.
	Parameters []uint16
	// Bound is the number that it is above or below.
	Bound float64
	// Parts are the conditions of which none, each or one holds.
	Parts []Condition
}

// Effect is what a rule demands.
type Effect string

const (
	// Require: each is given.
	Require Effect = "require"
	// Forbid: none is given.
	Forbid Effect = "forbid"
	// Ignore: none is given, or it was needless.
	Ignore Effect = "ignore"
	// Constrain: each, if given, is of a shape.
	Constrain Effect = "constrain"
	// ExactlyOne is given.
	ExactlyOne Effect = "exactly-one"
	// AtLeastOne is given.
	AtLeastOne Effect = "at-least-one"
	// AtMostOne is given.
	AtMostOne Effect = "at-most-one"
	// AllOrNone are given.
	AllOrNone Effect = "all-or-none"
	// Equal: if both are given, they are the same.
	Equal Effect = "equal"
)
