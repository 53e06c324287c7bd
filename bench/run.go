package main

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// What "semadoctor run" costs a runner: by how much it is late, and, with --watch, for
// as long as it runs.
const (
	floodSize = 400 // MB that are passed on
	idleTime  = time.Minute
	wakeUp    = 3 * time.Second // until a watched runner is accepted
)

// timeRun is for what stands in front of a runner.
func (b *binaries) timeRun(warmup, rounds, _ int) ([]row, []series, error) {
	p, err := newPatient(b.dir)
	if err != nil {
		return nil, nil, err
	}
	defer p.close()
	run := func(more ...string) []string {
		return append(append([]string{b.semadoctor, "run", "--config", p.config, "--runner-version", patientVersion}, more...), "--")
	}
	var rows []row
	for _, v := range []struct {
		id, what string
		before   []string
	}{
		{"", "any wrapper that becomes the runner", []string{b.hello}},
		{"P5", "run", run()},
		{"", "  the same with --cache", run("--cache", "1h")},
		{"", "  the same with --watch", run("--watch")},
	} {
		late, err := b.lateness(p, v.before, warmup, rounds)
		if err != nil {
			return nil, nil, err
		}
		rows = append(rows, sum(v.id, "first request later than direct: "+v.what, late, " ms", 8, 5))
	}
	passing, err := b.passing(run("--watch", "--gate", "off"))
	if err != nil {
		return nil, nil, err
	}
	idle, resident, err := b.idling(run("--watch"))
	if err != nil {
		return nil, nil, err
	}
	return append(rows,
		sum("P6", "run --watch: processor for 200 MB of output", passing, " s", 1, 0.5),
		sum("P6", "run --watch, idle: of a processor", idle, " %", 0.1, 0.05),
		sum("P6", "run --watch, idle: resident memory", resident, " MiB", 12, 8)), nil, nil
}

// lateness is by how many ms the runner's first request comes later when something
// stands before it, round by round.
func (b *binaries) lateness(p *patient, before []string, warmup, rounds int) ([]float64, error) {
	direct := []string{b.poller, p.url + firstRequest}
	late, err := b.compareStarts(p, direct, append(before[:len(before):len(before)], direct...), warmup, rounds)
	ms := make([]float64, len(late))
	for i, d := range late {
		ms[i] = float64(d) / float64(time.Millisecond)
	}
	return ms, err
}

// passing is how many seconds of processor it takes to pass on 200 MB, those of the
// program that says them included.
func (b *binaries) passing(watch []string) ([]float64, error) {
	var all []float64
	for range 3 {
		cmd := exec.Command(watch[0], append(watch[1:len(watch):len(watch)], b.poller, "-flood", strconv.Itoa(floodSize))...)
		cmd.Env = b.quiet()
		if err := cmd.Run(); err != nil {
			return nil, fmt.Errorf("pass on %d MB: %w", floodSize, err)
		}
		cpu := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		all = append(all, cpu.Seconds()*200/floodSize)
	}
	return all, nil
}

// idling is how much of a processor semadoctor takes while its runner has nothing to
// say, in percent, and how much memory it has, in MiB.
func (b *binaries) idling(watch []string) (percent, mib []float64, err error) {
	cmd := exec.Command(watch[0], append(watch[1:len(watch):len(watch)], "/bin/sleep", "600")...)
	cmd.Env = b.quiet()
	if err := cmd.Start(); err != nil {
		return nil, nil, err
	}
	defer func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
	}()
	time.Sleep(wakeUp)
	before, err := onCPU(cmd.Process.Pid)
	if err != nil {
		return nil, nil, err
	}
	time.Sleep(idleTime)
	after, err := onCPU(cmd.Process.Pid)
	if err != nil {
		return nil, nil, err
	}
	kib, err := residentOf(cmd.Process.Pid)
	return []float64{100 * float64(after-before) / float64(idleTime)}, []float64{kib / 1024}, err
}

// onCPU is how long all threads of a process have been on a processor, to the
// nanosecond (Documentation/scheduler/sched-stats.rst).
func onCPU(pid int) (time.Duration, error) {
	dir := fmt.Sprintf("/proc/%d/task", pid)
	tasks, err := os.ReadDir(dir)
	if err != nil {
		return 0, err
	}
	var total time.Duration
	for _, t := range tasks {
		text, err := os.ReadFile(dir + "/" + t.Name() + "/schedstat")
		if err != nil {
			return 0, err
		}
		n, _, _ := strings.Cut(string(text), " ")
		ns, err := strconv.ParseInt(n, 10, 64)
		if err != nil {
			return 0, err
		}
		total += time.Duration(ns)
	}
	return total, nil
}

// residentOf is VmRSS, in KiB.
func residentOf(pid int) (kib float64, err error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	_, after, _ := strings.Cut(string(text), "VmRSS:")
	_, err = fmt.Sscan(after, &kib)
	return kib, err
}
