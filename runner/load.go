package runner

import (
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"github.com/semadoctor/semadoctor/internal/yamldoc"
	"github.com/semadoctor/semadoctor/say"
)

// A File is a config file as it stands on the disk.
type File struct {
	Path string         // absolute, as the runner names it
	From Origin         // who named it; zero when it was searched for
	Data Content        // nil when there is no file
	Doc  *jsondoc.Value // nil when Err is set
	Err  error          // a *jsondoc.SyntaxError, or what opening it gave
	YAML bool           // read as YAML
	Real string         // Path with every symbolic link followed; "" when that failed
}

var (
	// ErrNoConfig reports that the runner finds no config anywhere.
	ErrNoConfig = say.Errorf("no config")
	// ErrNotRead reports a runner that is started with --no-config.
	ErrNotRead = say.Errorf("the runner reads no config file (--no-config)")
	// ErrNotObject reports valid JSON or YAML that is not an object.
	ErrNotObject = say.Errorf("not an object")
)

// Open finds the config the runner would read and parses it. What is wrong with
// the file is in File.Err; the error is ErrNoConfig when the search list is
// exhausted, ErrNotRead when there is nothing to open. The era may be unknown.
//
// A runner that searches goes on after a file that it may not open
// (loadConfigFile, util/config.go, 2.10.22). If it then finds none, the first
// of those is the one to talk about.
func Open(files host.Files, in *Installation, era Era) (*File, error) {
	if in.NoConfig {
		return nil, ErrNotRead
	}
	candidates := in.Candidates(era)
	if len(candidates) == 1 {
		return read(files, candidates[0], era), nil
	}
	var refused *File
	for _, c := range candidates {
		switch host.CanRead(files, c.V, in.As).Verdict {
		case host.Missing, host.NotDir:
		case host.Denied:
			if refused == nil {
				refused = read(files, c, era)
			}
		default:
			return read(files, c, era), nil
		}
	}
	if refused != nil {
		return refused, nil
	}
	return nil, say.Errorf("search config: %w", ErrNoConfig)
}

func read(files host.Files, c Value[string], era Era) *File {
	f := &File{Path: c.V, From: c.From}
	if f.Real, f.Err = host.Resolve(files, c.V); f.Err != nil {
		return f
	}
	if f.Data, f.Err = files.ReadFile(f.Real); f.Err != nil {
		return f
	}
	f.YAML = yamldoc.Named(f.Path) && (!era.Known() || !era.Before(E6))
	f.parse()
	return f
}

func (f *File) parse() {
	parse := jsondoc.Parse
	if f.YAML {
		parse = yamldoc.Parse
	}
	if f.Doc, f.Err = parse(f.Data); f.Err == nil && f.Doc.Kind != jsondoc.Object {
		f.Err = ErrNotObject
	}
}

// Holding is the file as it would be with another content: that of a backup.
func (f *File) Holding(data []byte) *File {
	other := &File{Path: f.Path, From: f.From, Data: data, YAML: f.YAML, Real: f.Real}
	other.parse()
	return other
}

// Line is the line of a byte offset in the file, from 1.
func (f *File) Line(offset int) int {
	line, _ := jsondoc.Pos(f.Data, offset)
	return line
}

// Origin is where the value at pointer stands in the file.
func (f *File) Origin(pointer string, v *jsondoc.Value) Origin {
	return Origin{File: f.Path, Pointer: pointer, Line: f.Line(v.Start)}
}
