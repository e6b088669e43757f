package core

import (
	"strconv"
	"strings"
)

// path is where in a request something stands: a step and the steps before it. It becomes text only if there is
// something to say.
type path struct {
	before *path
	step   step
	name   string
	index  int
}

type step uint8

const (
	toName   step = iota // a parameter
	toJSON               // into the JSON that a value holds
	toItem               // to a list's element, from 0
	toMember             // to an object's member
)

func (p *path) inJSON() bool {
	for ; p != nil; p = p.before {
		if p.step == toJSON {
			return true
		}
	}
	return false
}

var pointer = strings.NewReplacer("~", "~0", "/", "~1")

// String is the path as violations name it: Tag.2.Key as it travels, a JSON Pointer after # inside JSON.
func (p *path) String() string {
	switch p.step {
	case toJSON:
		return p.before.String() + "#"
	case toItem:
		if p.before.inJSON() {
			return p.before.String() + "/" + strconv.Itoa(p.index)
		}
		return p.before.String() + "." + strconv.Itoa(p.index+1)
	case toMember:
		if p.before.inJSON() {
			return p.before.String() + "/" + pointer.Replace(p.name)
		}
		return p.before.String() + "." + p.name
	}
	return p.name
}
