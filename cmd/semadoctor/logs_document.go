package main

import (
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// lifeOf is the life that a target's log tells, in the words of the document.
func lifeOf(t *checks.Target, sources []string, lang say.Lang) report.LogLife {
	l := t.Log.Life
	out := report.LogLife{
		Sources: sources, Lines: l.Lines, Bytes: l.Bytes, From: l.From.String(), Until: l.Until.String(), Eras: erasOf(l.Eras),
		Starts: l.Starts, Registrations: l.Registrations, LeftOut: l.Left,
		Tasks: report.LogTasks{Enqueued: l.Tasks.Enqueued, Finished: l.Tasks.Finished, Failed: l.Tasks.Failed, Again: l.Tasks.Again},
	}
	for _, m := range l.Moments {
		out.Moments = append(out.Moments, report.LogMoment{
			From: m.From.String(), Until: m.Until.String(), Lines: m.N, Deed: string(m.Deed), ID: string(m.Topic), Code: m.Code,
			Text: checks.MomentWords(m).In(lang), Line: string(t.Secrets.MaskLine([]byte(m.Text))),
		})
	}
	for _, task := range l.Tasks.Recent {
		out.Tasks.Recent = append(out.Tasks.Recent, report.LogTask{
			ID: task.ID, Run: task.Run, State: string(task.State), Failed: task.Failed,
			Enqueued: task.Enqueued.String(), Started: task.Started.String(), Finished: task.Finished.String(),
		})
	}
	return out
}

func erasOf(s runner.EraSpan) report.LogEras {
	e := report.LogEras{First: string(s.First), Last: string(s.Last), Says: s.Says, Changed: s.Changed}
	e.From, _ = s.First.Releases()
	_, e.To = s.Last.Releases()
	return e
}

// A liveLog tells on stderr what a log says while it is followed. What goes on is
// said once.
type liveLog struct {
	app     *app
	out     io.Writer
	secrets *runner.Secrets
	lang    say.Lang
	deed    runner.Deed
	topic   runner.Topic
	code    int
}

func (a *app) live(c *cli.Context, secrets *runner.Secrets) *liveLog {
	return &liveLog{app: a, out: a.Stderr, secrets: secrets, lang: a.language(c)}
}

func (l *liveLog) event(e runner.LogEvent) {
	switch {
	case e.State != "":
		l.say(e, say.Textf("task %d: %s", e.Task, taskWord(e)))
	case e.Topic == runner.LogUnknownError:
		l.say(e, say.Verbatim(string(l.secrets.MaskLine([]byte(e.Text)))))
	case e.Deed == l.deed && e.Topic == l.topic && e.Code == l.code:
		return
	case e.Deed != "" || e.Topic != "":
		l.say(e, checks.MomentWords(runner.Moment{Deed: e.Deed, Topic: e.Topic, Code: e.Code}))
	}
	l.deed, l.topic, l.code = e.Deed, e.Topic, e.Code
}

func taskWord(e runner.LogEvent) runner.TaskState {
	if e.Failed {
		return "failed"
	}
	return e.State
}

func (l *liveLog) say(e runner.LogEvent, words say.Text) {
	text := words.In(l.lang)
	if at := e.At.String(); at != "" {
		text = at + " " + text
	}
	fmt.Fprintln(l.out, l.app.safe(text))
}
