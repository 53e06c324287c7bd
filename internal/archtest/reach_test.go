package archtest

import (
	"fmt"
	"go/ast"
	"path"
	"slices"
	"strings"
)

// writers are the names of the standard library and of x/sys that change files,
// as import path and name; a * stands for any letters.
func writers() []string {
	return []string{
		"os.WriteFile", "os.Create*", "os.Rename", "os.Remove*", "os.Mkdir*", "os.Chmod", "os.Chown", "os.Lchown",
		"os.Chtimes", "os.Truncate", "os.Symlink", "os.Link", "os.OpenFile", "os.CopyFS", "os.OpenInRoot", "os.OpenRoot",
		"io/ioutil.*",
		"os.O_WRONLY", "os.O_RDWR", "os.O_APPEND", "os.O_CREATE", "os.O_TRUNC",
		"syscall.O_WRONLY", "syscall.O_RDWR", "syscall.O_APPEND", "syscall.O_CREAT", "syscall.O_TRUNC",
		"golang.org/x/sys/unix.O_WRONLY", "golang.org/x/sys/unix.O_RDWR", "golang.org/x/sys/unix.O_APPEND",
		"golang.org/x/sys/unix.O_CREAT", "golang.org/x/sys/unix.O_TRUNC",
		"golang.org/x/sys/unix.Rename*", "golang.org/x/sys/unix.Unlink*", "golang.org/x/sys/unix.Rmdir",
		"golang.org/x/sys/unix.Mk*", "golang.org/x/sys/unix.Chmod", "golang.org/x/sys/unix.Fchmod*",
		"golang.org/x/sys/unix.Chown", "golang.org/x/sys/unix.Lchown", "golang.org/x/sys/unix.Fchown*",
		"golang.org/x/sys/unix.Link*", "golang.org/x/sys/unix.Symlink*", "golang.org/x/sys/unix.Truncate",
		"golang.org/x/sys/unix.Ftruncate", "golang.org/x/sys/unix.Fallocate", "golang.org/x/sys/unix.Write*",
		"golang.org/x/sys/unix.Pwrite*", "golang.org/x/sys/unix.Open*", "golang.org/x/sys/unix.Creat",
		"golang.org/x/sys/unix.*setxattr", "golang.org/x/sys/unix.*removexattr", "golang.org/x/sys/unix.Utim*",
		"golang.org/x/sys/unix.Futimes*", "golang.org/x/sys/unix.Mount*", "golang.org/x/sys/unix.Unmount",
		"syscall.Rename*", "syscall.Unlink*", "syscall.Rmdir", "syscall.Mk*", "syscall.Chmod", "syscall.Fchmod*",
		"syscall.Chown", "syscall.Lchown", "syscall.Fchown*", "syscall.Link*", "syscall.Symlink*", "syscall.Truncate",
		"syscall.Ftruncate", "syscall.Write*", "syscall.Pwrite*", "syscall.Open*", "syscall.Creat", "syscall.Utim*",
	}
}

// senses are those that tell what is so at this moment on this machine.
func senses() []string {
	return []string{
		"time.Now", "time.Since", "time.Until",
		"os.Getenv", "os.LookupEnv", "os.Environ", "os.ExpandEnv", "os.Setenv", "os.Unsetenv", "os.Clearenv",
		"os.Getwd", "os.Chdir", "os.Hostname", "os.Getuid", "os.Geteuid", "os.Getgid", "os.Getegid", "os.Getgroups",
		"os.UserHomeDir", "os.UserConfigDir", "os.UserCacheDir", "os.TempDir", "os.Executable", "os/user.*",
		"os.ReadFile", "os.ReadDir", "os.Open", "os.Stat", "os.Lstat", "os.Readlink", "os.DirFS",
		"net.Dial*", "net.Listen*", "net.Lookup*", "net.Interface*", "net.DefaultResolver",
		"net/http.Get", "net/http.Head", "net/http.Post*", "net/http.DefaultClient", "net/http.DefaultTransport",
		"net/http.ProxyFromEnvironment",
		"os/exec.Command*", "os/exec.LookPath", "os.StartProcess", "os.FindProcess",
		"syscall.Exec", "syscall.ForkExec", "syscall.Kill", "golang.org/x/sys/unix.Exec", "golang.org/x/sys/unix.Kill",
	}
}

