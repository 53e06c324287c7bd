package runner

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// An Image is what is known of a container image with a runner in it, from the
// sources of semaphoreui/runner.
type Image struct {
	Ref     string  // as written
	Repo    string  // without tag and digest
	Tag     string  // "" when there is none
	Digest  string  // "sha256:…"; "" when there is none
	Ours    bool    // semaphoreui/runner, or a mirror of it; or somebody's own that is called like one
	Own     bool    // of Semaphore's makers, or a mirror: what its scripts do is known
	Version Version // from the tag; zero when that says nothing
}

// ParseImage reads an image's name: Semaphore's makers have semaphoreui/runner and
// semaphoreui/semaphore, public.ecr.aws/semaphore/pro/runner and …/pro/server.
func ParseImage(ref string) Image {
	i := Image{Ref: ref}
	rest, digest, _ := strings.Cut(ref, "@")
	i.Repo, i.Digest = rest, digest
	if at := strings.LastIndexByte(rest, ':'); at > strings.LastIndexByte(rest, '/') {
		i.Repo, i.Tag = rest[:at], rest[at+1:]
	}
	dir, base := path.Split(i.Repo)
	theirs := strings.Contains(dir, "semaphore")
	i.Ours = base == "runner" && theirs || base == "semaphore-runner"
	i.Own = theirs && slices.Contains([]string{"runner", "semaphore", "server"}, base)
	if i.Ours || i.Own {
		if v, err := ParseVersion(tagVersion(i.Tag)); err == nil && v.Era.Known() {
			v.Source = FromImage
			i.Version = v
		}
	}
	return i
}

// imageOf is the image that a service's container is known by: of one that is built,
// what it stands on, or what Semaphore's program is copied from.
func imageOf(s *host.Service) Image {
	if s.Dockerfile == nil {
		return ParseImage(s.Image.Text)
	}
	i := ParseImage(s.Dockerfile.From.Text)
	for _, c := range s.Dockerfile.Copied {
		if of := ParseImage(c.Text); of.Version.Era.Known() && !i.Version.Era.Known() {
			i.Version = of.Version
		}
	}
	return i
}

// tagVersion is the release in a tag: "v2.10.32", "2.16.31-ansible2.16.5".
func tagVersion(tag string) string {
	return regexp.MustCompile(`^v?\d+\.\d+\.\d+(?:-beta\d*)?`).FindString(tag)
}

// Released reports whether the tag is one that Semaphore's makers give: of a release, with
// or without Ansible's, "latest" or "develop"; or whether there is none.
func (i Image) Released() bool {
	return regexp.MustCompile(`^(v?\d+\.\d+\.\d+(-beta\d*)?(-ansible[\d.]+)?|latest|develop|)$`).MatchString(i.Tag)
}

// foreign is the image's name where it is somebody's own.
func (i Image) foreign() string {
	if i.Own {
		return ""
	}
	return i.Ref
}

// Pinned reports whether the name means the same release tomorrow.
func (i Image) Pinned() bool {
	return i.Digest != "" || i.Tag != "" && i.Tag != "latest" && i.Tag != "develop"
}

// wrapperPath is the script of the image that starts the runner.
const wrapperPath = "/usr/local/bin/runner-wrapper"

// A wrapper is how the image of a span of releases starts the runner.
type wrapper struct {
	last      int  // release, as num writes it
	fixed     bool // always /etc/semaphore/config.json, which the image has
	noConfig  bool // no file is read
	registers bool // with a registration token: start --register
	tokenFile string
	unsure    bool // read in a derived copy, or of an unknown release
}

// wrappers are what the images did, oldest first (read in source for 2.9.40 to
// 2.10.32 and of 2026; that of 2025 in a derived copy only, and a user of 2.15.0
// had none of it, #3175).
func wrappers() []wrapper {
	return []wrapper{
		{last: num(2, 9, 90), fixed: true},
		{last: num(2, 10, 27)},
		{last: num(2, 15, 999_999), noConfig: true},
		{last: num(2, 17, 999_999), noConfig: true, registers: true, tokenFile: "SEMAPHORE_TMP_PATH", unsure: true},
		{last: num(9, 0, 0), noConfig: true, registers: true, tokenFile: "SEMAPHORE_DATA_PATH"},
	}
}

// wrapperOf is that of a release; of an unknown one the newest.
func wrapperOf(v Version) wrapper {
	all := wrappers()
	if v.Major == 0 {
		return all[len(all)-1]
	}
	for _, w := range all {
		if num(v.Major, v.Minor, v.Patch) <= w.last {
			return w
		}
	}
	return all[len(all)-1]
}

