package repair

import (
	"errors"
	"fmt"
	"reflect"
	"unicode/utf8"
)

// ErrNotUTF8 reports a text, a path most likely, that cannot be written in JSON:
// paths on Linux are any bytes, JSON is Unicode.
var ErrNotUTF8 = errors.New("is not valid UTF-8 and cannot be written in JSON")

// wantUTF8 looks at every string in what encoding/json is to write.
func wantUTF8(v reflect.Value) error {
	var parts []reflect.Value
	switch v.Kind() {
	case reflect.String:
		if !utf8.ValidString(v.String()) {
			return fmt.Errorf("%q %w", v.String(), ErrNotUTF8)
		}
	case reflect.Pointer, reflect.Interface:
		parts = append(parts, v.Elem())
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			parts = append(parts, v.Index(i))
		}
	case reflect.Map:
		for i := v.MapRange(); i.Next(); {
			parts = append(parts, i.Key(), i.Value())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			parts = append(parts, v.Field(i))
		}
	}
	for _, p := range parts {
		if err := wantUTF8(p); err != nil {
			return err
		}
	}
	return nil
}
