// Command floor is what nobody can be faster than who checks many configs: it
// lists a directory, reads the files in it and decodes them, with two workers,
// and does nothing with what they say. Or who asks after many runners: it asks so
// many times for a URL, with sixteen workers, over connections that are kept.
//
//	floor DIR
//	floor URL COUNT
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
)

// workers are as many as there were processors where the bar was set.
const workers = 2

// config is what a checker at least has to know of a config.
type config struct {
	Runner struct {
		APIURL            string `json:"api_url"`
		ConfigFile        string `json:"config_file"`
		RegistrationToken string `json:"registration_token"`
	} `json:"runner"`
	TmpPath string `json:"tmp_path"`
}

func main() {
	do := run
	if len(os.Args) > 2 {
		do = ask
	}
	if err := do(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "floor:", err)
		os.Exit(1)
	}
}

func run(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	names, err := d.Readdirnames(-1)
	d.Close()
	if err != nil {
		return err
	}
	var next, failed atomic.Int64
	var work sync.WaitGroup
	for range workers {
		work.Go(func() {
			buf := make([]byte, 64<<10)
			for i := next.Add(1) - 1; i < int64(len(names)); i = next.Add(1) - 1 {
				if decode(filepath.Join(dir, names[i]), buf) != nil {
					failed.Add(1)
				}
			}
		})
	}
	work.Wait()
	fmt.Println(len(names), "files,", failed.Load(), "failed")
	return nil
}

func decode(name string, buf []byte) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	n, err := io.ReadFull(f, buf)
	if err != nil && err != io.ErrUnexpectedEOF { //nolint:errorlint // ReadFull returns it as it is
		return err
	}
	var c config
	return json.Unmarshal(buf[:n], &c)
}
