package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the style sheet
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// maxHTML is how long a page of HTML gets, in bytes: what a browser still opens at
// once.
const maxHTML = 8 << 20

// HTML writes a page in one file: no scripts, nothing from elsewhere, well-formed as
// XML too.
func HTML(s Style) Format { return htmlUpTo(s, maxHTML) }

func htmlUpTo(s Style, limit int) Format {
	return func(w io.Writer, f Frame) Stream { return newPage(s, hypertext{s.Lang}, limit, w, f) }
}

// styleSheet is all that the page's policy lets a browser apply or load.
//
//go:embed html.css
var styleSheet string

// hypertext is HTML, by hand: html/template would make the program larger by 0.18 MB.
type hypertext struct{ lang say.Lang }

func (h hypertext) open(b *bytes.Buffer, title string) {
	lang := "en"
	if h.lang == say.Chinese {
		lang = "zh-Hans"
	}
	sum := sha256.Sum256([]byte(styleSheet))
	fmt.Fprintf(b, `<!DOCTYPE html>
<html lang="%s">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'"/>
<meta name="referrer" content="no-referrer"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>%s</title>
<style>%s</style>
</head>
<body>
<main>
`, lang, base64.StdEncoding.EncodeToString(sum[:]), h.text(title), styleSheet)
}

func (hypertext) shut(b *bytes.Buffer) { b.WriteString("</main>\n</body>\n</html>\n") }

func (h hypertext) heading(b *bytes.Buffer, level int, status string, line ...phrase) {
	fmt.Fprintf(b, "<h%d class=\"%s\">%s</h%d>\n", level, h.text(status), h.line(line), level)
}

func (h hypertext) paragraph(b *bytes.Buffer, line ...phrase) {
	fmt.Fprintf(b, "<p>%s</p>\n", h.line(line))
}

func (h hypertext) strong(b *bytes.Buffer, text string) {
	fmt.Fprintf(b, "<p><strong>%s</strong></p>\n", h.text(text))
}

func (hypertext) startList(b *bytes.Buffer) { b.WriteString("<ul>\n") }
func (hypertext) endList(b *bytes.Buffer)   { b.WriteString("</ul>\n") }

func (h hypertext) item(b *bytes.Buffer, line ...phrase) {
	fmt.Fprintf(b, "<li>%s</li>\n", h.line(line))
}

func (h hypertext) fold(b *bytes.Buffer, title string, head []string, rows []row) {
	fmt.Fprintf(b, "<details>\n<summary>%s</summary>\n<table>\n<thead><tr>", h.text(title))
	for _, c := range head {
		fmt.Fprintf(b, "<th scope=\"col\">%s</th>", h.text(c))
	}
	b.WriteString("</tr></thead>\n<tbody>\n")
	for _, r := range rows {
		fmt.Fprintf(b, "<tr class=\"%s\">", h.text(r.status))
		for _, c := range r.cells {
			fmt.Fprintf(b, "<td>%s</td>", h.text(c))
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody>\n</table>\n</details>\n")
}

func (h hypertext) line(line []phrase) string {
	var b strings.Builder
	for _, p := range line {
		switch {
		case p.typed:
			fmt.Fprintf(&b, "<code>%s</code>", h.text(p.text))
		case strings.HasPrefix(p.url, "https://"):
			fmt.Fprintf(&b, `<a href="%s">%s</a>`, html.EscapeString(p.url), h.text(p.text))
		default:
			b.WriteString(h.text(p.text))
		}
	}
	return b.String()
}

func (hypertext) text(s string) string { return html.EscapeString(clip(s)) }
