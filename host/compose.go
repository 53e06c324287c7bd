package host

// A Compose is a docker compose file with what it includes and what overrides
// it, as docker compose reads them together.
type Compose struct {
	File     string   // the one that was named
	Files    []string // those that are laid over each other, the first at the bottom
	Project  string   // what containers and volumes are named after
	Services []*Service

	as       string   // the project, where docker compose has to be told; "" else
	dir      string   // the project's directory, where that is not the first file's; "" else
	envFiles []string // the .env, where that is not beside the first file, or what is read in its place; nil else

	volumes, secrets, configs *ynode
	own                       map[string]Place
	used                      map[string]int
}

// A Service is one service of a compose file.
type Service struct {
	Container
	Compose *Compose

	Built      bool        // an image is made of a Dockerfile
	Dockerfile *Dockerfile // it, if it could be read: what it says is below what the service says

	Replicas   int // containers of it: deploy.replicas, or scale; 1 unless said
	ReplicasAt Place

	Hooked bool // post_start: commands are run in the container when it has started

	Unset []Unset // variables that come to nothing, in what counts for a runner
}

// A ServiceVar is one variable of a service's environment. Of two with one
// name the later counts.
type ServiceVar struct {
	Name, Value string
	At          Place
	Passed      bool // handed on from the caller's environment or .env
	Set         bool // false: handed on, and not there

	Raw    string  // as written, before variables are filled in; "" when handed on
	Listed bool    // an item of a list: NAME=VALUE
	Form   EnvForm // of the env_file it stands in; "" for the compose file itself
}

// Unset is a variable of a compose file that is not set, or set to nothing.
type Unset struct {
	Name string // of the variable of the caller's
	For  string // what it stands in: "SEMAPHORE_RUNNER_TOKEN", "image"
	At   Place
	Left string // what the text has come to, with nothing for the variable
}

// A ServiceMount is what is laid over a path of a service's container.
type ServiceMount struct {
	Kind     MountKind
	Source   string // Bind: absolute path here; Volume: its name on this host, "" for an anonymous one; Content: of a secret of Podman's
	Key      string // Volume: its name in the file
	Target   string // absolute, in the container
	At       Place
	ReadOnly bool
	Made     bool   // Bind: Docker makes the source, a directory of root's, if it is missing
	Data     []byte // Content: what is in it; nil when that is not known
	There    bool   // Content: a file is there, if not what is in it
	Mode     int    // Content, Tmpfs; 0 is the usual one
	Owner    Owner  // Content
	Subpath  string // Volume: what of it
	NoCopy   bool   // Volume: a new one gets nothing of what the image has there
	Chowned  *Owner // Bind, Volume: to whom Podman gives all that is in it; nil: it is left
	Raw      string // as written, SOURCE:TARGET:OPTIONS; "" for one of several keys
}

// A MountKind says what a mount of a container is.
type MountKind string

// The kinds of mounts.
const (
	BindMount    MountKind = "bind"
	VolumeMount  MountKind = "volume"
	TmpfsMount   MountKind = "tmpfs"
	ContentMount MountKind = "content" // a secret or config that is no file here
)

// Service is the service of a name; nil when there is none.
func (c *Compose) Service(name string) *Service {
	for _, s := range c.Services {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// Names are those of all services.
func (c *Compose) Names() (names []string) {
	for _, s := range c.Services {
		names = append(names, s.Name)
	}
	return names
}
