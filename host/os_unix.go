//go:build unix

package host

import (
	"io/fs"
	"syscall"
)

const (
	noBlock = syscall.O_NONBLOCK
	onlyDir = syscall.O_NONBLOCK | syscall.O_DIRECTORY
)

// infoOf is what every Unix says about a file.
func infoOf(fi fs.FileInfo) Info {
	info := Info{Mode: fi.Mode(), Size: fi.Size(), ModTime: fi.ModTime(), Owner: Owner{-1, -1}}
	if st, ok := fi.Sys().(*syscall.Stat_t); ok {
		info.Owner = Owner{int(st.Uid), int(st.Gid)}
		info.Dev, info.Ino, info.Links = uint64(st.Dev), uint64(st.Ino), uint64(st.Nlink)
	}
	return info
}
