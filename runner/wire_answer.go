package runner

import (
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"strings"
)

// outward is an error without what net/http says of its own insides, which depends
// on whether a connection ended just before or just after the request was written,
// and not longer than people read: it may quote what somebody has sent.
func outward(err error) error {
	if in := errors.Unwrap(err); in != nil && strings.HasPrefix(err.Error(), "readLoopPeekFailLocked: ") {
		err = in
	}
	if words := err.Error(); clipped(words) != words {
		return wordy{err}
	}
	return err
}

// wordy is an error that says too much.
type wordy struct{ error }

func (e wordy) Error() string { return clipped(e.error.Error()) }
func (e wordy) Unwrap() error { return e.error }

// clipped is as much of another's words as is worth quoting.
func clipped(words string) string {
	const enough = 300
	if all := []rune(words); len(all) > enough {
		return string(all[:enough]) + "…"
	}
	return words
}

func reader(body string) io.Reader {
	if body == "" {
		return nil
	}
	return strings.NewReader(body)
}

// readBody reads what matters. An answer that is longer is cut, which is no
// error; one that breaks off is no answer.
func readBody(resp *http.Response) (string, error) {
	if resp.ContentLength == 0 {
		return "", nil
	}
	r, err := unpacked(resp)
	if err != nil {
		return "", err
	}
	b, err := io.ReadAll(io.LimitReader(r, maxBody))
	return string(b), err
}

// unpacked is an answer's body as the runner gets it: Go asks for gzip on the
// runner's behalf and takes it off.
func unpacked(resp *http.Response) (io.Reader, error) {
	if !strings.EqualFold(resp.Header.Get("Content-Encoding"), "gzip") {
		return resp.Body, nil
	}
	packed := io.LimitReader(resp.Body, 2*maxBody) // what cannot be packed gets a little longer
	r, err := gzip.NewReader(packed)
	if errors.Is(err, io.EOF) { // a 204, or an answer to HEAD
		return http.NoBody, nil
	}
	return r, err
}
