package fakeserver

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A dialect is what distinguishes the server of one era. Adding an era means
// adding a row to dialects.
type dialect struct {
	version  string // what /api/info says unless Options.Version is given
	routes   []route
	tokenLen int // 12 alphanumerics, or 44 for base64 of 32 bytes

	// idReply: a registration answers with the row's id, too (E1-E3).
	idReply bool

	// activeAtBirth is false where a registered runner must first be
	// activated (E4: observed v2.10.32).
	activeAtBirth bool

	// oldRouter: gorilla/mux 1.7.3 with the UI handler of before v2.9.41:
	// 405 for a known path with another method, and bare answers without a body.
	oldRouter bool

	// fullInfo: /api/info names web_host and use_remote_runner, too.
	fullInfo bool

	later
}

// later is what came after v2.10.32, none of it observed: read in the source of
// 2025 and 2026, and in upstream's documentation.
type later struct {
	// keys: a registration stores a public key, and what a poll is answered is
	// encrypted for it (2.12 - 2.18, source).
	keys bool

	// touches: a poll marks the runner as seen, and eats its one-shot request to
	// clear its cache (2.14+, source).
	touches bool

	// asksToEnable: a registration says itself whether the row is active.
	asksToEnable bool

	// invites: one-time registration tokens that begin with smrs_ (2.18.7+).
	invites bool

	// judges: reports with jobs are answered 200 with what to stop, and an
	// unknown status is refused; X-Runner-Started-At is stored (2.19+).
	judges bool
}

// dialects are observed on v2.9.37, v2.9.58, v2.10.22 and v2.10.32; E2a is read
// in the source of v2.9.40-beta (go.mod, api/router.go, api/runners/runners.go).
// What is newer nobody has observed: see later.
func dialects() map[string]dialect {
	all := dialectsByID()
	for era, d := range dialectsByToken() {
		d.fullInfo = true
		all[era] = d
	}
	return all
}

// dialectsByID are those in which a registered runner has a number.
func dialectsByID() map[string]dialect {
	return map[string]dialect{
		"E1": {
			version: "v2.9.37", tokenLen: 12, idReply: true, activeAtBirth: true, oldRouter: true,
			routes: join(commonRoutes(), runnerRoutesByID(authorizeByID, nil)),
		},
		"E2a": {
			version: "v2.9.40-beta", tokenLen: 12, idReply: true, activeAtBirth: true, oldRouter: true,
			routes: join(commonRoutes(), runnerRoutesByID(authorizeTokenThenRow, nil)),
		},
		"E2b": {
			version: "v2.9.58", tokenLen: 12, idReply: true, activeAtBirth: true,
			routes: join(commonRoutes(), runnerRoutesByID(authorizeRowThenToken, nil)),
		},
		"E3": {
			version: "v2.10.22-e44910d4-1795434895", tokenLen: 12, idReply: true, activeAtBirth: true,
			routes: join(commonRoutes(), runnerRoutesByID(authorizeRowThenToken, unregisterNothing)),
		},
	}
}

// dialectsByToken are those in which the token says who a runner is. E4a and E4b
// are broken on the runner's side alone: their servers answer as E4c's (source
// v2.10.26-beta, v2.10.27). E7 refuses redirects in its runner, not in its server.
func dialectsByToken() map[string]dialect {
	e4 := join(commonRoutes(), runnerRoutesByToken(), adminRoutes())
	return map[string]dialect{
		"E4a": {version: "v2.10.26-beta-00000000-1727654400", tokenLen: 12, routes: e4},
		"E4b": {version: "v2.10.27-00000000-1728864000", tokenLen: 44, routes: e4},
		"E4c": {version: "v2.10.32-f33944e0-1795434763", tokenLen: 44, routes: e4},
		"E5": {
			version: "v2.16.31-00000000-1757894400", tokenLen: 44, routes: e4,
			later: later{keys: true, touches: true},
		},
		"E5b": {
			version: "v2.18.26-00000000-1780272000", tokenLen: 44, routes: join(e4, inviteRoutes()),
			later: later{keys: true, touches: true, asksToEnable: true, invites: true},
		},
		"E6": {
			version: "v2.19.12-00000000-1788480000", tokenLen: 44, routes: join(e4, inviteRoutes()),
			later: later{touches: true, asksToEnable: true, invites: true, judges: true},
		},
		"E7": {
			version: "v2.20.0-00000000-1790985600", tokenLen: 44, routes: join(e4, inviteRoutes()),
			later: later{touches: true, asksToEnable: true, invites: true, judges: true},
		},
	}
}

// lookupDialect panics for an era nobody taught it: a programmer's mistake.
func lookupDialect(era string) dialect {
	all := dialects()
	d, ok := all[era]
	if !ok {
		known := strings.Join(slices.Sorted(maps.Keys(all)), ", ")
		panic(fmt.Sprintf("fakeserver: no server of era %q, only %s", era, known))
	}
	return d
}

func join(lists ...[]route) []route { return slices.Concat(lists...) }
