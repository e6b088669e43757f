package core

import "unicode/utf8"

// string reads a text, after its first quote.
func (p *parser) string() string {
	start := p.at
	var read []byte
	for {
		for p.at < len(p.text) && p.text[p.at] >= ' ' && p.text[p.at] != '"' && p.text[p.at] != '\\' {
			p.at++
		}
		if p.at == len(p.text) {
			p.fail(p.at, eofString)
			return ""
		}
		switch p.text[p.at] {
		case '"':
			text := p.text[start:p.at]
			p.at++
			if read != nil {
				text = string(append(read, text...))
			}
			if !utf8.ValidString(text) {
				p.fail(p.at, notUnicode)
			}
			return text
		case '\\':
			read = append(read, p.text[start:p.at]...)
			p.at++
			read = p.escape(read)
			if p.err != nil {
				return ""
			}
			start = p.at
		default:
			p.at++
			p.fail(p.at, controlInString)
			return ""
		}
	}
}

func (p *parser) escape(read []byte) []byte {
	if p.at == len(p.text) {
		p.fail(p.at, eofString)
		return read
	}
	c := p.text[p.at]
	p.at++
	switch c {
	case '"', '\\', '/':
		return append(read, c)
	case 'b':
		return append(read, '\b')
	case 'f':
		return append(read, '\f')
	case 'n':
		return append(read, '\n')
	case 'r':
		return append(read, '\r')
	case 't':
		return append(read, '\t')
	case 'u':
		return p.unicode(read)
	}
	p.fail(p.at, badEscape)
	return read
}

func (p *parser) unicode(read []byte) []byte {
	first := p.hex()
	switch {
	case p.err != nil:
		return read
	case first >= 0xdc00 && first <= 0xdfff:
		p.fail(p.at, loneSurrogate)
		return read
	case first < 0xd800 || first > 0xdbff:
		return utf8.AppendRune(read, first)
	}
	for _, next := range []byte{'\\', 'u'} {
		if p.at == len(p.text) {
			p.fail(p.at, eofString)
			return read
		}
		p.at++
		if p.text[p.at-1] != next {
			p.fail(p.at, halfSurrogate)
			return read
		}
	}
	second := p.hex()
	if p.err != nil {
		return read
	}
	if second < 0xdc00 || second > 0xdfff {
		p.fail(p.at, loneSurrogate)
		return read
	}
	return utf8.AppendRune(read, (first-0xd800)<<10+(second-0xdc00)+0x10000)
}

func (p *parser) hex() rune {
	if len(p.text)-p.at < 4 {
		p.at = len(p.text)
		p.fail(p.at, eofString)
		return 0
	}
	digits := p.text[p.at : p.at+4]
	p.at += 4
	var code rune
	for i := 0; i < 4; i++ {
		digit, ok := hexDigit(digits[i])
		if !ok {
			p.fail(p.at, badEscape)
			return 0
		}
		code = code<<4 | rune(digit)
	}
	return code
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}
