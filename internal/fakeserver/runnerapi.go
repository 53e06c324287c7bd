package fakeserver

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// emptyPoll is the answer to a poll when nothing is to be done. The fake never
// has anything to be done.
const emptyPoll = `{"CurrentJobs":null,"new_jobs":null,"access_keys":{}}` + "\n"

// An authorizer finds the row a request may act for, or the refusal. The order
// of its checks is what differs between eras.
type authorizer func(call) (*Row, *reply)

// runnerRoutesByID are the runner's routes of E1-E3: registered runners are
// addressed by id. unregister is nil before E3.
func runnerRoutesByID(auth authorizer, unregister func(call, *Row) reply) []route {
	routes := []route{
		{[]string{"POST"}, "/api/runners", register},
		{[]string{"GET", "HEAD"}, "/api/runners/{id}", authorized(auth, poll)},
		{[]string{"PUT"}, "/api/runners/{id}", authorized(auth, progress)},
	}
	if unregister != nil {
		routes = append(routes, route{[]string{"DELETE"}, "/api/runners/{id}", authorized(auth, unregister)})
	}
	return routes
}

// runnerRoutesByToken are the runner's routes of E4: the token is the address.
func runnerRoutesByToken() []route {
	const path = "/api/internal/runners"
	return []route{
		{[]string{"POST"}, path, register},
		{[]string{"GET", "HEAD"}, path, authorized(authorizeByToken, poll)},
		{[]string{"PUT"}, path, authorized(authorizeByToken, progress)},
		{[]string{"DELETE"}, path, authorized(authorizeByToken, unregister)},
	}
}

func authorized(auth authorizer, then func(call, *Row) reply) func(call) reply {
	return func(c call) reply {
		row, refusal := auth(c)
		if refusal != nil {
			return *refusal
		}
		return then(c, row)
	}
}

// authorizeByID is E1: whoever knows an id is that runner.
func authorizeByID(c call) (*Row, *reply) {
	id, refusal := c.rowID()
	if refusal != nil {
		return nil, refusal
	}
	return c.found(c.server.byID(id))
}

// authorizeTokenThenRow is E2a: the token is compared before the row is known
// to exist, so an unknown id has the token "" (api/runners/runners.go,
// v2.9.40-beta; the 404 for an empty token was observed).
func authorizeTokenThenRow(c call) (*Row, *reply) {
	id, refusal := c.rowID()
	if refusal != nil {
		return nil, refusal
	}
	row, want := c.server.byID(id), ""
	if row != nil {
		want = row.Token
	}
	if c.header.Get("X-API-Token") != want {
		return nil, invalidToken()
	}
	return c.found(row)
}

// authorizeRowThenToken is E2b and E3.
func authorizeRowThenToken(c call) (*Row, *reply) {
	token := c.header.Get("X-API-Token")
	if token == "" {
		return nil, invalidToken()
	}
	id, refusal := c.rowID()
	if refusal != nil {
		return nil, refusal
	}
	row := c.server.byID(id)
	if row != nil && row.Token != token {
		return nil, invalidToken()
	}
	return c.found(row)
}

// authorizeByToken is E4: an unknown token is 404, never 401.
func authorizeByToken(c call) (*Row, *reply) {
	token := c.header.Get("X-Runner-Token")
	if token == "" {
		return nil, invalidToken()
	}
	return c.found(c.server.byToken(token))
}

func (c call) rowID() (int, *reply) {
	id, err := strconv.Atoi(c.id)
	if err != nil {
		refusal := jsonError(http.StatusBadRequest, "runner_id required")
		return 0, &refusal
	}
	return id, nil
}

func (c call) found(row *Row) (*Row, *reply) {
	if row == nil {
		refusal := jsonError(http.StatusNotFound, "Runner not found")
		return nil, &refusal
	}
	return row, nil
}

func invalidToken() *reply {
	refusal := jsonError(http.StatusUnauthorized, "Invalid token")
	return &refusal
}