// mouths are those that belong to the whole process.
func mouths() []string {
	return []string{
		"os.Stdin", "os.Stdout", "os.Stderr", "os.Args", "os.Exit", "fmt.Print*", "fmt.Scan*",
		"log.Print*", "log.Fatal*", "log.Panic*", "log.Default", "log.Set*", "log.Writer",
		"log/slog.Default", "log/slog.SetDefault", "log/slog.Debug*", "log/slog.Info*", "log/slog.Warn*", "log/slog.Error*",
		"flag.*",
	}
}

// An exemption is a package, or a file of it, where a name is at home. Tests
// are exempt from everything here.
type exemption struct {
	in    string   // a directory, or a pattern for files
	names []string // nil: all of the rule's
	why   string
}

func disk(t *tree) []breach {
	return t.reaches(writers(), "only repair writes: offer it there, as an Edit or through its Disk", []exemption{
		{"repair", nil, "the room that writes"},
		{"host", []string{"os.OpenFile", "os.OpenRoot", "os.OpenInRoot", "golang.org/x/sys/unix.Open*"}, "to read without blocking, inside a root"},
		{"cmd/semadoctor/demo*.go", nil, "in a directory of its own that it takes away again"},
		{"cmd/semadoctor/output_file.go", []string{"os.Create*", "os.OpenFile", "os.O_*", "os.Rename", "os.Remove"}, "the report that -o FORMAT=FILE asks for"},
		{"cmd/semadoctor/verdict_file.go", []string{"os.MkdirAll", "os.CreateTemp", "os.Rename", "os.Remove"}, "the verdict that run --cache remembers"},
		{"cmd/semadoctor/spool.go", []string{"os.CreateTemp", "os.Remove"}, "the part of a long report that has to wait, in a file without a name"},
		{"internal/fakeserver", nil, "plays the runner, which writes"},
		{"internal/fakentp", nil, "a prop"},
		{"internal/supervise", nil, "starts the runner"},
		{"checks/checktest", []string{"os.WriteFile"}, "case files, with -update"},
		{"bench", nil, "in a directory of its own that it takes away again"},
		{"bench/*", nil, "the same"},
	})
}

func world(t *tree) []breach {
	return t.reaches(senses(), "take it from the Target or the Installation, and let host find it out", []exemption{
		{"host", nil, "the room that looks"},
		{"cmd/semadoctor", nil, "hands the world in"},
		{"repair", []string{"os.Open", "os.Stat", "os.Lstat", "os.ReadDir", "os.Readlink", "os.Geteuid"}, "looks once more at what it is about to replace, and whose journal it is"},
		{"internal/supervise", nil, "starts the runner"},
		{"internal/fakeserver", nil, "plays other programs"},
		{"internal/fakentp", nil, "plays a time server"},
		{"checks/checktest", nil, "sets up the machines of the case files"},
		{"bench", nil, "measures"},
		{"bench/*", nil, "is measured, or measures"},
	})
}

func streams(t *tree) []breach {
	return t.reaches(mouths(), "return it, or take an io.Writer", []exemption{
		{"cmd/semadoctor", nil, "the front desk"},
		{"internal/supervise", []string{"os.Stdin", "os.Stdout", "os.Stderr"}, "the runner inherits them"},
		{"checks/checktest", []string{"flag.*"}, "-update"},
		{"bench", nil, "a program"},
		{"bench/*", nil, "programs"},
	})
}

// reaches finds every use of one of the names outside tests and exemptions.
func (t *tree) reaches(names []string, do string, exempt []exemption) []breach {
	var bs []breach
	for _, p := range t.packages {
		for _, f := range p.sources() {
			ast.Inspect(f.File, func(n ast.Node) bool {
				s, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				from := p.imported(s)
				if full := from + "." + s.Sel.Name; from != "" && matches(names, full) && !exempted(exempt, p.dir, f.name, full) {
					bs = append(bs, breach{t.at(s), fmt.Sprintf("%s uses %s.%s", p.dir, path.Base(from), s.Sel.Name), do})
				}
				return true
			})
		}
	}
	return bs
}

func exempted(exempt []exemption, dir, name, full string) bool {
	return slices.ContainsFunc(exempt, func(e exemption) bool {
		byDir, _ := path.Match(e.in, dir)
		byName, _ := path.Match(e.in, name)
		return (byDir || byName) && (e.names == nil || matches(e.names, full))
	})
}

// matches reports whether a name is one of the names, which may hold one *.
func matches(names []string, full string) bool {
	return slices.ContainsFunc(names, func(n string) bool {
		before, after, star := strings.Cut(n, "*")
		if !star {
			return n == full
		}
		return len(full) >= len(before)+len(after) && strings.HasPrefix(full, before) && strings.HasSuffix(full, after)
	})
}
