package checks

// A Status is the outcome of a check and the severity of a finding.
type Status int

// The outcomes, in the order in which the worst one wins.
const (
	Pass    Status = iota
	Skip           // not asked for, not applicable, or a prerequisite did not hold
	Warn           // works, and may stop working or harm
	Unknown        // semadoctor could not find out
	Fail           // the runner cannot do its work
)

// String is the word used in every format and never translated there.
func (s Status) String() string {
	switch s {
	case Pass:
		return "pass"
	case Skip:
		return "skip"
	case Warn:
		return "warn"
	case Unknown:
		return "unknown"
	case Fail:
		return "fail"
	}
	return "status?"
}
