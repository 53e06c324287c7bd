package checktest

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/semadoctor/semadoctor/internal/fakeserver"
)

// behind is who answers in the end: an era's Semaphore, or "html", "hang",
// "login", or a status.
func (n *network) behind(kind string, words []string) http.Handler {
	switch status, err := strconv.Atoi(kind); {
	case err == nil:
		return fakeserver.Status(status, page(status))
	case kind == "html":
		return fakeserver.HTML200()
	case kind == "hang":
		return fakeserver.Hang()
	case kind == "login":
		return fakeserver.Unauthorized("Staff only")
	}
	o := fakeserver.Options{Era: kind, RegistrationToken: registrationToken, NewToken: newToken(kind), APIToken: apiToken, UserToken: userToken}
	o.Now = now
	for _, w := range words {
		switch name, arg, _ := strings.Cut(w, "="); name {
		case "date":
			if by, err := time.ParseDuration(arg); err == nil { // an error is told when the fault is put in
				o.Now = func() time.Time { return now().Add(by) }
			}
		case "base":
			o.BasePath = arg
		case "release":
			o.Version = arg
		case "local":
			o.RunLocally = true
		}
	}
	n.server = fakeserver.New(o)
	return n.server
}

// registrationToken is that of every server of a case.
const registrationToken = secretMark + "-registration"

// newToken makes tokens of an era's shape that are known when they escape.
func newToken(era string) func() string {
	n, form := 0, secretMark+"new%034d="
	if era < "E4" {
		form = secretMark + "%06d"
	}
	return func() string {
		n++
		return fmt.Sprintf(form, n)
	}
}

// The API tokens that every server of a case knows: an administrator's, and one
// of somebody who is none.
const (
	apiToken  = "S3CR3T-api-token-of-an-administrator"
	userToken = "S3CR3T-api-token-of-a-user"
)

// page is what a proxy says with a status; 403 is a firewall's plain text.
func page(status int) string {
	switch status {
	case http.StatusForbidden:
		return "Request blocked\n"
	case http.StatusBadGateway:
		return fakeserver.BadGatewayPage
	}
	return "<html><title>" + http.StatusText(status) + "</title></html>\n"
}
