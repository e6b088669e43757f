// Package sign holds the signatures that prove to the service who asks: pure functions of texts.
package sign

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"net/url"
	"sort"
	"strings"
)

// Algorithm is how a request is signed, as the service calls it.
type Algorithm string

const (
	// ACS3 is the signature in a header, over the whole request: what the vendor's SDKs use.
	ACS3 Algorithm = "ACS3-HMAC-SHA256"
	// ACS3SM3 is the same with the hash function SM3.
	ACS3SM3 Algorithm = "ACS3-HMAC-SM3"
	// RPC1 is the older signature in the query string, over the parameters alone.
	RPC1 Algorithm = "HMAC-SHA1"
)

// Pair is a name and its value, decoded.
type Pair struct {
	// Name is the name.
	Name string
	// Value is the value.
	Value string
}

// Encode percent-encodes a text as signatures want it (RFC 3986): all but letters, digits and -_.~.
func Encode(text string) string {
	return string(appendEncoded(make([]byte, 0, len(text)+16), text))
}

func appendEncoded(out []byte, text string) []byte {
	const digits = "0123456789ABCDEF"
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.' || c == '~' {
			out = append(out, c)
			continue
		}
		out = append(out, '%', digits[c>>4], digits[c&15])
	}
	return out
}

// Query writes pairs as they stand in a URL or a form, in their order.
func Query(pairs []Pair) string {
	var out []byte
	for i, pair := range pairs {
		if i > 0 {
			out = append(out, '&')
		}
		out = appendEncoded(out, pair.Name)
		out = append(out, '=')
		out = appendEncoded(out, pair.Value)
	}
	return string(out)
}

// Pairs reads what stands in a URL or a form, in its order.
func Pairs(query string) []Pair {
	var pairs []Pair
	for _, part := range strings.Split(query, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		pairs = append(pairs, Pair{decoded(name), decoded(value)})
	}
	return pairs
}

func decoded(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}

// CanonicalQuery writes pairs sorted by name and value.
func CanonicalQuery(pairs []Pair) string {
	sorted := append([]Pair(nil), pairs...)
	sort.Slice(sorted, func(i, j int) bool {
		if sorted[i].Name != sorted[j].Name {
			return sorted[i].Name < sorted[j].Name
		}
		return sorted[i].Value < sorted[j].Value
	})
	return Query(sorted)
}

// IsSigned tells whether a header is signed: host, content-type and every x-acs-*.
func IsSigned(name string) bool {
	name = strings.ToLower(name)
	return name == "host" || name == "content-type" || strings.HasPrefix(name, "x-acs-")
}

// PayloadHash is the hash of the body, as it stands in x-acs-content-sha256.
func PayloadHash(algorithm Algorithm, body []byte) string {
	sum := hasher(algorithm)()
	sum.Write(body)
	return hex.EncodeToString(sum.Sum(nil))
}

func hasher(algorithm Algorithm) func() hash.Hash {
	if algorithm == ACS3SM3 {
		return newSM3
	}
	return sha256.New
}

// Canonical is the request as it is signed, and the names of the headers in it. The query is decoded; headers come in any
// order and case; those that stand twice are joined by commas.
func Canonical(method, path string, query, headers []Pair, payloadHash string) (request, signedHeaders string) {
	all := make([]Pair, len(headers))
	for i, header := range headers {
		all[i] = Pair{strings.ToLower(header.Name), strings.TrimSpace(header.Value)}
	}
	sort.Slice(all, func(i, j int) bool {
		if all[i].Name != all[j].Name {
			return all[i].Name < all[j].Name
		}
		return all[i].Value < all[j].Value
	})
	var names []string
	var lines strings.Builder
	for i, header := range all {
		if i > 0 && all[i-1].Name == header.Name {
			lines.WriteString("," + header.Value)
			continue
		}
		if i > 0 {
			lines.WriteByte('\n')
		}
		names = append(names, header.Name)
		lines.WriteString(header.Name + ":" + header.Value)
	}
	if len(all) > 0 {
		lines.WriteByte('\n')
	}
	signedHeaders = strings.Join(names, ";")
	parts := []string{method, path, CanonicalQuery(query), lines.String(), signedHeaders, payloadHash}
	return strings.Join(parts, "\n"), signedHeaders
}

// StringToSign is the algorithm and the hash of the canonical request.
func StringToSign(algorithm Algorithm, canonicalRequest string) string {
	return string(algorithm) + "\n" + PayloadHash(algorithm, []byte(canonicalRequest))
}

// Signature is the signature.
func Signature(algorithm Algorithm, secret, stringToSign string) string {
	mac := hmac.New(hasher(algorithm), []byte(secret))
	mac.Write([]byte(stringToSign))
	return hex.EncodeToString(mac.Sum(nil))
}

// Authorization is the value of the Authorization header.
func Authorization(algorithm Algorithm, accessKeyID, signedHeaders, signature string) string {
	return string(algorithm) + " Credential=" + accessKeyID + ",SignedHeaders=" + signedHeaders + ",Signature=" + signature
}

// RPCString is what the older signature signs: the decoded parameters of query and form, without Signature.
func RPCString(method string, pairs []Pair) string {
	return method + "&%2F&" + Encode(CanonicalQuery(pairs))
}

// RPCSignature is the older signature, in Base64.
func RPCSignature(secret, stringToSign string) string {
	mac := hmac.New(sha1.New, []byte(secret+"&"))
	mac.Write([]byte(stringToSign))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// IsReserved tells whether the older signature needs a name for itself: a parameter that is called so cannot travel
// beside it.
func IsReserved(name string) bool {
	switch name {
	case "AccessKeyId", "Action", "Format", "SecurityToken", "Signature", "SignatureMethod", "SignatureNonce",
		"SignatureVersion", "Timestamp", "Version":
		return true
	}
	return false
}
