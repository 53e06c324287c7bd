package repair

import "io/fs"

// bits is a mode as chmod(1) and stat(1) have it: 0o640, 0o4755.
func bits(m fs.FileMode) uint32 {
	b := uint32(m.Perm())
	for _, s := range special() {
		if m&s.mode != 0 {
			b |= s.bit
		}
	}
	return b
}

// modeOf is bits turned around; the type is not in it.
func modeOf(b uint32) fs.FileMode {
	m := fs.FileMode(b) & fs.ModePerm
	for _, s := range special() {
		if b&s.bit != 0 {
			m |= s.mode
		}
	}
	return m
}

type specialBit struct {
	mode fs.FileMode
	bit  uint32
}

// special are the bits that package fs keeps elsewhere than the kernel.
func special() [3]specialBit {
	return [...]specialBit{{fs.ModeSetuid, 0o4000}, {fs.ModeSetgid, 0o2000}, {fs.ModeSticky, 0o1000}}
}
