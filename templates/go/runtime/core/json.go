package core

import (
	"math"
	"strconv"
	"strings"
)

// SyntaxError says where a text stops being JSON. It shows nothing of the text.
type SyntaxError struct {
	// Line is the line, from 1.
	Line int
	// Column is the byte in the line, from 1; 0 before the first one.
	Column int
	reason reason
}

// reason is what is wrong with a text.
type reason string

const (
	eofList         reason = "EOF while parsing a list"
	eofObject       reason = "EOF while parsing an object"
	eofString       reason = "EOF while parsing a string"
	eofValue        reason = "EOF while parsing a value"
	badColon        reason = "expected `:`"
	badList         reason = "expected `,` or `]`"
	badObject       reason = "expected `,` or `}`"
	badIdent        reason = "expected ident"
	badValue        reason = "expected value"
	badEscape       reason = "invalid escape"
	badNumber       reason = "invalid number"
	outOfRange      reason = "number out of range"
	controlInString reason = `control character (\u0000-\u001F) found while parsing a string`
	badKey          reason = "key must be a string"
	loneSurrogate   reason = "lone leading surrogate in hex escape"
	trailingComma   reason = "trailing comma"
	trailing        reason = "trailing characters"
	halfSurrogate   reason = "unexpected end of hex escape"
	tooDeep         reason = "recursion limit exceeded"
	notUnicode      reason = "invalid unicode code point"
	twice           reason = "a key occurs twice"
)

// Error says what is wrong and where.
func (e *SyntaxError) Error() string {
	at := " at line " + strconv.Itoa(e.Line) + " column " + strconv.Itoa(e.Column)
	return "it is not JSON: " + string(e.reason) + at
}

// deepest is how many lists and objects may stand inside one another.
const deepest = 127

// ParseJSON reads a JSON text. Of a name that occurs twice, the last value counts.
func ParseJSON(text string) (Value, error) {
	v, err := parseJSON(text, false)
	if err != nil {
		return Value{}, err
	}
	return v, nil
}

// ParseUnique reads a JSON text in which no name occurs twice: which of two values counts is a question that two readers
// answer differently. The error shows nothing of the text.
func ParseUnique(text string) (Value, error) {
	v, err := parseJSON(text, true)
	if err == nil {
		return v, nil
	}
	at := ", at line " + strconv.Itoa(err.Line) + ", column " + strconv.Itoa(err.Column)
	switch err.reason {
	case eofList, eofObject, eofString, eofValue:
		return Value{}, plainError("it is JSON that ends in the middle")
	case twice:
		return Value{}, plainError("it is JSON that says a key twice" + at)
	}
	return Value{}, err
}

type plainError string

func (e plainError) Error() string { return string(e) }

func parseJSON(text string, unique bool) (Value, *SyntaxError) {
	p := parser{text: text, unique: unique}
	v := p.value(0)
	if p.err == nil && p.blank() != -1 {
		p.fail(p.at+1, trailing)
	}
	return v, p.err
}

type parser struct {
	text   string
	at     int
	unique bool
	err    *SyntaxError
}

// fail notes the first thing that is wrong; index: how many bytes were looked at.
func (p *parser) fail(index int, why reason) {
	if p.err != nil {
		return
	}
	if index > len(p.text) {
		index = len(p.text)
	}
	before := p.text[:index]
	line := 1 + strings.Count(before, "\n")
	column := index - (strings.LastIndexByte(before, '\n') + 1)
	p.err = &SyntaxError{Line: line, Column: column, reason: why}
}

// blank goes over blanks; the byte after them, or -1.
func (p *parser) blank() int {
	for p.at < len(p.text) {
		switch c := p.text[p.at]; c {
		case ' ', '\n', '\t', '\r':
			p.at++
		default:
			return int(c)
		}
	}
	return -1
}

