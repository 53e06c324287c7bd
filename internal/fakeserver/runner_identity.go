package fakeserver

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"strconv"
)

// An identity is the state file of E1-E3.
type identity struct {
	RunnerID int    `json:"runner_id"`
	Token    string `json:"token"`
}

// identifyByFile is E1: a state file that exists is taken at its word, even
// if it has neither of the two fields.
func identifyByFile(p *process) (identity, bool, error) {
	id, exists, err := p.stateFile()
	if err != nil {
		return identity{}, false, p.crash(err.Error())
	}
	return id, exists, nil
}

// identifyByEnvOrFile is E2b: an id in the environment needs a token there,
// and then the file does not matter.
func identifyByEnvOrFile(p *process) (identity, bool, error) {
	id, ok, err := p.envIdentity()
	if ok || err != nil {
		return id, ok, err
	}
	return identifyByFile(p)
}

// identifyByFileAfterEnv is E2a: it looks at the environment and then lets
// the file win all the same (source, v2.9.40-beta). Without a file it
// registers although it has an identity.
func identifyByFileAfterEnv(p *process) (identity, bool, error) {
	if _, _, err := p.envIdentity(); err != nil {
		return identity{}, false, err
	}
	return identifyByFile(p)
}

// envIdentity takes an empty variable for none, other than loadEnv.
func (p *process) envIdentity() (identity, bool, error) {
	number, _ := p.Env("SEMAPHORE_RUNNER_ID")
	if number == "" {
		return identity{}, false, nil
	}
	id, err := strconv.Atoi(number)
	if err != nil {
		return identity{}, false, p.crash(err.Error())
	}
	token, _ := p.Env("SEMAPHORE_RUNNER_TOKEN")
	if token == "" {
		return identity{}, false, p.crash("runner token required")
	}
	return identity{RunnerID: id, Token: token}, true, nil
}

// identifyByToken is E3: the file, then each variable over it; only a token
// makes an identity. Without one the runner registers and overwrites the file,
// whatever it was (LoadRunnerSettings, v2.10.22).
func identifyByToken(p *process) (identity, bool, error) {
	id, _, err := p.stateFile()
	if err != nil {
		return identity{}, false, p.crash(err.Error())
	}
	over := struct {
		RunnerID int    `env:"SEMAPHORE_RUNNER_ID"`
		Token    string `env:"SEMAPHORE_RUNNER_TOKEN"`
	}(id)
	if err := p.loadEnv(&over); err != nil {
		return identity{}, false, p.crash(err.Error())
	}
	return identity(over), over.Token != "", nil
}

// stateFile reads the state file strictly, if there is one.
func (p *process) stateFile() (id identity, exists bool, err error) {
	path := p.conf.Legacy.ConfigFile
	if _, err := os.Stat(p.at(path)); errors.Is(err, fs.ErrNotExist) {
		return identity{}, false, nil
	} else if err != nil {
		return identity{}, false, namePath(err, path)
	}
	data, err := p.readFile(path)
	if err == nil {
		err = json.Unmarshal(data, &id)
	}
	return id, true, err
}
