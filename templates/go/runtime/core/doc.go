// Package core is what the requests of this module stand on: rule tables and what they mean, how a request travels, how
// an answer is read.
//
// Generated code holds data; what the data means is written here, once: what a length is, when a condition holds, how a
// violation reads. The package opens no socket, reads no file and knows no product.
package core
