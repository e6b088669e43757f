package core

import (
	"regexp"
	"strings"
	"sync"
)

// Pattern is a regular expression, compiled when it is first needed.
type Pattern struct {
	// Name is what it stands for (port), or the expression itself.
	Name string
	// Text is the expression.
	Text string
	// Compile makes a matcher of it: [Regexp]. It stands here so that programs without patterns do without the package.
	Compile func(string) func(string) bool

	once  sync.Once
	match func(string) bool
}

func (p *Pattern) matches(text string) bool {
	p.once.Do(func() { p.match = p.Compile(p.Text) })
	return p.match(text)
}

// Regexp compiles an expression. The generator has proved that it is one; what this language cannot say matches always.
func Regexp(text string) func(string) bool {
	compiled, err := regexp.Compile(translated(text))
	if err != nil {
		return func(string) bool { return true }
	}
	return compiled.MatchString
}

// translated spells what other dialects write differently: \uXXXX, \u{X}, (?<name>.
func translated(text string) string {
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		rest := text[i:]
		switch {
		case strings.HasPrefix(rest, `\u{`) || strings.HasPrefix(rest, `\U{`):
			out.WriteString(`\x`)
			i++
		case strings.HasPrefix(rest, `\u`) && len(rest) >= 6:
			out.WriteString(`\x{` + rest[2:6] + `}`)
			i += 5
		case strings.HasPrefix(rest, `\U`) && len(rest) >= 10:
			out.WriteString(`\x{` + rest[2:10] + `}`)
			i += 9
		case rest[0] == '\\' && len(rest) > 1:
			out.WriteString(rest[:2])
			i++
		case strings.HasPrefix(rest, "(?<") && len(rest) > 3 && rest[3] != '=' && rest[3] != '!':
			out.WriteString("(?P<")
			i += 2
		default:
			out.WriteByte(rest[0])
		}
	}
	return out.String()
}