func (p *parser) peek() byte {
	if p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

func (p *parser) value(depth int) Value {
	switch c := p.blank(); c {
	case -1:
		p.fail(p.at+1, eofValue)
	case 'n':
		if p.ident("ull") {
			return NullValue()
		}
	case 't':
		if p.ident("rue") {
			return BoolValue(true)
		}
	case 'f':
		if p.ident("alse") {
			return BoolValue(false)
		}
	case '"':
		p.at++
		return TextValue(p.string())
	case '[', '{':
		if depth == deepest {
			p.fail(p.at+1, tooDeep)
			break
		}
		p.at++
		if c == '[' {
			return p.list(depth + 1)
		}
		return p.object(depth + 1)
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return p.number()
	default:
		p.fail(p.at+1, badValue)
	}
	return Value{}
}

func (p *parser) ident(rest string) bool {
	p.at++
	for i := 0; i < len(rest); i++ {
		if p.at == len(p.text) {
			p.fail(p.at, eofValue)
			return false
		}
		c := p.text[p.at]
		p.at++
		if c != rest[i] {
			p.fail(p.at, badIdent)
			return false
		}
	}
	return true
}

func (p *parser) number() Value {
	start := p.at
	positive := p.text[p.at] != '-'
	if !positive {
		p.at++
	}
	if p.at == len(p.text) {
		p.fail(p.at, eofValue)
		return Value{}
	}
	c := p.text[p.at]
	p.at++
	switch {
	case c == '0':
		if isDigit(p.peek()) {
			p.fail(p.at+1, badNumber)
			return Value{}
		}
	case c >= '1' && c <= '9':
		for isDigit(p.peek()) {
			p.at++
		}
	default:
		p.fail(p.at, badNumber)
		return Value{}
	}
	real := false
	if p.peek() == '.' {
		real = true
		p.at++
		if !isDigit(p.peek()) {
			if p.at == len(p.text) {
				p.fail(p.at+1, eofValue)
			} else {
				p.fail(p.at+1, badNumber)
			}
			return Value{}
		}
		for isDigit(p.peek()) {
			p.at++
		}
	}
	if c := p.peek(); c == 'e' || c == 'E' {
		real = true
		p.at++
		if c := p.peek(); c == '+' || c == '-' {
			p.at++
		}
		if p.at == len(p.text) {
			p.fail(p.at, eofValue)
			return Value{}
		}
		c := p.text[p.at]
		p.at++
		if !isDigit(c) {
			p.fail(p.at, badNumber)
			return Value{}
		}
		for isDigit(p.peek()) {
			p.at++
		}
	}
	text := p.text[start:p.at]
	if !real && text != "-0" {
		if whole, err := strconv.ParseInt(text, 10, 64); err == nil {
			return Int64Value(whole)
		}
		if whole, err := strconv.ParseUint(text, 10, 64); err == nil {
			return Value{kind: isUnsigned, bits: whole}
		}
	}
	number, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(number, 0) {
		p.fail(p.at, outOfRange)
		return Value{}
	}
	return Float64Value(number)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func (p *parser) list(depth int) Value {
	list := Value{kind: isList, items: []Value{}}
	for {
		switch c := p.blank(); {
		case c == -1:
			p.fail(p.at+1, eofList)
		case c == ']':
			p.at++
			return list
		case len(list.items) == 0:
		case c == ',':
			p.at++
			switch p.blank() {
			case ']':
				p.fail(p.at+1, trailingComma)
			case -1:
				p.fail(p.at+1, eofValue)
			}
		default:
			p.fail(p.at+1, badList)
		}
		if p.err != nil {
			return Value{}
		}
		item := p.value(depth)
		if p.err != nil {
			return Value{}
		}
		list.items = append(list.items, item)
	}
}

func (p *parser) object(depth int) Value {
	object := Value{kind: isObject, items: []Value{}}
	// Beside the names, where each one stands: only worth its cost if there are many.
	var places map[string]int
	for first := true; ; first = false {
		switch c := p.blank(); {
		case c == -1:
			p.fail(p.at+1, eofObject)
		case c == '}':
			p.at++
			return object
		case first && c == '"':
		case first:
			p.fail(p.at+1, badKey)
		case c == ',':
			p.at++
			switch p.blank() {
			case '"':
			case '}':
				p.fail(p.at+1, trailingComma)
			case -1:
				p.fail(p.at+1, eofValue)
			default:
				p.fail(p.at+1, badKey)
			}
		default:
			p.fail(p.at+1, badObject)
		}
		if p.err != nil {
			return Value{}
		}
		p.at++
		name := p.string()
		if p.err != nil {
			return Value{}
		}
		const few = 16
		if len(object.names) == few && places == nil {
			places = make(map[string]int, 2*few)
			for i, known := range object.names {
				places[known] = i
			}
		}
		place, known := -1, false
		if places != nil {
			place, known = places[name]
		} else {
			for i := range object.names {
				if object.names[i] == name {
					place, known = i, true
				}
			}
		}
		if known && p.unique {
			p.fail(p.at, twice)
			return Value{}
		}
		switch p.blank() {
		case ':':
			p.at++
		case -1:
			p.fail(p.at+1, eofObject)
		default:
			p.fail(p.at+1, badColon)
		}
		if p.err != nil {
			return Value{}
		}
		value := p.value(depth)
		if p.err != nil {
			return Value{}
		}
		if known {
			object.items[place] = value
			continue
		}
		if places != nil {
			places[name] = len(object.names)
		}
		object.names = append(object.names, name)
		object.items = append(object.items, value)
	}
}
