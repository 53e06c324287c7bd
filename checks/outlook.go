package checks

import "slices"

// An Outlook is what waiting would do for a runner.
type Outlook int

// The outlooks.
const (
	Settled  Outlook = iota // nothing: all is well, or will stay as it is
	Passing                 // what is wrong may pass
	Hopeless                // something is wrong that does not pass
)

// passing are the problems that pass by themselves, or by what happens elsewhere:
// a server that starts, a network that comes up, a clock that is being set. All
// others wait for a person, as a rule: see Finding.Passes.
func passing() []*Problem {
	return []*Problem{
		DNSFailure, ConnectionRefused, ConnectionTimeout, ConnectionFailed, ProxyInterferes,
		ServerError, ClockSkew, ClockUnsynchronised, ServerClockDiffers,
	}
}

// Outlook judges findings of at least that status which no other explains. What
// could not be found out may be found out later if the network was to tell it;
// what cannot be looked at here is no better then.
func (d Diagnosis) Outlook(least Status) Outlook {
	outlook := Settled
	for _, r := range d.Results {
		if r.Status == Unknown && r.Check.Needs&Network != 0 {
			outlook = max(outlook, Passing)
		}
		for _, f := range r.Findings {
			if f.Status >= least && len(d.Causes.By[f.Problem]) == 0 {
				outlook = max(outlook, f.Outlook())
			}
		}
	}
	return outlook
}

// Outlook is whether waiting may cure what was found.
func (f Finding) Outlook() Outlook {
	switch {
	case f.Problem == nil:
		return Settled
	case f.Passes, !f.Stays && slices.Contains(passing(), f.Problem):
		return Passing
	}
	return Hopeless
}