// poll says that there is nothing to do. From 2.14 on that it was asked is
// remembered.
func poll(c call, row *Row) reply {
	d := c.server.dialect
	if d.judges && c.header.Get("X-Runner-Started-At") != "" {
		row.StartedAt = c.header.Get("X-Runner-Started-At")
	}
	if d.touches {
		row.Touched, row.Cleaning = c.server.now(), false
	}
	plain := reply{status: http.StatusOK, contentType: "application/json", body: emptyPoll}
	if !d.keys || row.PublicKey == nil {
		return plain
	}
	return encrypted(plain.body, *row.PublicKey)
}

// progress takes the state of jobs. There are none, so it forgets them: a real
// server ignores a job id it does not know (observed, all eras).
func progress(c call, _ *Row) reply {
	var body struct {
		Jobs []struct {
			ID         int
			Status     string
			LogRecords []struct {
				Time    time.Time `json:"time"`
				Message string    `json:"message"`
			}
		}
	}
	if !c.decode(&body) {
		return jsonError(http.StatusBadRequest, "Invalid format")
	}
	if !c.server.dialect.judges || len(body.Jobs) == 0 {
		return noContent()
	}
	for _, job := range body.Jobs {
		if !knownStatus(job.Status) {
			return jsonError(http.StatusBadRequest, "Invalid task status")
		}
	}
	return jsonReply(http.StatusOK, map[string][]int{"terminated_jobs": {}})
}

// knownStatus is pkg/task_logger's list (source).
func knownStatus(s string) bool {
	return slices.Contains([]string{
		"waiting", "starting", "waiting_confirmation", "confirmed", "rejected",
		"running", "stopping", "stopped", "success", "error",
	}, s)
}

// newcomer is the body of a POST. The last three came with E5 and E5b.
type newcomer struct {
	RegistrationToken string  `json:"registration_token"`
	Webhook           string  `json:"webhook"`
	MaxParallelTasks  int     `json:"max_parallel_tasks"`
	PublicKey         *string `json:"public_key"`
	Name              string  `json:"name"`
	Enabled           bool    `json:"enabled"`
}

// register makes a row for whoever knows the registration token.
func register(c call) reply {
	var body newcomer
	if !c.decode(&body) {
		return jsonError(http.StatusBadRequest, "Invalid format")
	}
	d := c.server.dialect
	if d.invites && strings.HasPrefix(body.RegistrationToken, "smrs_") {
		return accept(c, body)
	}
	if want := c.server.opts.RegistrationToken; want == "" || body.RegistrationToken != want {
		return jsonError(http.StatusBadRequest, "Invalid registration token")
	}
	row := Row{Webhook: body.Webhook, MaxParallelTasks: body.MaxParallelTasks, Active: d.activeAtBirth}
	if d.asksToEnable {
		row.Active, row.Name = body.Enabled, body.Name
	}
	if d.keys { // NULL where none was sent; runners of E5 without a key send an empty text (semaphoreui/semaphore#3355)
		row.PublicKey = body.PublicKey
	}
	return welcome(c, c.server.create(row))
}

// welcome tells a new runner who it is.
func welcome(c call, row Row) reply {
	if c.server.dialect.idReply {
		return jsonReply(http.StatusOK, struct {
			RunnerID int    `json:"runner_id"`
			Token    string `json:"token"`
		}{row.ID, row.Token})
	}
	return jsonReply(http.StatusOK, struct {
		Token string `json:"token"`
	}{row.Token})
}

// unregisterNothing is E3 on BoltDB: it says it deleted the row and did not
// (observed v2.10.22).
func unregisterNothing(call, *Row) reply { return noContent() }

func unregister(c call, row *Row) reply {
	c.server.remove(row.ID)
	return noContent()
}

// decode reads the first JSON value of the body, as json.Decoder does.
func (c call) decode(into any) bool {
	return json.NewDecoder(bytes.NewReader(c.body)).Decode(into) == nil
}

func jsonReply(status int, v any) reply {
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(v); err != nil {
		panic("fakeserver: " + err.Error()) // our own structs always encode
	}
	return reply{status: status, contentType: "application/json", body: b.String()}
}

func jsonError(status int, text string) reply {
	return jsonReply(status, map[string]string{"error": text})
}

func noContent() reply {
	return reply{status: http.StatusNoContent, contentType: "application/json"}
}
