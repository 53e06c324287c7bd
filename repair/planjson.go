package repair

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strconv"
	"time"

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
	}
	stepJSON struct {
		Path    string        `json:"path"`
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
		Xattrs  map[string][]byte `json:"xattrs,omitempty"` // base64
		Data    []byte            `json:"data"`             // base64; null for a directory
	}
)

// MarshalJSON writes all that Apply and Revert need; it holds secrets. Of the
// fixes only title and safety are kept: their edits are done in the steps.
func (p *Plan) MarshalJSON() ([]byte, error) {
	w := planJSON{Fixes: []fixJSON{}, Steps: []stepJSON{}}
	for _, f := range p.Fixes {
		w.Fixes = append(w.Fixes, fixJSON{f.Title.String(), f.Safety})
	}
	for _, s := range p.Steps {
		step := stepJSON{s.Path, []string{}, s.Before.wire(), s.After.wire()}
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
		p.Fixes = append(p.Fixes, Fix{Title: say.Verbatim(f.Title), Safety: f.Safety})
	}
	for _, s := range w.Steps {
		step := Step{Path: s.Path}
		for _, r := range s.Reasons {
			step.Reasons = append(step.Reasons, say.Verbatim(r))
		}
		var err error
		if step.Before, err = s.Before.read(); err != nil {
			return fmt.Errorf("step %s: before: %w", s.Path, err)
		}
		if step.After, err = s.After.read(); err != nil {
			return fmt.Errorf("step %s: after: %w", s.Path, err)
		}
		p.Steps = append(p.Steps, step)
	}
	return nil
}

func (s *Snapshot) wire() *snapshotJSON {
	if s == nil {
		return nil
	}
	w := &snapshotJSON{Kind: "file", Mode: fmt.Sprintf("%04o", bits(s.Mode)), UID: s.Owner.UID, GID: s.Owner.GID, Xattrs: s.Xattrs, Data: s.Data}
	if s.Mode.IsDir() {
		w.Kind = "directory"
	}
	if !s.ModTime.IsZero() {
		w.ModTime = &s.ModTime
	}
	return w
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
