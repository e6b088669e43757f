package core

import (
	"fmt"
	"io"
	"log/slog"
)

// hiddenText is what stands for a secret wherever it would be shown.
const hiddenText = "***"

// Secret is a text that must not be seen: a password, a key, a token. No verb of fmt, no logger and no encoder shows it;
// [Secret.Expose] alone does.
type Secret struct {
	// Behind a pointer: fmt cannot call methods on what an unexported field holds, and shows its bare memory instead.
	text *string
}

// NewSecret hides a text.
func NewSecret(text string) Secret { return Secret{text: &text} }

// Expose gives the text itself: for sending it, never for showing it.
func (s Secret) Expose() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// Equal tells whether two secrets are the same text.
func (s Secret) Equal(other Secret) bool { return s.Expose() == other.Expose() }

// String shows nothing.
func (s Secret) String() string { return hiddenText }

// GoString shows nothing.
func (s Secret) GoString() string { return hiddenText }

// Format shows nothing, whatever the verb.
func (s Secret) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, hiddenText) }

// MarshalText shows nothing.
func (s Secret) MarshalText() ([]byte, error) { return []byte(hiddenText), nil }

// MarshalJSON shows nothing.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + hiddenText + `"`), nil }

// LogValue shows nothing.
func (s Secret) LogValue() slog.Value { return slog.StringValue(hiddenText) }
