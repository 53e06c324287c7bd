package repair

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// The form of a plan in a file. It is a promise to journals that older
// versions have written, so it has structs of its own.
type (
	planJSON struct {
		Fixes []fixJSON  `json:"fixes"`
		Steps []stepJSON `json:"steps"`
	}
	fixJSON struct {
		Title  string `json:"title"`
		Safety Safety `json:"safety"`
		Reason string `json:"reason,omitempty"`
		First  string `json:"first,omitempty"`
		Final  string `json:"final,omitempty"`
	}
	stepJSON struct {
		Path    string        `json:"path"`                 // "" where PathRaw is set: versions that do not know it refuse ""
		PathRaw []byte        `json:"path_bytes,omitempty"` // base64, for a path that is not UTF-8
		Reasons []string      `json:"reasons"`
		Before  *snapshotJSON `json:"before"` // null: nothing was there
		After   *snapshotJSON `json:"after"`  // null: is removed
	}
	snapshotJSON struct {
		Kind    string            `json:"kind"` // "file" or "directory"
		Mode    string            `json:"mode"` // octal: "0640"
		UID     int               `json:"uid"`
		GID     int               `json:"gid"`
		ModTime *time.Time        `json:"mtime,omitempty"`
		Xattrs  map[string][]byte `json:"xattrs,omitempty"`       // base64
		Odd     []xattrJSON       `json:"xattrs_bytes,omitempty"` // those whose names are not UTF-8
		Data    []byte            `json:"data"`                   // base64; null for a directory
	}
	xattrJSON struct {
		Name  []byte `json:"name"` // base64
		Value []byte `json:"value"`
	}
)

// MarshalJSON writes all that Apply and Revert need; it holds secrets. Of the
// fixes only title and safety are kept: their edits are done in the steps.
func (p *Plan) MarshalJSON() ([]byte, error) {
	w := planJSON{Fixes: []fixJSON{}, Steps: []stepJSON{}}
	for _, f := range p.Fixes {
		w.Fixes = append(w.Fixes, fixJSON{f.Title.String(), f.Safety, f.Reason.String(), f.First.String(), f.Final.String()})
	}
	for _, s := range p.Steps {
		step := stepJSON{Path: s.Path, Reasons: []string{}, Before: s.Before.wire(), After: s.After.wire()}
		if !utf8.ValidString(s.Path) {
			step.Path, step.PathRaw = "", []byte(s.Path)
		}
		for _, r := range s.Reasons {
			step.Reasons = append(step.Reasons, r.String())
		}
		w.Steps = append(w.Steps, step)
	}
	return json.Marshal(w)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (p *Plan) UnmarshalJSON(data []byte) error {
	var w planJSON
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	*p = Plan{}
	for _, f := range w.Fixes {
		fix := Fix{Title: say.Verbatim(f.Title), Safety: f.Safety, Reason: saidBefore(f.Reason), First: saidBefore(f.First), Final: saidBefore(f.Final)}
		p.Fixes = append(p.Fixes, fix)
	}
	for _, s := range w.Steps {
		step := Step{Path: cmp.Or(s.Path, string(s.PathRaw))}
		for _, r := range s.Reasons {
			step.Reasons = append(step.Reasons, say.Verbatim(r))
		}
		var err error
		if step.Before, err = s.Before.read(); err != nil {
			return fmt.Errorf("step %s: before: %w", step.Path, err)
		}
		if step.After, err = s.After.read(); err != nil {
			return fmt.Errorf("step %s: after: %w", step.Path, err)
		}
		p.Steps = append(p.Steps, step)
	}
	return nil
}

func (s *Snapshot) wire() *snapshotJSON {
	if s == nil {
		return nil
	}
	w := &snapshotJSON{Kind: "file", Mode: fmt.Sprintf("%04o", bits(s.Mode)), UID: s.Owner.UID, GID: s.Owner.GID, Data: s.Data}
	w.Xattrs, w.Odd = wireXattrs(s.Xattrs)
	if s.Mode.IsDir() {
		w.Kind = "directory"
	}
	if !s.ModTime.IsZero() {
		w.ModTime = &s.ModTime
	}
	return w
}

// wireXattrs parts attributes into those that a JSON object can name and others.
func wireXattrs(all map[string][]byte) (plain map[string][]byte, odd []xattrJSON) {
	plain = maps.Clone(all)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if !utf8.ValidString(name) {
			odd = append(odd, xattrJSON{[]byte(name), all[name]})
			delete(plain, name)
		}
	}
	return plain, odd
}

func (w *snapshotJSON) read() (*Snapshot, error) {
	if w == nil {
		return nil, nil
	}
	mode, err := strconv.ParseUint(w.Mode, 8, 12)
	if err != nil {
		return nil, fmt.Errorf("mode: %w", err)
	}
	s := &Snapshot{Mode: modeOf(uint32(mode)), Owner: host.Owner{UID: w.UID, GID: w.GID}, Xattrs: w.Xattrs, Data: w.Data}
	for _, x := range w.Odd {
		if s.Xattrs == nil {
			s.Xattrs = map[string][]byte{}
		}
		s.Xattrs[string(x.Name)] = x.Value
	}
	switch w.Kind {
	case "file":
	case "directory":
		s.Mode |= fs.ModeDir
	default:
		return nil, fmt.Errorf("kind %q is not known", w.Kind)
	}
	if w.ModTime != nil {
		s.ModTime = *w.ModTime
	}
	return s, nil
}

// saidBefore is a text that was said already; zero when it is none. One that had no
// arguments can still be said in another language.
func saidBefore(s string) say.Text {
	if s == "" {
		return say.Text{}
	}
	return say.Sentence(s)
}
