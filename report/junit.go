package report

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
)

// The JUnit shape that Jenkins and GitLab read. GitLab tells cases apart by
// classname and name and shows no failure@message, so the text is in the body
// as well; the Jenkins schema knows no skipped@message.
type (
	junitSuites struct {
		XMLName  xml.Name `xml:"testsuites"`
		Name     string   `xml:"name,attr"`
		Tests    int      `xml:"tests,attr"`
		Failures int      `xml:"failures,attr"`
		Errors   int      `xml:"errors,attr"`
		Time     string   `xml:"time,attr"`
	}
	junitSuite struct {
		XMLName   xml.Name `xml:"testsuite"`
		Name      string   `xml:"name,attr"`
		Tests     int      `xml:"tests,attr"`
		Failures  int      `xml:"failures,attr"`
		Errors    int      `xml:"errors,attr"`
		Skipped   int      `xml:"skipped,attr"`
		Time      string   `xml:"time,attr"`
		Timestamp string   `xml:"timestamp,attr"`
		Cases     []junitCase
	}
	junitCase struct {
		XMLName   xml.Name      `xml:"testcase"`
		Class     string        `xml:"classname,attr"`
		Name      string        `xml:"name,attr"`
		Time      string        `xml:"time,attr"`
		Skipped   *junitText    `xml:"skipped"`
		Error     *junitMessage `xml:"error"`
		Failure   *junitMessage `xml:"failure"`
		SystemOut string        `xml:"system-out,omitempty"`
	}
	junitText struct {
		Text string `xml:",chardata"`
	}
	junitMessage struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",chardata"`
	}
)

// JUnit writes a test suite a target and a test case a check, passes included:
// a failure for a failing check, an error for one that could not find out.
func JUnit() Format {
	return func(w io.Writer, f Frame) Stream { return &junitStream{w: w, suites: f.Spool(), started: f.StartedAt} }
}

// junitStream keeps the suites until their sums are known.
type junitStream struct {
	w       io.Writer
	suites  Spool
	started time.Time
	sum     junitSuites
}

// Target implements Stream.
func (s *junitStream) Target(t Target) error {
	one := s.suite(t)
	s.sum.Tests, s.sum.Failures, s.sum.Errors = s.sum.Tests+one.Tests, s.sum.Failures+one.Failures, s.sum.Errors+one.Errors
	b, err := xml.MarshalIndent(one, "  ", "  ")
	if err != nil {
		return fmt.Errorf("write report as JUnit: %w", err)
	}
	_, err = s.suites.Write(append(b, '\n'))
	return err
}

// Close implements Stream.
func (s *junitStream) Close(r *Report) error {
	s.sum.Name, s.sum.Time = "semadoctor", seconds(r.DurationMS)
	b, err := xml.MarshalIndent(s.sum, "", "  ")
	if err != nil {
		return cmp.Or(fmt.Errorf("write report as JUnit: %w", err), s.suites.Close())
	}
	const end = "</testsuites>"
	out := bufio.NewWriter(s.w)
	fmt.Fprintf(out, "%s%s\n", xml.Header, bytes.TrimSuffix(b, []byte(end)))
	_, err = s.suites.WriteTo(out)
	fmt.Fprintln(out, end)
	return cmp.Or(err, out.Flush(), s.suites.Close())
}

func (s *junitStream) suite(t Target) junitSuite {
	one := junitSuite{Name: t.Name, Timestamp: s.started.Format("2006-01-02T15:04:05")}
	var ms int64
	for _, res := range t.Results {
		c := testCase(t, res)
		one.Tests++
		switch {
		case c.Failure != nil:
			one.Failures++
		case c.Error != nil:
			one.Errors++
		case c.Skipped != nil:
			one.Skipped++
		}
		ms += res.DurationMS
		one.Cases = append(one.Cases, c)
	}
	one.Time = seconds(ms)
	return one
}

func testCase(t Target, res Result) junitCase {
	area, _, _ := strings.Cut(res.Check, "/")
	c := junitCase{Class: "semadoctor." + area, Name: fmt.Sprintf("%s %s [%s]", res.Check, res.Title, t.Name), Time: seconds(res.DurationMS)}
	switch res.Status {
	case "skip":
		c.Skipped = &junitText{res.Because}
	case "unknown":
		c.Error = &junitMessage{res.Because, "unknown", res.Because}
	case "fail":
		c.Failure = &junitMessage{first(res), ids(res), prose(res)}
	default:
		c.SystemOut = prose(res)
	}
	return c
}

func first(res Result) string {
	for _, f := range res.Findings {
		if f.Status == res.Status {
			return f.Summary
		}
	}
	return res.Title
}

func ids(res Result) string {
	var all []string
	for _, f := range res.Findings {
		if f.ID != "" {
			all = append(all, f.ID)
		}
	}
	return strings.Join(all, " ")
}

// prose is all of a result's findings as plain text.
func prose(res Result) string {
	var b strings.Builder
	for _, f := range res.Findings {
		fmt.Fprintf(&b, "%s %s: %s%s\n", f.Status, f.ID, f.Summary, becauseOf(f))
		for _, line := range append([]string{f.Detail}, f.Advice...) {
			if line != "" {
				fmt.Fprintf(&b, "  %s\n", line)
			}
		}
		if f.Fix != nil {
			fmt.Fprintf(&b, "  %s: %s\n", f.Fix.label(), f.Fix.Title)
		}
	}
	return b.String()
}

func seconds(ms int64) string { return fmt.Sprintf("%.3f", float64(ms)/1000) }
