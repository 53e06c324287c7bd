// Command poller stands for a runner that is started: it sends one request and
// ends; or, with -flood, it says so many MB of what a runner with tasks says.
package main

import (
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
)

func main() {
	act := func() error { return poll(os.Args[1]) }
	if os.Args[1] == "-flood" {
		act = func() error { return flood(os.Args[2]) }
	}
	if err := act(); err != nil {
		fmt.Fprintln(os.Stderr, "poller:", err)
		os.Exit(1)
	}
}

func poll(url string) error {
	req, err := http.NewRequest(http.MethodPut, url, strings.NewReader("{}"))
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// flood writes to standard output.
func flood(megabytes string) error {
	n, err := strconv.Atoi(megabytes)
	if err != nil {
		return err
	}
	const line = "time=\"2026-11-30T02:11:04Z\" level=info msg=\"Task 12 finished (success)\" context=job_running type=task\n" +
		"TASK [common : install packages] ok: [host-17] => (item=chrony)\n"
	block := strings.Repeat(line, 64<<10/len(line))
	for sent := 0; sent < n*1_000_000; sent += len(block) {
		if _, err := os.Stdout.WriteString(block); err != nil {
			return err
		}
	}
	return nil
}
