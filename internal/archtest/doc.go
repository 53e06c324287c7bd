// Package archtest holds the house to its plan: which room may use which, who
// may write, who may look at the clock, and that what is exported is explained.
// The rules are a table, each with its reason, in archtest_test.go; every rule
// is also shown something it must object to, so that none goes blind.
package archtest