// start lays what the wrapper does over an installation: the command it comes
// to, and the variables it sets.
func (w wrapper) start(in *Installation, files host.Files) {
	from := Origin{File: wrapperPath}
	set := func(name string) bool { return in.Env[name].V != "" }
	if w.noConfig && in.Foreign != "" && !in.complete() {
		in.Unseen = append(in.Unseen, unseen{Text: say.Textf("%s is an image of somebody's own, and how it starts the runner cannot be told", in.Foreign)})
	}
	words := append([]string{"semaphore"}, in.Version.Era.StartsWith("")...)
	if !in.Version.Era.Known() {
		words = []string{"semaphore", "runner", "start"}
	}
	dir := in.Env[ConfigPathEnv].V
	if dir == "" {
		dir = "/etc/semaphore"
	}
	switch {
	case w.fixed:
		words = append(words, "--config", "/etc/semaphore/config.json")
	case !w.noConfig:
		words = append(words, "--config", path.Join(dir, "config.json"))
	default:
		words = append(words, "--no-config")
	}
	if w.registers && (set("SEMAPHORE_RUNNER_REGISTRATION_TOKEN") || !w.unsure && set("SEMAPHORE_RUNNER_REGISTRATION_TOKEN_FILE")) {
		words = append(words, "--register")
		if !set("SEMAPHORE_RUNNER_TOKEN_FILE") {
			in.Env.Set("SEMAPHORE_RUNNER_TOKEN_FILE", path.Join(w.tokenDir(in), "runner_token.txt"), from)
		}
	}
	in.StartedBy(ParseCommand(words, from), files)
}

// complete reports whether the environment says where the server is, and who the runner.
func (in *Installation) complete() bool {
	url := in.Env["SEMAPHORE_WEB_ROOT"].V != "" || in.Env["SEMAPHORE_RUNNER_API_URL"].V != ""
	return url && (in.Env["SEMAPHORE_RUNNER_TOKEN"].V != "" || in.Env["SEMAPHORE_RUNNER_TOKEN_FILE"].V != "")
}

// tokenDir is where the wrapper keeps a token that nobody gave a place.
func (w wrapper) tokenDir(in *Installation) string {
	if dir := in.Env[w.tokenFile].V; dir != "" {
		return dir
	}
	if w.unsure {
		return "/tmp/semaphore"
	}
	return "/var/lib/semaphore"
}

// imageUser is who the image runs as: Alpine's root group, so that volumes of
// gid 0 are writable (Dockerfile, 2.10.32).
func imageUser() host.Identity { return host.Identity{Name: "semaphore", UID: 1001} }

// imagePath is PATH in the image.
const imagePath = "/opt/semaphore/apps/ansible/venv/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// alpinePasswd and alpineGroup are those of Alpine's users, which Semaphore's images stand
// on, that all its releases of these years have (alpine-baselayout).
const (
	alpinePasswd = `bin:x:1:1:bin:/bin:/sbin/nologin
daemon:x:2:2:daemon:/sbin:/sbin/nologin
lp:x:4:7:lp:/var/spool/lpd:/sbin/nologin
mail:x:8:12:mail:/var/mail:/sbin/nologin
ftp:x:21:21::/var/lib/ftp:/sbin/nologin
sshd:x:22:22:sshd:/dev/null:/sbin/nologin
games:x:35:35:games:/usr/games:/sbin/nologin
ntp:x:123:123:NTP:/var/empty:/sbin/nologin
guest:x:405:100:guest:/dev/null:/sbin/nologin
nobody:x:65534:65534:nobody:/:/sbin/nologin
`
	alpineGroup = `bin:x:1:
daemon:x:2:
mail:x:12:
ftp:x:21:
sshd:x:22:
games:x:35:
users:x:100:games
ntp:x:123:
nogroup:x:65533:
nobody:x:65534:
`
)

// imageFiles is what is known of the image's own files (Dockerfile, 2.10.32).
func imageFiles(i Image) *host.Sketch {
	passwd, group := "root:x:0:0:root:/root:/bin/sh\nsemaphore:x:1001:0::/home/semaphore:/sbin/nologin\n", "root:x:0:root\n"
	if i.Own {
		passwd, group = passwd+alpinePasswd, group+alpineGroup
	}
	s := &host.Sketch{
		Why: say.Textf("it is in the container's own layer, which is not visible from here"),
		Known: map[string]host.Drawn{
			"/etc/passwd": host.DrawnFile(0o644, 0, 0, []byte(passwd)),
			"/etc/group":  host.DrawnFile(0o644, 0, 0, []byte(group)),
			"/tmp":        host.DrawnDir(0o777|fs.ModeSticky, 0, 0),
			"/var/run":    host.DrawnLink("/run"),
		},
	}
	for _, dir := range []string{"/", "/etc", "/home", "/opt", "/run", "/run/secrets", "/usr", "/usr/local", "/usr/local/bin", "/usr/bin", "/var", "/var/lib"} {
		s.Known[dir] = host.DrawnDir(0o755, 0, 0)
	}
	for _, dir := range []string{"/etc/semaphore", "/tmp/semaphore", "/var/lib/semaphore", "/opt/semaphore", "/home/semaphore"} {
		s.Known[dir] = host.DrawnDir(0o775, 1001, 0)
	}
	switch w := wrapperOf(i.Version); {
	case w.fixed:
		s.Known["/etc/semaphore/config.json"] = host.DrawnFile(0o644, 1001, 0, []byte(bakedConfig))
	case !w.noConfig: // it must be mounted
		s.Known["/etc/semaphore/config.json"] = host.Drawn{Gone: true}
	}
	return s
}

// bakedConfig is what the images of 2.9.40 to 2.9.90 hold in
// /etc/semaphore/config.json, as far as a runner reads it.
const bakedConfig = `{
  "runner": {
    "config_file": "/var/lib/semaphore/runner.json"
  },
  "dialect": "bolt"
}
`
