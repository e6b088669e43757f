package sign

import (
	"encoding/binary"
	"hash"
	"math/bits"
)

// sm3 is the hash function SM3 (GB/T 32905-2016).
type sm3 struct {
	state  [8]uint32
	block  []byte
	length uint64
}

func newSM3() hash.Hash {
	s := new(sm3)
	s.Reset()
	return s
}

func (s *sm3) Size() int { return 32 }

func (s *sm3) BlockSize() int { return 64 }

func (s *sm3) Reset() {
	s.state = [8]uint32{0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e}
	s.block, s.length = s.block[:0], 0
}

func (s *sm3) Write(data []byte) (int, error) {
	s.length += uint64(len(data))
	s.block = append(s.block, data...)
	for len(s.block) >= 64 {
		s.mix(s.block[:64])
		s.block = s.block[64:]
	}
	return len(data), nil
}

func (s *sm3) Sum(out []byte) []byte {
	last := sm3{state: s.state}
	rest := append(append([]byte(nil), s.block...), 0x80)
	for len(rest)%64 != 56 {
		rest = append(rest, 0)
	}
	rest = binary.BigEndian.AppendUint64(rest, 8*s.length)
	for ; len(rest) > 0; rest = rest[64:] {
		last.mix(rest[:64])
	}
	for _, word := range last.state {
		out = binary.BigEndian.AppendUint32(out, word)
	}
	return out
}

func (s *sm3) mix(block []byte) {
	var w [68]uint32
	for j := 0; j < 16; j++ {
		w[j] = binary.BigEndian.Uint32(block[4*j:])
	}
	for j := 16; j < 68; j++ {
		x := w[j-16] ^ w[j-9] ^ bits.RotateLeft32(w[j-3], 15)
		w[j] = x ^ bits.RotateLeft32(x, 15) ^ bits.RotateLeft32(x, 23) ^ bits.RotateLeft32(w[j-13], 7) ^ w[j-6]
	}
	a, b, c, d := s.state[0], s.state[1], s.state[2], s.state[3]
	e, f, g, h := s.state[4], s.state[5], s.state[6], s.state[7]
	for j := 0; j < 64; j++ {
		constant, ff, gg := uint32(0x79cc4519), a^b^c, e^f^g
		if j >= 16 {
			constant, ff, gg = 0x7a879d8a, a&b|a&c|b&c, e&f|^e&g
		}
		ss1 := bits.RotateLeft32(bits.RotateLeft32(a, 12)+e+bits.RotateLeft32(constant, j%32), 7)
		ss2 := ss1 ^ bits.RotateLeft32(a, 12)
		tt1 := ff + d + ss2 + (w[j] ^ w[j+4])
		tt2 := gg + h + ss1 + w[j]
		d, c, b, a = c, bits.RotateLeft32(b, 9), a, tt1
		h, g, f, e = g, bits.RotateLeft32(f, 19), e, tt2^bits.RotateLeft32(tt2, 9)^bits.RotateLeft32(tt2, 17)
	}
	for i, word := range [8]uint32{a, b, c, d, e, f, g, h} {
		s.state[i] ^= word
	}
}
