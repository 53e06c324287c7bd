// Command poller stands for a runner that is started: it sends one request and
// ends.
package main

import (
	"fmt"
	"net/http"
	"os"
	"strings"
)

func main() {
	if err := poll(os.Args[1]); err != nil {
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
