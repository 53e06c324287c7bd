package report

// What of SARIF 2.1.0 is written (OASIS, 2020; what GitHub reads of it, 2026).
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool    sarifTool     `json:"tool"`
		Calls   []sarifCall   `json:"invocations"`
		Results []sarifResult `json:"results"` // never null: a clean run has an empty list
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		URI     string      `json:"informationUri"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string      `json:"id"`
		Short   sarifText   `json:"shortDescription"`
		Help    sarifHelp   `json:"help"`
		HelpURI string      `json:"helpUri,omitempty"`
		Config  sarifConfig `json:"defaultConfiguration"`
	}
	sarifConfig struct {
		Level string `json:"level"`
	}
	sarifHelp struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifCall struct {
		Successful bool        `json:"executionSuccessful"` // semadoctor came to its end; not: nothing was found
		ExitCode   int         `json:"exitCode"`
		Start      string      `json:"startTimeUtc,omitempty"`
		End        string      `json:"endTimeUtc,omitempty"`
		Notes      []sarifNote `json:"toolExecutionNotifications"`
	}
	sarifNote struct {
		Message sarifText `json:"message"`
		Level   string    `json:"level"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifPlace      `json:"locations"`
		Fingerprints map[string]string `json:"partialFingerprints"`
		Properties   sarifFacts        `json:"properties"`

		Suppressions []sarifSuppression `json:"suppressions,omitempty"` // of what is accepted
	}
	sarifSuppression struct {
		Kind          string `json:"kind"` // external: not in the file that the result is about
		Justification string `json:"justification"`
	}
	sarifFacts struct {
		Target   string   `json:"target"`
		CausedBy []string `json:"causedBy"` // empty of a root cause
	}
	sarifPlace struct {
		Physical *sarifPhysical `json:"physicalLocation,omitempty"`
		Logical  []sarifLogical `json:"logicalLocations"`
	}
	sarifLogical struct {
		Name string `json:"fullyQualifiedName"`
	}
	sarifPhysical struct {
		File   sarifFile   `json:"artifactLocation"`
		Region sarifRegion `json:"region"`
	}
	sarifFile struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		Line int `json:"startLine"`
	}
)
