// Command semadoctor finds out why a Semaphore UI runner does not work, repairs
// it, and runs the runner.
//
// This file is all that a program with checks of its own has to copy: append
// them to checks.Builtin().
//
// Its settings are those of Go 1.21, which runners have (runner/suites.go): a server that
// is good enough for them is here, too.
//
//go:debug x509negativeserial=1
//go:debug tlssha1=1
//go:debug tlsmlkem=0
package main

import (
	"io"
	"log"
	"os"

	"github.com/semadoctor/semadoctor/checks"
)

// version is set when a release is built.
var version = "dev"

func main() {
	log.SetOutput(io.Discard) // net/http logs what a hostile server sends unasked
	os.Exit(Main(realWorld(), checks.Builtin(), os.Args))
}
