package core

import (
	"strconv"
	"strings"
	"unicode"
)

// message says the same in both languages.
type message struct{ en, zh string }

// reasonWords is why something is demanded: the rule's condition in words, if there is a rule.
type reasonWords struct{ en, zh string }

func (r reasonWords) behind() string {
	if r.en == "" {
		return ""
	}
	return " " + r.en
}

func (r reasonWords) before() string {
	if r.zh == "" {
		return ""
	}
	return r.zh + "，"
}

// subject is what is to be said something of.
type subject struct {
	path  *path
	value *Value
	// shape is what the value is declared to be.
	shape *Shape
	// hidden: it is part of something sensitive.
	hidden bool
	why    reasonWords
}

func (s *subject) isHidden() bool { return s.hidden || s.shape.IsSensitive() }

// must is "`P` is `x`: it must be …".
func (s *subject) must(en, zh string) message {
	path := s.path.String()
	if s.isHidden() {
		return s.found("`"+path+"` does not fit", "`"+path+"` 的值不合要求", en, zh)
	}
	value := quote(s.value.Text())
	return s.found("`"+path+"` is "+value, "`"+path+"` 的值为 "+value, en, zh)
}

// counted is "`P` is 7 long: its length in elements must be …".
func (s *subject) counted(count int, shape *Shape, least, most Bound, en, zh string) message {
	path := s.path.String()
	foundEn, foundZh := "`"+path+"` is "+strconv.Itoa(count)+" long", "`"+path+"` 的长度为 "+strconv.Itoa(count)
	if s.isHidden() {
		foundEn, foundZh = "`"+path+"` does not fit", "`"+path+"` 的值不合要求"
	}
	bounds := boundsOf(shape, least, most)
	return s.found(foundEn, foundZh, "its length in "+en+" must be "+bounds.en, zh+"数必须"+bounds.zh)
}

func (s *subject) found(foundEn, foundZh, en, zh string) message {
	return message{en: foundEn + ": " + en + s.why.behind(), zh: foundZh + "：" + s.why.before() + zh}
}

// notListed: not one of the values that are known; binding if these are the only ones.
func (s *subject) notListed(known []string, binding bool) message {
	var said message
	if binding {
		listed := listOf(known, wordOr)
		said = s.must("it must be "+listed.en, "必须为 "+listed.zh)
	} else {
		listed := listOf(known, wordAnd)
		said = s.must("the documented values are "+listed.en, "文档列出的取值为 "+listed.zh)
	}
	if !s.isHidden() {
		said.suggest(s.value.Text(), known)
	}
	return said
}

func (s *subject) outside(shape *Shape) message {
	bounds := boundsOf(shape, Minimum, ExclusiveMinimum, Maximum, ExclusiveMaximum)
	return s.must("it must be "+bounds.en, "必须"+bounds.zh)
}

func (s *subject) mismatched(pattern string) message {
	return s.must("it must match `"+pattern+"`", "必须匹配 `"+pattern+"`")
}

func (s *subject) misformed(format string) message {
	return s.must("it must be of the format `"+format+"`", "必须符合 `"+format+"` 格式")
}

func (s *subject) kind() message {
	expected, is := expectedWords(s.shape.Kind), foundWords(s.value)
	if _, ok := s.value.number(); ok && !s.isHidden() {
		text := s.value.Text()
		is = message{en: "the number " + text, zh: "数字 " + text}
	}
	path := s.path.String()
	return s.found("`"+path+"` is "+is.en, "`"+path+"` 是"+is.zh, "it must be "+expected.en, "必须是"+expected.zh)
}

func (m *message) suggest(written string, known []string) {
	if meant, ok := didYouMean(written, known); ok {
		meant = quote(meant)
		m.en += "; did you mean " + meant + "?"
		m.zh += "；是否想写 " + meant + "？"
	}
}

