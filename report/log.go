package report

import (
	"github.com/semadoctor/semadoctor/checks"
)

// LogSchema is the version of the JSON document of a log.
const LogSchema = 1

// A Log is what a runner's log tells, and what is wrong with the runner because
// of it, in the shape of the JSON document. Times are RFC 3339 with the offset of
// the log, "+1s" after the start where the log has no dates, or "".
type Log struct {
	Schema   int      `json:"schema"`
	Document string   `json:"document"` // "log": what tells it from a report
	Tool     Tool     `json:"tool"`
	Verdict  Verdict  `json:"verdict"`
	ExitCode int      `json:"exit_code"`
	Counts   Counts   `json:"counts"`
	Log      LogLife  `json:"log"`
	Targets  []Target `json:"targets"` // one, as in a report
	Stopped  string   `json:"stopped,omitempty"`
}

// A LogLife is the life of a runner as its log tells it.
type LogLife struct {
	Sources       []string    `json:"sources"` // files and commands, in the order in which they were read
	Lines         int64       `json:"lines"`
	Bytes         int64       `json:"bytes"`
	From          string      `json:"from"`
	Until         string      `json:"until"`
	Eras          LogEras     `json:"eras"`
	Starts        int64       `json:"starts"`
	Registrations int64       `json:"registrations"` // up to 2.9.60 no line tells
	Moments       []LogMoment `json:"moments"`
	LeftOut       int64       `json:"left_out"` // moments in the middle that were not kept
	Tasks         LogTasks    `json:"tasks"`
}

// LogEras are the versions that the words of a log fit to; all "" when nothing
// tells.
type LogEras struct {
	First   string `json:"first"` // era
	Last    string `json:"last"`
	From    string `json:"from"` // release
	To      string `json:"to"`   // release; "" up to the newest
	Says    string `json:"says"` // the words that told
	Changed bool   `json:"changed"`
}

// A LogMoment is a step in the life, or many of one kind in a row.
type LogMoment struct {
	From  string `json:"from"`
	Until string `json:"until"`
	Lines int64  `json:"lines"`
	Deed  string `json:"deed"` // "starts", "registers", …; "" of trouble
	ID    string `json:"id"`   // of the problem; "" of a deed
	Code  int    `json:"code"` // HTTP status; 0 for none
	Text  string `json:"text"` // in words
	Line  string `json:"line"` // the first line of trouble
}

// LogTasks are the tasks of a log.
type LogTasks struct {
	Enqueued int64     `json:"enqueued"`
	Finished int64     `json:"finished"`
	Failed   int64     `json:"failed"`
	Again    int64     `json:"again"`  // enqueued though it had been within a minute
	Recent   []LogTask `json:"recent"` // the last ones
}

// A LogTask is one run of a task.
type LogTask struct {
	ID       int64  `json:"id"`
	Run      int    `json:"run"` // 1; more when it has come again
	State    string `json:"state"`
	Failed   bool   `json:"failed"`
	Enqueued string `json:"enqueued"`
	Started  string `json:"started"`
	Finished string `json:"finished"`
}

// MakeLog makes the document: words chosen, secrets taken out, verdict and exit
// code those of the report of the diagnosis.
func MakeLog(life LogLife, d checks.Diagnosis, o Options) (*Log, *Report) {
	m := maker{o}
	r := Make([]checks.Diagnosis{d}, o)
	moments := make([]LogMoment, len(life.Moments))
	for i, moment := range life.Moments {
		moment.Text, moment.Line = m.text(moment.Text), m.text(moment.Line)
		moments[i] = moment
	}
	sources := make([]string, len(life.Sources))
	for i, s := range life.Sources {
		sources[i] = m.text(s)
	}
	life.Moments, life.Sources = moments, sources
	if life.Tasks.Recent == nil {
		life.Tasks.Recent = []LogTask{}
	}
	return &Log{
		Schema: LogSchema, Document: "log", Tool: r.Tool, Verdict: r.Verdict, ExitCode: r.ExitCode, Counts: r.Counts,
		Log: life, Targets: r.Targets, Stopped: r.Stopped,
	}, r
}
