package checks

import (
	"testing"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
)

// TestScarce is where little begins, and nothing.
func TestScarce(t *testing.T) {
	t.Parallel()
	const mib, gib = 1 << 20, 1 << 30
	disk := func(free, size int64) host.Space { return host.Space{Free: free, Size: size} }
	inodes := func(free, all int64) host.Space {
		return host.Space{Free: gib, Size: 2 * gib, FreeInodes: free, Inodes: all}
	}
	tests := []struct {
		name  string
		space host.Space
		want  *Problem
		grade Status
	}{
		{"nothing", disk(0, 10*gib), DiskFull, Fail},
		{"next to nothing", disk(mib-1, 10*gib), DiskFull, Fail},
		{"little", disk(mib, 10*gib), DiskFull, Warn},
		{"just little", disk(100*mib-1, 10*gib), DiskFull, Warn},
		{"enough", disk(100*mib, 10*gib), nil, Pass},
		{"a small volume that is not full", disk(4*mib, 64*mib), nil, Pass},
		{"a small volume that is", disk(3*mib, 64*mib), DiskFull, Warn},
		{"no inodes", inodes(0, 65536), InodesFull, Fail},
		{"few inodes", inodes(600, 65536), InodesFull, Warn},
		{"enough inodes of few", inodes(656, 65536), nil, Pass},
		{"enough inodes of many", inodes(10000, 16<<20), nil, Pass},
		{"no number of inodes", inodes(0, 0), nil, Pass},
		{"neither", host.Space{Size: gib, Inodes: 65536}, DiskFull, Fail},
	}
	target := &Target{Files: owners{uids: map[string]int{"/": 0}}, Install: &runner.Installation{}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			use := runner.Use{Role: runner.StateRole, Path: runner.Value[string]{V: "/state"}}
			found := target.scarce(volume{use: use, Space: &tt.space})
			var got *Problem
			grade := Pass
			if len(found) > 0 {
				got, grade = found[0].Problem, found[0].severity()
			}
			if got != tt.want || grade != tt.grade {
				t.Errorf("%+v is %v, %v, want %v, %v", tt.space, grade, got, tt.grade, tt.want)
			}
		})
	}
}

func TestSize(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{
		0: "0 B", 1023: "1023 B", 1024: "1.0 KiB", 99 << 20: "99 MiB", 3 << 39: "1.5 TiB", 10 << 30: "10 GiB", 5000 << 40: "5000 TiB",
	} {
		if got := size(n); got != want {
			t.Errorf("size(%d) = %q, want %q", n, got, want)
		}
	}
}
