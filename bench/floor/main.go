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
	switch {
	case len(os.Args) < 3:
	case os.Args[2] == "poll":
		do = poll
	default:
		do = ask
	}
	if err := do(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "floor:", err)
		os.Exit(1)
	}
}

func run(dir string) error {
	return each(dir, workers, func(name string, buf []byte) error {
		var c config
		return decode(name, buf, &c)
	})
}

// each does something with each file of a directory, some at once, with a buffer.
func each(dir string, workers int, do func(name string, buf []byte) error) error {
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
				if do(filepath.Join(dir, names[i]), buf) != nil {
					failed.Add(1)
				}
			}
		})
	}
	work.Wait()
	if n := failed.Load(); n > 0 { // which is not the same work
		return fmt.Errorf("%d of %d files failed", n, len(names))
	}
	fmt.Println(len(names), "files")
	return nil
}

// decode reads a file, through a buffer, into v.
func decode(name string, buf []byte, v any) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	n, err := io.ReadFull(f, buf)
	if err != nil && err != io.ErrUnexpectedEOF { //nolint:errorlint // ReadFull returns it as it is
		return err
	}
	return json.Unmarshal(buf[:n], v)
}
