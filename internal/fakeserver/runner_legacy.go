package fakeserver

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// runLegacy is JobPool.Run of E1-E3: get an identity, by registration if need
// be and again and again, then poll.
func runLegacy(p *process) error {
	for attempt := 1; ; attempt++ {
		ok, err := p.tryRegister()
		if err != nil {
			return err
		}
		if ok {
			break
		}
		if attempt == p.Cycles {
			return nil
		}
		if err := p.wait(time.After(p.RetryInterval)); err != nil {
			return err
		}
	}
	p.log("info", p.habits.ready)
	return p.poll(func() bool {
		put := p.sendProgress()
		return p.checkNewJobs() && put // the GET follows, whatever the PUT did
	})
}

// tryRegister says whether there is an identity now.
func (p *process) tryRegister() (ok bool, err error) {
	p.log("info", p.habits.greeting)
	p.id, ok, err = p.habits.identify(p)
	if err != nil || ok {
		return ok, err
	}
	if p.conf.Legacy.RegistrationToken == "" {
		return false, p.crash("registration token cannot be empty")
	}
	if p.habits.registering != "" {
		p.log("info", p.habits.registering)
	}
	return p.postRegistration(), p.terminated()
}

func (p *process) postRegistration() bool {
	conf := p.conf.Legacy
	body := registration(conf.RegistrationToken, conf.Webhook, conf.MaxParallelTasks)
	req, err := http.NewRequestWithContext(p.ctx, "POST", conf.APIURL+"/runners", bytes.NewReader(body))
	if err != nil {
		p.registrationError("Error creating request:", err)
		return false
	}
	resp, err := p.HTTP.Do(req)
	if err != nil {
		p.registrationError("Error making request:", err)
		return false
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		p.registrationError("Error making request:", nil) // sic: <nil> for every bad status
		return false
	}
	return p.takeIdentity(resp.Body)
}

// takeIdentity reads the answer to a registration and stores it.
func (p *process) takeIdentity(body io.Reader) bool {
	data, err := io.ReadAll(body)
	if err != nil {
		p.println("Error reading response body:", err)
		return false
	}
	if err := json.Unmarshal(data, &p.id); err != nil {
		p.println("Error parsing JSON:", err)
		return false
	}
	p.saveIdentity()
	return true
}

// registration is the body of every era.
func registration(token, webhook string, maxParallelTasks int) []byte {
	data, err := json.Marshal(struct {
		RegistrationToken string `json:"registration_token"`
		Webhook           string `json:"webhook"`
		MaxParallelTasks  int    `json:"max_parallel_tasks"`
	}{token, webhook, maxParallelTasks})
	if err != nil {
		panic("fakeserver: " + err.Error()) // strings and an int always encode
	}
	return data
}

// saveIdentity does not look at the error: nor does the real one, in all of
// E1-E3 (semaphoreui/semaphore#2140).
func (p *process) saveIdentity() {
	data, _ := json.Marshal(p.id)
	_ = p.writeFile(p.conf.Legacy.ConfigFile, data)
}

// registrationError uses fmt.Println in E1 and logrus after it, which puts no
// space between its arguments.
func (p *process) registrationError(text string, err error) {
	p.unlessDead(func() {
		if p.habits.quiet {
			p.println(text, err)
			return
		}
		p.log("error", fmt.Sprint(text, err))
	})
}

// sendProgress says whether the PUT was a success. Only a network error is
// ever logged: statuses of a PUT go unnoticed in E1-E3.
func (p *process) sendProgress() bool {
	resp, ok := p.legacyRequest("PUT", []byte(`{"Jobs":null}`))
	if !ok {
		return false
	}
	resp.Body.Close()
	return resp.StatusCode < 400
}

// checkNewJobs is the GET. It says whether the answer was a list of jobs.
func (p *process) checkNewJobs() bool {
	resp, ok := p.legacyRequest("GET", nil)
	if !ok {
		return false
	}
	defer resp.Body.Close()
	bad := resp.StatusCode >= 400
	if bad && !p.habits.quiet {
		p.log("error", p.habits.badStatus+strconv.Itoa(resp.StatusCode))
		return false
	}
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		p.bodyError("Error reading response body:", p.habits.unreadable, err)
		return false
	}
	if err := decodeJobs(data); err != nil {
		p.bodyError("Error parsing JSON:", "Checking new jobs, parsing JSON error:", err)
		return false
	}
	return !bad
}

func (p *process) bodyError(quiet, loud string, err error) {
	p.unlessDead(func() {
		if p.habits.quiet {
			p.println(quiet, err)
			return
		}
		p.log("error", loud+err.Error())
	})
}

// decodeJobs accepts any JSON object, so that {"error":"Runner not found"} is
// an empty list of jobs.
func decodeJobs(data []byte) error {
	var state struct {
		CurrentJobs []json.RawMessage
		NewJobs     []json.RawMessage       `json:"new_jobs"`
		AccessKeys  map[int]json.RawMessage `json:"access_keys"`
	}
	return json.Unmarshal(data, &state)
}

// legacyRequest is one request for the registered runner; its network errors go
// to stdout.
func (p *process) legacyRequest(method string, body []byte) (*http.Response, bool) {
	url := p.conf.Legacy.APIURL + "/runners/" + strconv.Itoa(p.id.RunnerID)
	req, err := http.NewRequestWithContext(p.ctx, method, url, requestBody(body))
	if err != nil {
		p.println("Error creating request:", err)
		return nil, false
	}
	if p.habits.header != "" {
		req.Header.Set(p.habits.header, p.id.Token)
	}
	resp, err := p.HTTP.Do(req)
	if err != nil {
		p.unlessDead(func() { p.println("Error making request:", err) })
		return nil, false
	}
	return resp, true
}

// requestBody keeps a request without a body from having an empty one.
func requestBody(body []byte) io.Reader {
	if body == nil {
		return nil
	}
	return bytes.NewReader(body)
}
