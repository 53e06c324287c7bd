package say

// List is items in one sentence: "a", "a and b", "a, b and c".
// Items that are Texts are said in the language of the whole.
func List[T any](items []T) Text {
	switch n := len(items); n {
	case 0:
		return Text{}
	case 1:
		return Textf("%v", items[0])
	default:
		t := Textf("%v", items[0])
		for _, it := range items[1 : n-1] {
			t = Textf("%v, %v", t, it)
		}
		return Textf("%v and %v", t, items[n-1])
	}
}
