package report

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// SettingsText writes one line a setting, for grep:
//
//	set web_host /etc/semaphore/config.json: http://… (line 2 of …; overrides …)
func SettingsText(s Style) SettingsWriter {
	return func(w io.Writer, doc *Settings) error {
		b := bufio.NewWriter(w)
		for _, t := range doc.Targets {
			if t.Error != "" {
				fmt.Fprintf(b, "%s config %s: %s\n", t.Status, t.Name, t.Error)
			}
			for _, v := range t.Settings {
				fmt.Fprintln(b, s.plain(s.settingLine(t, v)))
			}
			for _, r := range t.Refused {
				fmt.Fprintln(b, s.plain(fmt.Sprintf("refused %s %s: %s (%s)", r.Key, t.Name, r.Got, s.from(r.Origin, r.Key))))
			}
		}
		return b.Flush()
	}
}

func (s Style) settingLine(t SettingsTarget, v Setting) string {
	var more []string
	if v.Origin != nil {
		more = append(more, s.from(*v.Origin, v.label()))
	}
	for _, o := range v.Overrides {
		more = append(more, s.word("overrides %s", s.from(o, v.label())))
	}
	if by := s.readBy(v.ReadBy); !by.IsZero() {
		more = append(more, by.In(s.Lang))
	}
	line := fmt.Sprintf("%s %s %s: %s", v.Status, v.label(), t.Name, s.quoted(v.Value))
	if v.Status == "unset" {
		line = fmt.Sprintf("%s %s %s", v.Status, v.label(), t.Name)
	}
	if len(more) > 0 {
		line += " (" + strings.Join(more, "; ") + ")"
	}
	return line
}

// SettingsJSON writes settings as one JSON document.
func SettingsJSON(w io.Writer, doc *Settings) error {
	b, err := json.MarshalIndent(doc, "", "  ")
	if err != nil {
		return fmt.Errorf("write settings as JSON: %w", err)
	}
	_, err = w.Write(append(b, '\n'))
	return err
}
