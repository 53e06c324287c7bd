package checks

import (
	"embed"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// chinesePages are the pages of the problems once more, in Chinese.
//
//go:embed doc/zh/*.md
var chinesePages embed.FS

// Page is p's Doc in lang, or in English if it is not there in lang.
func (p *Problem) Page(lang say.Lang) string {
	if lang != say.Chinese {
		return p.Doc
	}
	page, err := chinesePages.ReadFile("doc/zh/" + p.ID + ".md")
	if err != nil {
		return p.Doc
	}
	_, text, _ := strings.Cut(string(page), "\n") // the first line says of which English page it is
	return text
}