func requestType(v *Value) message {
	is := foundWords(v)
	return message{en: "the request is " + is.en + ": it must be an object", zh: "请求是" + is.zh + "：必须是对象"}
}

func groupType(name string, v *Value) message {
	is := foundWords(v)
	return message{
		en: "`" + name + "` is " + is.en + ": it must be an object of the parameters `" + name + ".…`",
		zh: "`" + name + "` 是" + is.zh + "：必须是由参数 `" + name + ".…` 组成的对象",
	}
}

func jsonMessage(path string, err *SyntaxError) message {
	line, column := strconv.Itoa(err.Line), strconv.Itoa(err.Column)
	return message{
		en: "`" + path + "` does not hold JSON: it breaks at line " + line + ", column " + column,
		zh: "`" + path + "` 不是合法的 JSON：第 " + line + " 行第 " + column + " 列出错",
	}
}

func missingMessage(path string, why reasonWords) message {
	return message{
		en: "`" + path + "` is missing: it is required" + why.behind(),
		zh: "缺少 `" + path + "`：" + why.before() + "必填",
	}
}

func forbiddenMessage(path string, why reasonWords) message {
	return message{
		en: "`" + path + "` is given: it is not allowed" + why.behind(),
		zh: "指定了 `" + path + "`：" + why.before() + "不允许指定",
	}
}

func ignoredMessage(path string, why reasonWords) message {
	return message{
		en: "`" + path + "` is given: it has no effect" + why.behind(),
		zh: "指定了 `" + path + "`：" + why.before() + "不起作用",
	}
}

func exactlyOneMessage(names, given []string, why reasonWords) message {
	listed := listOf(names, wordAnd)
	found := message{en: "none is", zh: "一个也没有指定"}
	if len(given) > 0 {
		those := listOf(given, wordAnd)
		found = message{en: those.en + " are", zh: "指定了 " + those.zh}
	}
	return message{
		en: "exactly one of " + listed.en + " must be given" + why.behind() + ", but " + found.en,
		zh: why.before() + "必须且只能指定 " + listed.zh + " 中的一个，但" + found.zh,
	}
}

func atLeastOneMessage(names []string, why reasonWords) message {
	listed := listOf(names, wordAnd)
	return message{
		en: "at least one of " + listed.en + " must be given" + why.behind(),
		zh: why.before() + "至少要指定 " + listed.zh + " 中的一个",
	}
}

func atMostOneMessage(names, given []string, why reasonWords) message {
	listed, those := listOf(names, wordAnd), listOf(given, wordAnd)
	return message{
		en: "at most one of " + listed.en + " may be given" + why.behind() + ", but " + those.en + " are",
		zh: why.before() + "最多只能指定 " + listed.zh + " 中的一个，但指定了 " + those.zh,
	}
}

func allOrNoneMessage(missing string, names []string, why reasonWords) message {
	listed := listOf(names, wordAnd)
	return message{
		en: "`" + missing + "` is missing: " + listed.en + " must be given together or not at all" + why.behind(),
		zh: "缺少 `" + missing + "`：" + why.before() + listed.zh + " 必须同时指定或都不指定",
	}
}

func equalMessage(first, second string, why reasonWords) message {
	return message{
		en: "`" + second + "` must be the same as `" + first + "`" + why.behind(),
		zh: why.before() + "`" + second + "` 必须与 `" + first + "` 相同",
	}
}

func unknownParameter(name string, table *Table) message {
	shown := quote(name)
	said := message{
		en: shown + " is not a parameter of `" + table.Action + "`",
		zh: "`" + table.Action + "` 没有参数 " + shown,
	}
	known := make([]string, len(table.Parameters))
	for i := range table.Parameters {
		known[i] = table.Parameters[i].Name
	}
	said.suggest(name, known)
	return said
}

func unknownMember(path, name string, members []ObjectMember) message {
	said := message{en: "`" + path + "` is not a known member", zh: "`" + path + "` 不是已知的成员"}
	known := make([]string, len(members))
	for i := range members {
		known[i] = members[i].Name
	}
	said.suggest(name, known)
	return said
}

