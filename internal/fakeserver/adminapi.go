package fakeserver

import (
	"net/http"
	"strings"
	"time"
)

// commonRoutes are the routes every era has and a doctor may ask.
func commonRoutes() []route {
	return []route{
		{[]string{"GET", "HEAD"}, "/api/ping", ping},
		{[]string{"GET", "HEAD"}, "/api/info", asUser(info)},
	}
}

// adminRoutes administer runners; they came with E4. Answers are observed on
// v2.10.32 or read in its api/runners.go. One thing is left out: on BoltDB a PUT
// to a runner also wipes its token there; the fake behaves like SQL.
func adminRoutes() []route {
	return []route{
		{[]string{"GET", "HEAD"}, "/api/runners", asAdmin(listRunners)},
		{[]string{"POST"}, "/api/runners", asAdmin(createRunner)},
		{[]string{"GET", "HEAD"}, "/api/runners/{id}", asAdmin(onRunner(showRunner))},
		{[]string{"PUT", "POST"}, "/api/runners/{id}", asAdmin(onRunner(updateRunner))},
		{[]string{"DELETE"}, "/api/runners/{id}", asAdmin(onRunner(unregister))},
		{[]string{"POST"}, "/api/runners/{id}/active", asAdmin(onRunner(activateRunner))},
	}
}

func ping(call) reply {
	return reply{status: http.StatusOK, contentType: "text/plain; charset=utf-8", body: "pong"}
}

func info(c call) reply {
	m := map[string]any{"ansible": "", "version": c.server.opts.Version}
	if c.server.dialect.fullInfo {
		m["web_host"] = c.server.opts.WebHost
		m["use_remote_runner"] = !c.server.opts.RunLocally
	}
	return jsonReply(http.StatusOK, m)
}

// asUser lets through any known API token.
func asUser(then func(call) reply) func(call) reply {
	return func(c call) reply {
		if !c.bears(c.server.opts.APIToken) && !c.bears(c.server.opts.UserToken) {
			return bare(http.StatusUnauthorized)
		}
		return then(c)
	}
}

// asAdmin lets through the administrator's API token.
func asAdmin(then func(call) reply) func(call) reply {
	return asUser(func(c call) reply {
		if !c.bears(c.server.opts.APIToken) {
			return bare(http.StatusForbidden)
		}
		return then(c)
	})
}

// bears compares as Semaphore does: the whole header in lower case
// (authenticationHandler, api/auth.go).
func (c call) bears(token string) bool {
	header := strings.ToLower(c.header.Get("Authorization"))
	return token != "" && header == "bearer "+strings.ToLower(token)
}

// bare is a status with the JSON type and no body.
func bare(status int) reply { return reply{status: status, contentType: "application/json"} }

func onRunner(then func(call, *Row) reply) func(call) reply {
	return authorized(authorizeByID, then)
}

// runnerJSON is a runner in the admin API of E4, without its token.
type runnerJSON struct {
	ID               int    `json:"id"`
	ProjectID        *int   `json:"project_id"`
	Webhook          string `json:"webhook"`
	MaxParallelTasks int    `json:"max_parallel_tasks"`
	Active           bool   `json:"active"`
	Name             string `json:"name"`
}

func (r Row) json() runnerJSON {
	out := runnerJSON{ID: r.ID, Webhook: r.Webhook, MaxParallelTasks: r.MaxParallelTasks, Active: r.Active, Name: r.Name}
	if r.Project != 0 {
		out.ProjectID = &r.Project
	}
	return out
}

// seenJSON is what 2.14 added (source); invitedJSON what 2.18 did, besides
// (source, 2026). Tags and defaults are left out: no rule of the fake uses them.
type (
	seenJSON struct {
		runnerJSON
		Touched  *time.Time `json:"touched"`
		Cleaning bool       `json:"cleaning_requested"`
	}
	invitedJSON struct {
		seenJSON
		Registered bool   `json:"registered"`
		Status     string `json:"status"`
		StartedAt  string `json:"started_at,omitempty"`
	}
)

// offlineAfter is runners.offline_timeout_sec (2.19, source).
const offlineAfter = 2 * time.Minute

// shown is a row as the admin API of the era lists it.
func (s *Server) shown(r Row) any {
	if !s.dialect.touches {
		return r.json()
	}
	seen := seenJSON{runnerJSON: r.json(), Cleaning: r.Cleaning}
	if !r.Touched.IsZero() {
		seen.Touched = &r.Touched
	}
	if !s.dialect.invites {
		return seen
	}
	status := "offline"
	if r.Webhook != "" || s.now().Sub(r.Touched) < offlineAfter {
		status = "online"
	}
	return invitedJSON{seen, r.Token != "", status, r.StartedAt}
}

func (j runnerJSON) row() Row {
	return Row{Webhook: j.Webhook, MaxParallelTasks: j.MaxParallelTasks, Active: j.Active, Name: j.Name}
}

func listRunners(c call) reply {
	list := make([]any, 0, len(c.server.rows))
	for _, row := range c.server.rows {
		list = append(list, c.server.shown(row))
	}
	return jsonReply(http.StatusOK, list)
}

// createRunner answers with the token: the only time it is shown.
func createRunner(c call) reply {
	var body runnerJSON
	if !c.decode(&body) {
		return bare(http.StatusBadRequest)
	}
	row := c.server.create(body.row())
	return jsonReply(http.StatusCreated, struct {
		runnerJSON
		Token string `json:"token"`
	}{row.json(), row.Token})
}

func showRunner(c call, row *Row) reply { return jsonReply(http.StatusOK, c.server.shown(*row)) }

// updateRunner replaces what a form in the web UI has.
func updateRunner(c call, row *Row) reply {
	var body runnerJSON
	if !c.decode(&body) {
		return bare(http.StatusBadRequest)
	}
	row.Webhook, row.MaxParallelTasks, row.Active, row.Name = body.Webhook, body.MaxParallelTasks, body.Active, body.Name
	return noContent()
}

func activateRunner(c call, row *Row) reply {
	var body struct {
		Active bool `json:"active"`
	}
	if !c.decode(&body) {
		return jsonError(http.StatusBadRequest, "Invalid request body")
	}
	row.Active = body.Active
	return noContent()
}
