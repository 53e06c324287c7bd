package host

import (
	"fmt"
	"path"
	"strings"
)

// Glob lists what a pattern of path.Match fits, sorted, most at most. A path
// without *, ? and [ is only looked for. What cannot be looked into is an error,
// beside what was found.
func Glob(files Files, pattern string, most int) (names []string, err error) {
	names = []string{"/"}
	for part := range strings.SplitSeq(strings.Trim(pattern, "/"), "/") {
		var next []string
		for _, dir := range names {
			found, e := globIn(files, dir, part)
			if next = append(next, found...); e != nil && !gone(e) {
				err = e
			}
		}
		if names = next; len(names) > most {
			return names[:most], fmt.Errorf("%s fits more than %d files", pattern, most)
		}
	}
	return names, err
}

// globIn lists what one part of a pattern fits in a directory.
func globIn(files Files, dir, part string) (found []string, err error) {
	if !strings.ContainsAny(part, "*?[") {
		name := path.Join(dir, part)
		if _, err = Stat(files, name); err == nil {
			found = []string{name}
		}
		return found, err
	}
	real, err := Resolve(files, dir)
	if err != nil {
		return nil, err
	}
	names, err := files.ReadDir(real)
	for _, n := range names {
		hidden := strings.HasPrefix(n, ".") && !strings.HasPrefix(part, ".")
		if ok, _ := path.Match(part, n); ok && !hidden {
			found = append(found, path.Join(dir, n))
		}
	}
	return found, err
}
