package host

import "io/fs"

const (
	noBlock = 0
	onlyDir = 0
)

// infoOf is what Windows says about a file. Its owners are not numbers.
func infoOf(fi fs.FileInfo) Info {
	return Info{Mode: fi.Mode(), Size: fi.Size(), ModTime: fi.ModTime(), Owner: Owner{-1, -1}}
}
