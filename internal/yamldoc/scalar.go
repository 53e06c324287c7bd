package yamldoc

import (
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
)

// scalar is what a text in the YAML means, as JSON says it: 0x10 is 16, and a
// date is the text of a moment.
func (r *reader) scalar(n *yaml.Node) (*jsondoc.Value, error) {
	v := &jsondoc.Value{Kind: jsondoc.String, Start: r.at(n), End: r.at(n)}
	var meant any
	if err := n.Decode(&meant); err != nil {
		return nil, r.fail(n, errors.New(said(err)))
	}
	switch m := meant.(type) {
	case nil:
		v.Kind, v.Text = jsondoc.Null, "null"
	case bool:
		v.Kind, v.Text = jsondoc.Bool, strconv.FormatBool(m)
	case string:
		v.Text = m
	case time.Time:
		v.Text = m.Format(time.RFC3339Nano)
	default:
		text, err := json.Marshal(m)
		if err != nil {
			return nil, r.fail(n, errors.New("JSON has no such number: "+n.Value))
		}
		v.Kind, v.Text = jsondoc.Number, string(text)
	}
	return v, nil
}
