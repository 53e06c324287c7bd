package runner

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
)

// A State is what E1 to E3 keep in their state file.
type State struct {
	RunnerID int    `json:"runner_id"`
	Token    string `json:"token"`
}

// Bytes is the state as the runner writes it: one line, no newline at its end
// (observed 2.9.37, 2.9.58, 2.10.22).
func (s State) Bytes() []byte {
	b, _ := json.Marshal(s) // an int and a string: cannot go wrong
	return b
}

// Complete reports whether the state identifies a runner.
func (s State) Complete() bool { return s.RunnerID > 0 && s.Token != "" }

// parseState reads a state as strictly as the runner: the whole file is one
// JSON value of the right types. Of all but a plain one encoding/json says what it is.
func parseState(data []byte) (State, error) {
	if s, ok := plainState(data); ok {
		return s, nil
	}
	var s State
	err := json.Unmarshal(data, &s)
	return s, err
}

// plainState is a state as runners write it: an object in which the id is a number and
// the token a text. A fleet has nothing else.
func plainState(data []byte) (s State, ok bool) {
	doc, err := jsondoc.Parse(data)
	if err != nil || doc.Kind != jsondoc.Object || strings.Trim(string(data[doc.End:]), " \t\r\n") != "" {
		return State{}, false
	}
	for _, m := range doc.Members {
		switch {
		case strings.EqualFold(m.Key, "runner_id"):
			if s.RunnerID, err = strconv.Atoi(m.Value.Text); err != nil || m.Value.Kind != jsondoc.Number {
				return State{}, false
			}
		case strings.EqualFold(m.Key, "token"):
			if s.Token = m.Value.Text; m.Value.Kind != jsondoc.String {
				return State{}, false
			}
		}
	}
	return s, true
}

// StateIn is the complete identity a JSON file holds, whatever else is in it.
func StateIn(data []byte) (State, bool) {
	s, err := parseState(data)
	return s, err == nil && s.Complete()
}

func stateCondition(data []byte, s State, err error) Condition {
	switch {
	case strings.TrimSpace(string(data)) == "":
		return Empty
	case err != nil && TokenShape(strings.TrimSpace(string(data))):
		return WrongFormat
	case err != nil:
		return Corrupt
	case !s.Complete():
		return Incomplete
	}
	return Complete
}

func looksLikeState(data []byte) bool {
	_, ok := StateIn(data)
	return ok
}

// TokenShape reports whether s looks like a runner token: 44 characters of base64
// (32 random bytes), or the 12 of BoltDB servers before 2.10.27. Neither proves a
// token good, and others are no proof that it is bad.
func TokenShape(s string) bool {
	switch len(s) {
	case 44:
		return s[43] == '=' && madeOf(s[:43], alphanum+"+/")
	case 12:
		return madeOf(s, alphanum)
	}
	return false
}
