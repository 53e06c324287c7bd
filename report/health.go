package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
)

// Health is a report as application/health+json, a draft that load balancers and
// dashboards read (draft-inadarei-api-health-check).
type Health struct {
	Status    string                   `json:"status"`    // pass, warn or fail
	Version   string                   `json:"version"`   // of the schema of Checks
	ReleaseID string                   `json:"releaseId"` // of semadoctor
	Output    string                   `json:"output,omitempty"`
	Checks    map[string][]HealthCheck `json:"checks,omitempty"`
}

// A HealthCheck is one check of Health.
type HealthCheck struct {
	ComponentType string    `json:"componentType"`
	ObservedValue string    `json:"observedValue,omitempty"`
	Status        string    `json:"status"` // pass, warn or fail
	Time          time.Time `json:"time"`
	Output        string    `json:"output,omitempty"` // of what is not pass
	Links         []string  `json:"links,omitempty"`
}

// NewHealth is the health of the only target of a report, as seen at that time.
func NewHealth(r *Report, at time.Time) *Health {
	h := &Health{Status: "pass", Version: fmt.Sprint(Schema), ReleaseID: r.Tool.Version, Checks: map[string][]HealthCheck{}}
	for _, t := range r.Targets {
		for _, res := range t.Results {
			if res.Status != "skip" {
				h.Add(strings.Replace(res.Check, "/", ":", 1), healthOf(res, at))
			}
		}
	}
	return h
}

// Add takes one more check, "component:measurement". The first of the worst gives
// the output of the whole.
func (h *Health) Add(name string, c HealthCheck) {
	h.Checks[name] = append(h.Checks[name], c)
	if rank(c.Status) > rank(h.Status) {
		h.Status, h.Output = c.Status, c.Output
	}
}

func rank(status string) int { return strings.Index("passwarnfail", status) }

func healthOf(res Result, at time.Time) HealthCheck {
	c := HealthCheck{ComponentType: "component", ObservedValue: res.Status, Time: at.UTC().Truncate(time.Second), Output: res.Because}
	switch c.Status = res.Status; res.Status {
	case "unknown":
		c.Status = "warn"
	case "pass":
		return c
	}
	for _, f := range res.Findings {
		if f.ID != "" && f.Status == res.Status {
			c.Output = f.ID + ": " + f.Summary
			c.Links = []string{f.Doc}
			break
		}
	}
	return c
}

// Write writes it; without its checks where only the sum is wanted.
func (h *Health) Write(w io.Writer, checks bool) error {
	doc := *h
	if !checks {
		doc.Checks = nil
	}
	b, err := json.MarshalIndent(doc, "", "  ")
	if err != nil {
		return fmt.Errorf("write health: %w", err)
	}
	_, err = w.Write(append(b, '\n'))
	return err
}
