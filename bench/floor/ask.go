package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
)

// askers are as many as there were where the bar was set.
const askers = 16

// ask asks for url as often as the command line says.
func ask(url string) error {
	count, err := strconv.ParseInt(os.Args[2], 10, 64)
	if err != nil {
		return err
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: askers}}
	var next, failed atomic.Int64
	var work sync.WaitGroup
	for range askers {
		work.Go(func() {
			for next.Add(1) <= count {
				if get(client, url) != nil {
					failed.Add(1)
				}
			}
		})
	}
	work.Wait()
	if n := failed.Load(); n > 0 {
		return fmt.Errorf("%d of %d requests failed", n, count)
	}
	fmt.Println(count, "requests")
	return nil
}

func get(client *http.Client, url string) error {
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}
