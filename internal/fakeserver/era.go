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
}

// dialects are observed on v2.9.37, v2.9.58, v2.10.22 and v2.10.32; E2a is read
// in the source of v2.9.40-beta (go.mod, api/router.go, api/runners/runners.go).
func dialects() map[string]dialect {
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
		"E4c": {
			version: "v2.10.32-f33944e0-1795434763", tokenLen: 44, fullInfo: true,
			routes: join(commonRoutes(), runnerRoutesByToken(), adminRoutes()),
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