func givenTwice(name string) message {
	return message{
		en: "`" + name + "` is given twice: give it once, flat or nested",
		zh: "`" + name + "` 指定了两次：只写一次，平铺或嵌套均可",
	}
}

func expectedWords(kind Kind) message {
	switch kind {
	case Text:
		return message{"text", "文本"}
	case Boolean:
		return message{"`true` or `false`", " `true` 或 `false`"}
	case Integer:
		return message{"a whole number of 64 bits", " 64 位整数"}
	case Number:
		return message{"a number", "数字"}
	case List:
		return message{"a list", "列表"}
	case Object:
		return message{"an object", "对象"}
	}
	return message{"a value", "值"}
}

func foundWords(v *Value) message {
	switch v.kind {
	case isText:
		return message{"text", "文本"}
	case isBoolean:
		return message{"a boolean", "布尔值"}
	case isInteger, isUnsigned, isNumber:
		return message{"a number", "数字"}
	case isList:
		return message{"a list", "列表"}
	case isObject:
		return message{"an object", "对象"}
	}
	return message{"null", " null"}
}

func boundsOf(shape *Shape, bounds ...Bound) message {
	var en, zh []string
	for _, bound := range bounds {
		number, ok := shape.demand(bound)
		if !ok {
			continue
		}
		words := boundWords(bound)
		en = append(en, words.en+" "+formatNumber(number))
		zh = append(zh, words.zh+" "+formatNumber(number))
	}
	return message{en: strings.Join(en, " and "), zh: strings.Join(zh, " 且")}
}

func boundWords(bound Bound) message {
	switch bound {
	case Minimum, MinLength, MinItems:
		return message{"at least", "不小于"}
	case ExclusiveMinimum:
		return message{"above", "大于"}
	case ExclusiveMaximum:
		return message{"below", "小于"}
	}
	return message{"at most", "不大于"}
}

// The word before the last of a list.
var (
	wordAnd = message{"and", "、"}
	wordOr  = message{"or", " 或 "}
)

// listOf is "`A`, `B` or `C`"; of a long list, only the beginning.
func listOf(names []string, word message) message {
	const most = 12
	shown := make([]string, 0, most)
	for _, name := range names {
		if len(shown) == most {
			break
		}
		shown = append(shown, quote(name))
	}
	if rest := len(names) - most; rest > 0 {
		return message{
			en: strings.Join(shown, ", ") + " " + word.en + " " + strconv.Itoa(rest) + " others",
			zh: strings.Join(shown, "、") + "等 " + strconv.Itoa(len(names)) + " 个",
		}
	}
	if len(shown) < 2 {
		all := strings.Join(shown, "")
		return message{en: all, zh: all}
	}
	last := shown[len(shown)-1]
	shown = shown[:len(shown)-1]
	return message{
		en: strings.Join(shown, ", ") + " " + word.en + " " + last,
		zh: strings.Join(shown, "、") + word.zh + last,
	}
}

// quote is a text between backticks, on one line, of a length that a person reads.
func quote(text string) string {
	const longest = 60
	if text == "" {
		return "`\"\"`"
	}
	var quoted strings.Builder
	quoted.WriteByte('`')
	position := 0
	for _, letter := range text {
		if position == longest {
			quoted.WriteString("…")
			break
		}
		switch {
		case letter == '\t':
			quoted.WriteString(`\t`)
		case letter == '\n':
			quoted.WriteString(`\n`)
		case letter == '\r':
			quoted.WriteString(`\r`)
		case unicode.IsControl(letter):
			quoted.WriteString(`\u{` + strconv.FormatInt(int64(letter), 16) + "}")
		default:
			quoted.WriteRune(letter)
		}
		position++
	}
	quoted.WriteByte('`')
	return quoted.String()
}
