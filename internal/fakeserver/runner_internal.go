package fakeserver

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
)

// runInternal is `runner start` of E4: no token, no start.
func runInternal(p *process) error {
	if p.conf.Internal.Token == "" {
		p.log("panic", "can not retrieve runner token", "context", "running")
		return p.crash("(*logrus.Entry) 0xc0001a2cb0")
	}
	return p.poll(func() bool {
		put := p.putProgress()
		return p.getJobs() && put
	})
}

// registerInternal is `runner register` of E4.
func registerInternal(p *process) error {
	if p.StdinToken != nil {
		if *p.StdinToken == "" {
			return p.crash("Empty token")
		}
		p.conf.Internal.Token = *p.StdinToken // sic: not RegistrationToken (v2.10.27-v2.10.32)
	}
	if p.conf.Internal.TokenFile == "" {
		return p.crash("runner token file required")
	}
	if !p.registerByToken() {
		if err := p.terminated(); err != nil {
			return err
		}
		return p.crash("runner registration failed")
	}
	return nil
}

// registerByToken makes a row. If its token cannot be stored, the row stays.
func (p *process) registerByToken() bool {
	const context = "registration"
	conf := p.conf.Internal
	p.log("info", "Registering a new runner")
	if conf.RegistrationToken == "" {
		p.actionError(context, "read input", "can not retrieve registration token", errors.New("registration token cannot be empty"))
		return false
	}
	data, ok := p.internalRequest(context, "POST", registration(conf.RegistrationToken, conf.Webhook, conf.MaxParallelTasks))
	if !ok {
		return false
	}
	return p.storeToken(context, data)
}

func (p *process) storeToken(context string, answer []byte) bool {
	var body struct {
		Token string `json:"token"`
	}
	if err := json.Unmarshal(answer, &body); err != nil {
		p.actionError(context, "parsing result json", "server's response has invalid format", err)
		return false
	}
	if err := p.writeFile(p.conf.Internal.TokenFile, []byte(body.Token)); err != nil {
		p.actionError(context, "store token", "can not store token to the file", err)
		return false
	}
	return true
}

func (p *process) putProgress() bool {
	_, ok := p.internalRequest("sending_progress", "PUT", []byte(`{"Jobs":null}`))
	return ok
}

func (p *process) getJobs() bool {
	const context = "checking new jobs"
	data, ok := p.internalRequest(context, "GET", nil)
	if !ok {
		return false
	}
	if err := decodeJobs(data); err != nil {
		p.actionError(context, "parsing result json", "server's response has invalid format", err)
		return false
	}
	return true
}

// words are the two texts an E4 context has for a failed request, misspelt
// as in the original (v2.10.32, services/runners/job_pool.go).
type words struct{ network, statusMsg, status string }

func contextWords(context string) words {
	return map[string]words{
		"registration":      {"unexpected error", "invalid status code", "the server returned error "},
		"sending_progress":  {"the server returned error", "invalid status code", "the server returned error "},
		"checking new jobs": {"upexpected error", "error status code", "the server returned an error"},
	}[context]
}

// internalRequest is one request of E4. ok means that the status was good and
// data is the body.
func (p *process) internalRequest(context, method string, body []byte) (data []byte, ok bool) {
	req, err := http.NewRequestWithContext(p.ctx, method, p.conf.WebHost+"/api/internal/runners", requestBody(body))
	if err != nil {
		p.actionError(context, "create request", "can not create request to the server", err)
		return nil, false
	}
	if method != "POST" {
		req.Header.Set("X-Runner-Token", p.conf.Internal.Token)
	}
	resp, err := p.HTTP.Do(req)
	if err != nil {
		p.unlessDead(func() { p.actionError(context, "send request", contextWords(context).network, err) })
		return nil, false
	}
	defer resp.Body.Close()
	return p.internalAnswer(context, resp)
}

// internalAnswer looks at the status and reads the body, but not that of a PUT.
func (p *process) internalAnswer(context string, resp *http.Response) (data []byte, ok bool) {
	if resp.StatusCode >= 400 || context == "registration" && resp.StatusCode != http.StatusOK {
		w := contextWords(context)
		p.actionError(context, "send request", w.status+strconv.Itoa(resp.StatusCode), errors.New(w.statusMsg))
		return nil, false
	}
	if context == "sending_progress" {
		return nil, true
	}
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		p.unlessDead(func() { p.actionError(context, "read response body", "can not read server's response body", err) })
		return nil, false
	}
	return data, true
}
