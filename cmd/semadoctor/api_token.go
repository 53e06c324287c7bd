package main

import (
	"context"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
)

// apiTokenEnv holds an API token; --server-token-file goes before it. It is ours
// and not the runner's, who never gets to see it.
const apiTokenEnv = "SEMADOCTOR_API_TOKEN"

// apiToken is the API token the user gives; "" when there is none.
func (a *app) apiToken(c *cli.Context, p *patients) (string, error) {
	token, from := a.Env[apiTokenEnv], apiTokenEnv
	if file := c.String("server-token-file"); file != "" {
		data, err := host.ReadThrough(p.disk, a.abs(file))
		if err != nil {
			return "", usagef("read API token: %w", err)
		}
		if token, from = strings.TrimSpace(string(data)), file; token == "" {
			return "", usagef("there is no API token in %s", file)
		}
	}
	token = strings.TrimSpace(token)
	if strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
		return "", usagef("what %s holds is no API token: it has blanks or control characters in it", from)
	}
	return token, nil
}

// oneServer keeps an API token from going to several servers: it belongs to one,
// and a config is the word of whoever may write it. What the configs say now holds
// for all that follows, whatever a repair makes of them.
func (p *patients) oneServer(ctx context.Context) error {
	seen := ""
	for i := range p.count() {
		t := p.at(i)
		if foreign(t) != nil {
			continue
		}
		c, err := t.Config(ctx)
		if err != nil {
			continue // no origin, so nothing is sent for that one
		}
		switch origin := runner.NewServer(c).Origin(); {
		case origin == "" || origin == seen:
		case seen != "":
			return usagef("these runners have different servers, %s and %s, and an API token belongs to one, as a registration token does: name the runners of one server", seen, origin)
		default:
			seen = origin
		}
	}
	for _, t := range append(p.others[:len(p.others):len(p.others)], p.like) {
		if t != nil && foreign(t) == nil {
			t.APIOrigin = seen
		}
	}
	return nil
}
