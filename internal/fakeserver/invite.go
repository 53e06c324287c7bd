package fakeserver

import (
	"crypto/rand"
	"net/http"
	"time"
)

// inviteFor is how long a one-time registration token is good (2.18.7+, source).
const inviteFor = time.Hour

// inviteRoutes came with 2.18.7 (source, 2026).
func inviteRoutes() []route {
	return []route{{[]string{"POST"}, "/api/runners/{id}/registration-token", asAdmin(onRunner(invite))}}
}

// invite gives out a one-time registration token for a row that is there. The
// token of a runner that works with that row is no good from then on.
func invite(c call, row *Row) reply {
	row.Invite, row.InviteUntil = "smrs_"+rand.Text(), c.server.now().Add(inviteFor)
	row.Token = ""
	return jsonReply(http.StatusOK, struct {
		RegistrationToken string `json:"registration_token"`
		RunnerID          int    `json:"runner_id"`
	}{row.Invite, row.ID})
}

// accept registers the runner of a row that was made before. What the request
// says of name and enabled is ignored (source, 2026; semaphoreui/semaphore#3961).
func accept(c call, body newcomer) reply {
	row := c.server.find(func(r Row) bool { return r.Invite == body.RegistrationToken })
	if row == nil || c.server.now().After(row.InviteUntil) {
		return jsonError(http.StatusBadRequest, "Invalid registration token")
	}
	row.Token, row.Invite = c.server.opts.NewToken(), ""
	if c.server.dialect.keys {
		row.PublicKey = body.PublicKey
	}
	return welcome(c, *row)
}
