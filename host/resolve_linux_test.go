package host

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// TestResolveAsTheKernel demands the file that the kernel opens under the same
// name, or none where it opens none.
func TestResolveAsTheKernel(t *testing.T) {
	t.Parallel()
	needRoot(t) // a directory that may not be entered stops the kernel only
	base := openDir(t)
	for seed := range uint64(trees / 4) {
		g := grow(t, filepath.Join(base, fmt.Sprint(seed)), seed)
		ground := NewGround(OS{})
		for _, name := range g.names {
			kept, kerr := Resolve(NewGlance(ground), name)
			if real, err := Resolve(OS{}, name); kept != real || fmt.Sprint(kerr) != fmt.Sprint(err) {
				t.Errorf("seed %d: Resolve(%s) = %q, %v of files whose directories are remembered, %q, %v of others", seed, name, kept, kerr, real, err)
			}
			want, err := os.Stat(name)
			got, ours := Stat(OS{}, name)
			if (err == nil) != (ours == nil) {
				t.Errorf("seed %d: Stat(%s) = %v, the kernel says %v", seed, name, ours, err)
				continue
			}
			real, _ := Resolve(OS{}, name)
			if fi, lerr := os.Lstat(real); err == nil && (lerr != nil || !os.SameFile(fi, want)) {
				t.Errorf("seed %d: Resolve(%s) = %s (%v), another file than the kernel's", seed, name, real, got.Mode)
			}
		}
	}
}
