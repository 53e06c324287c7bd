package main

import (
	"fmt"
	"net/http"
	"strings"
)

// state is who a runner of 2.9.58 is, and shows itself to be.
type state struct {
	RunnerID int    `json:"runner_id"`
	Token    string `json:"token"`
}

// poll is the least that tells of each config in a directory whether its server
// takes its runner for one of its own.
func poll(dir string) error {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: askers}}
	return each(dir, askers, func(name string, buf []byte) error {
		var c config
		if err := decode(name, buf, &c); err != nil {
			return err
		}
		var s state
		if err := decode(c.Runner.ConfigFile, buf, &s); err != nil {
			return err
		}
		return show(client, fmt.Sprintf("%s/runners/%d", c.Runner.APIURL, s.RunnerID), s.Token)
	})
}

func show(client *http.Client, url, token string) error {
	req, err := http.NewRequest(http.MethodPut, url, strings.NewReader("{}"))
	if err != nil {
		return err
	}
	req.Header.Set("X-API-Token", token)
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusNoContent {
		return fmt.Errorf("%s: %s", url, resp.Status)
	}
	return nil
}
