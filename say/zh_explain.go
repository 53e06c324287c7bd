package say

// zhExplain is the frame of a page, and where one is pointed to.
func zhExplain() []string {
	return []string{
		// report/table.go
		"more about it: semadoctor explain %s", "详情请看：semadoctor explain %s",

		// cmd/semadoctor/explain.go
		"# %s: %s", "# %s：%s",
		"## In the graph of causes", "## 在因果图中",
		"Found by %s, as a %s.", "由 %s 发现，级别为 %s。",
		"Merely a symptom when one of these is found too: %s.",
		"如果同时发现下列任何一个，它就只是症状：%s。",
		"Explains: %s.", "可以解释：%s。",
	}
}
