package jsondoc

import "testing"

func TestJSON(t *testing.T) {
	t.Parallel()
	for _, s := range []string{`{}`, `[]`, `{"a":[1,2.50,null,true],"b":{"c":"x\ny"}}`, `"\u003c"`} {
		v, err := Parse([]byte(" " + s))
		if err != nil {
			t.Fatal(err)
		}
		if got := v.JSON(); got != s {
			t.Errorf("JSON = %s, want %s", got, s)
		}
	}
}
