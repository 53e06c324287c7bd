package host

import (
	"encoding/json"
	"path"
	"slices"
	"strings"
)

// A Dockerfile is what an image of one's own is made from, as far as it says how a
// container of it is started (docs.docker.com, reference/dockerfile).
type Dockerfile struct {
	File   string
	From   Written   // the image that it stands on
	Copied []Written // images that something of is copied from
	User   Written
	Env    []ServiceVar

	Entrypoint, Command     []string // nil: those of the image below
	EntrypointAt, CommandAt Place
	WorkingDir              string
}

// maxStages is how many stages of a Dockerfile are looked at.
const maxStages = 100

// parseDockerfile reads one up to the end of the stage target, "" for the last. args
// are build arguments, over the defaults of ARG. It is nil where there is no such stage.
func parseDockerfile(file, text, target string, args map[string]string) *Dockerfile {
	p := &dockerParser{file: file, args: args, vars: map[string]string{}, stages: map[string]*Dockerfile{}}
	for _, line := range dockerLines(text) {
		word, rest, _ := strings.Cut(line.text, " ")
		p.instruction(strings.ToUpper(word), strings.TrimSpace(rest), Place{File: file, Line: line.n})
		if len(p.stages) > maxStages {
			return nil
		}
	}
	if target != "" {
		return p.stages[strings.ToLower(target)]
	}
	return p.now
}

type dockerParser struct {
	file   string
	args   map[string]string
	vars   map[string]string // of ARG and ENV, as far as they are known here
	stages map[string]*Dockerfile
	now    *Dockerfile // nil before the first FROM
}

func (p *dockerParser) instruction(verb, rest string, at Place) {
	switch d := p.now; {
	case verb == "ARG":
		p.arg(rest)
	case verb == "FROM":
		p.from(rest, at)
	case d == nil:
	case verb == "USER":
		d.User = Written{Text: p.fill(rest), At: at}
	case verb == "WORKDIR":
		if d.WorkingDir = p.fill(rest); !path.IsAbs(d.WorkingDir) {
			d.WorkingDir = "" // below that of the image
		}
	case verb == "ENV":
		p.env(d, rest, at)
	case verb == "ENTRYPOINT":
		d.Entrypoint, d.EntrypointAt = dockerCommand(rest), at
		if d.Command == nil {
			d.Command = []string{} // that of the image below is gone with it
		}
	case verb == "CMD":
		d.Command, d.CommandAt = dockerCommand(rest), at
	case verb == "COPY":
		p.copied(d, rest, at)
	}
}

// from begins a stage: on an image, or on a stage before.
func (p *dockerParser) from(rest string, at Place) {
	fields := slices.DeleteFunc(strings.Fields(rest), func(s string) bool { return strings.HasPrefix(s, "--") })
	if len(fields) == 0 {
		return
	}
	on := p.fill(fields[0])
	if below := p.stages[strings.ToLower(on)]; below != nil {
		whole := *below
		whole.Env, whole.Copied = slices.Clone(below.Env), slices.Clone(below.Copied)
		p.now = &whole
	} else {
		p.now = &Dockerfile{File: p.file, From: Written{Text: on, At: at}}
	}
	if len(fields) == 3 && strings.EqualFold(fields[1], "as") {
		p.stages[strings.ToLower(fields[2])] = p.now
	}
}

// copied notes COPY --from, of an image or of a stage that stands on one.
func (p *dockerParser) copied(d *Dockerfile, rest string, at Place) {
	_, from, ok := strings.Cut(rest, "--from=")
	if !ok {
		return
	}
	from, _, _ = strings.Cut(from, " ")
	if from = p.fill(from); p.stages[strings.ToLower(from)] != nil {
		from = p.stages[strings.ToLower(from)].From.Text
	}
	d.Copied = append(d.Copied, Written{Text: from, At: at})
}

// arg takes ARG NAME or ARG NAME=DEFAULT.
func (p *dockerParser) arg(rest string) {
	for _, word := range shellFields(rest) {
		name, value, set := strings.Cut(word, "=")
		given, ok := p.args[name]
		switch {
		case ok:
			p.vars[name] = given
		case set:
			p.vars[name] = p.fill(value)
		}
	}
}

// env takes ENV NAME=VALUE …, or NAME VALUE. What is put together with something of the
// image below, as PATH is, is left as it is there.
func (p *dockerParser) env(d *Dockerfile, rest string, at Place) {
	words := shellFields(rest)
	if len(words) > 0 && !strings.Contains(words[0], "=") {
		name, value, _ := strings.Cut(rest, " ")
		words = []string{name + "=" + strings.TrimSpace(value)}
	}
	for _, word := range words {
		name, raw, ok := strings.Cut(word, "=")
		value, unset, err := interpolate(raw, p.look)
		if !ok || err != nil || len(unset) > 0 {
			continue
		}
		p.vars[name] = value
		d.Env = append(d.Env, ServiceVar{Name: name, Value: value, At: at, Set: true, Raw: raw})
	}
}

func (p *dockerParser) look(name string) (string, bool) { v, ok := p.vars[name]; return v, ok }

// fill puts variables in; a text in which that cannot be done stays as it is.
func (p *dockerParser) fill(s string) string {
	out, _, err := interpolate(s, p.look)
	if err != nil {
		return s
	}
	return out
}

// dockerCommand is what CMD or ENTRYPOINT says: words in JSON, else a line for a shell.
func dockerCommand(s string) []string {
	words := []string{}
	if err := json.Unmarshal([]byte(s), &words); err != nil {
		return []string{"/bin/sh", "-c", s}
	}
	return words
}
