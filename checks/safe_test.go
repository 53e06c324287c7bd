package checks_test

import (
	"slices"
	"testing"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/checks/checktest"
	"github.com/semadoctor/semadoctor/runner"
)

// A kind is a group of eras in which a repair is the same.
type kind []runner.Era

func legacy() kind { return kind{runner.E1, runner.E2a, runner.E2b, runner.E3} }

func modern() kind {
	return kind{runner.E4a, runner.E4b, runner.E4c, runner.E5, runner.E5b, runner.E6, runner.E7}
}

// each are kinds of one era.
func each(eras ...runner.Era) (ks []kind) {
	for _, e := range eras {
		ks = append(ks, kind{e})
	}
	return ks
}

// safeRepairs are the problems that fix repairs without --unsafe, with the kinds of
// eras in which it does so in its own way.
func safeRepairs() map[*checks.Problem][]kind {
	both, old, now := []kind{legacy(), modern()}, []kind{legacy()}, []kind{modern()}
	keys := []kind{{runner.E5, runner.E5b}}
	return map[*checks.Problem][]kind{
		checks.ConfigUnreadable: both, checks.ConfigSyntax: both, checks.SecretExposed: both, checks.ServerOnlyKey: both,
		checks.ConfigClobbered: each(runner.E3, runner.E4c, runner.E5, runner.E6),
		checks.LegacyKey:       each(runner.E4c, runner.E6), checks.TokenIgnored: each(runner.E4c), checks.RegistrationTokenIgnored: now,
		checks.EmptyEnvOverrides: now, checks.UnknownEnv: now, checks.PlaceholderValue: now, checks.TokenAndTokenFile: each(runner.E6),

		checks.PathCollision:   each(runner.E1, runner.E2a, runner.E2b, runner.E3, runner.E4a, runner.E4c, runner.E5, runner.E6),
		checks.StateDirMissing: both, checks.StateDirUnwritable: both, checks.TmpUnwritable: both,
		checks.StateFileUnwritable: old, // later only registering writes it, and what is wrong with the file is why that is needed
		checks.ReadOnlyMount:       old, // of a compose file; later the same

		checks.StateUnreadable: both, checks.StateEmpty: both, checks.StateCorrupt: old, checks.StateWrongFormat: both, checks.TokenMalformed: both,
		checks.RegistrationTokenLeftBehind: now, checks.KeyUnreadable: keys, checks.KeyFormat: keys,

		checks.URLMalformed: both, checks.URLTrailingSlash: both, checks.URLAPISuffix: both,

		checks.UnitWithoutStart: now, checks.UnitSandbox: both, checks.UnitReloadKills: both,
		checks.ComposeStateNotMounted: both, checks.ComposeEmptyVariable: old, checks.ComposeUserMismatch: both,
	}
}

// everyRepair demands that each of them was made in some case of each kind, found to
// help, made twice and taken back, and that no other problem is repaired like that.
func everyRepair(t *testing.T, seen *checktest.Seen) {
	t.Helper()
	ids := map[string]bool{}
	for p, kinds := range safeRepairs() {
		ids[p.ID] = true
		for _, k := range kinds {
			if !slices.ContainsFunc(k, func(e runner.Era) bool { return seen.Repaired[p.ID][e] }) {
				t.Errorf("no case in which %s is repaired in one of %v", p.ID, k)
			}
		}
	}
	for id := range seen.Repaired {
		if !ids[id] {
			t.Errorf("%s is repaired in some case, and is not among those that are", id)
		}
	}
}
