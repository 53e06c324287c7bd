package runner

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// recordedTroubles is what each recorded log is about, by the README beside it. A
// scenario with nothing is one in which the runner of that version says nothing:
// up to 2.9.60 it reports no failed write, no slash too many and no lost identity.
func recordedTroubles() map[string][]Topic {
	none := []Topic(nil)
	refused := []Topic{LogRegistrationFails}
	down := []Topic{LogServerUnreachable, LogServerErrors, LogRegistrationFails}
	return map[string][]Topic{
		// 2.9.37 does not say what code its polls are answered with.
		"v2.9.37/a_state_is_config": none, "v2.9.37/b1_dir_missing": none, "v2.9.37/b_dir_unwritable": none, "v2.9.37/c_state_deleted": none,
		"v2.9.37/d2_token_mismatch": none, "v2.9.37/d_stale_deleted": none, "v2.9.37/healthy": none,
		"v2.9.37/e_wrong_regtoken": refused, "v2.9.37/f2_trailing_slash": refused,
		"v2.9.37/f3_no_scheme": {LogURLUnusable}, "v2.9.37/f_no_api": {LogNotSemaphore}, "v2.9.37/i3_self_signed": {LogTLSFails},
		"v2.9.37/h_server_down":     {LogServerUnreachable, LogNotSemaphore, LogRegistrationFails}, // the page of a 502
		"v2.9.37/x_server_v2.10.32": {LogNotSemaphore, LogRegistrationFails},

		"v2.9.58/a_state_is_config": {LogLoop401}, "v2.9.58/d2_token_mismatch": {LogLoop401}, "v2.9.58/d_stale_deleted": {LogLoop404},
		"v2.9.58/b1_dir_missing": none, "v2.9.58/b_dir_unwritable": none, "v2.9.58/c_state_deleted": none, "v2.9.58/healthy": none,
		"v2.9.58/e_wrong_regtoken": refused, "v2.9.58/f2_trailing_slash": refused, "v2.9.58/i4_redirect_301": refused,
		"v2.9.58/f3_no_scheme": {LogURLUnusable}, "v2.9.58/f_no_api": {LogNotSemaphore}, "v2.9.58/i3_self_signed": {LogTLSFails},
		"v2.9.58/h_server_down": down, "v2.9.58/tasks_trailing_slash": {LogTaskRunsAgain},
		"v2.9.58/x_server_v2.10.32": {LogRegistrationFails, LogLoop401},

		"v2.10.22/a_state_is_config": refused, // the second start has no registration token any more
		"v2.10.22/b1_dir_missing":    {LogRegistersAgain}, "v2.10.22/b_dir_unwritable": {LogRegistersAgain}, "v2.10.22/c_state_deleted": {LogRegistersAgain},
		"v2.10.22/d2_token_mismatch": {LogLoop401}, "v2.10.22/d_stale_deleted": {LogLoop404},
		"v2.10.22/e_wrong_regtoken": refused, "v2.10.22/f2_trailing_slash": refused,
		"v2.10.22/f3_no_scheme": {LogURLUnusable}, "v2.10.22/f_no_api": {LogNotSemaphore}, "v2.10.22/i3_self_signed": {LogTLSFails},
		"v2.10.22/h_server_down": down, "v2.10.22/healthy": none, "v2.10.22/tasks_trailing_slash": {LogTaskRunsAgain},
		"v2.10.22/u_upgraded_server_from_v2.9.58": none, "v2.10.22/x_server_v2.10.32": {LogRegistrationFails, LogLoop401},

		"v2.10.32/b1_dir_missing": {LogTokenUnusable, LogIdentityNotStored}, "v2.10.32/b_dir_unwritable": {LogTokenUnusable, LogIdentityNotStored},
		"v2.10.32/c_token_deleted": {LogTokenUnusable, LogRegistersAgain},
		"v2.10.32/d2_bogus_token":  {LogLoop404}, "v2.10.32/d_stale_deleted": {LogLoop404},
		"v2.10.32/e_wrong_regtoken": refused, "v2.10.32/f2_trailing_slash": refused, "v2.10.32/i4_redirect_301": refused,
		"v2.10.32/f3_no_scheme":   {LogRunnerPanics},
		"v2.10.32/f_with_api":     {LogRegistrationFails, LogLoop404},
		"v2.10.32/h_server_down":  {LogServerUnreachable, LogServerErrors},
		"v2.10.32/healthy":        {LogWrongCommand}, // its last start is the command of older versions
		"v2.10.32/i3_self_signed": {LogTLSFails}, "v2.10.32/j_inactive": none,
		"v2.10.32/m_token_is_config":               {LogConfigRefused, LogTokenUnusable},
		"v2.10.32/tasks_trailing_slash":            {LogTaskRunsAgain},
		"v2.10.32/u_upgraded_server_from_v2.10.22": none,
		"v2.10.32/x_server_v2.10.22":               {LogRegistrationFails, LogLoop404},
		"v2.10.32/x_server_v2.9.58":                {LogRegistrationFails, LogLoop404},
	}
}

// recordedEras are the spans that the logs of a version must be in.
func recordedEras() map[string]Era {
	return map[string]Era{"v2.9.37": E1, "v2.9.58": E2b, "v2.10.22": E3, "v2.10.32": E4c}
}

// TestRecordedLogs reads every recorded log and demands what it is known to be
// about and nothing else, from a version that it can be of.
func TestRecordedLogs(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../testdata/recordings/*/log/*.log")
	if err != nil {
		t.Fatal(err)
	}
	want := recordedTroubles()
	if len(files) != len(want) {
		t.Errorf("found %d recorded logs, want %d", len(files), len(want))
	}
	for _, file := range files {
		version := filepath.Base(filepath.Dir(filepath.Dir(file)))
		name := version + "/" + strings.TrimSuffix(filepath.Base(file), ".log")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			life := readLog(t, LogOptions{}, contentOf(t, file))
			topics, known := want[name]
			if diff := cmp.Diff(topics, topicsOf(life)); diff != "" || !known {
				t.Errorf("what the log is about (-want +got):\n%s", diff)
			}
			if era := recordedEras()[version]; !era.Within(life.Eras.First, life.Eras.Last) || life.Eras.First == "" || life.Eras.Changed {
				t.Errorf("the words are of %s to %s (changed %v), want around %s", life.Eras.First, life.Eras.Last, life.Eras.Changed, era)
			}
		})
	}
}

func contentOf(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// readLog reads a whole log.
func readLog(t *testing.T, o LogOptions, log string) *Life {
	t.Helper()
	r := NewLogReader(o)
	if _, err := r.Write([]byte(log)); err != nil {
		t.Fatal(err)
	}
	r.Flush()
	return r.Life()
}

func topicsOf(l *Life) (topics []Topic) {
	for _, trouble := range l.Troubles {
		topics = append(topics, trouble.Topic)
	}
	return topics
}
