package host

import (
	"slices"

	"github.com/semadoctor/semadoctor/say"
)

// A Pod is one container of a Kubernetes workload with what its pod gives it,
// as a manifest says.
type Pod struct {
	Kind, Name, Namespace string // of the workload: "Deployment", "semaphore-runner", ""
	Container             string // its name in the pod
	At                    Place
	Replicas              int // how many such pods there are; 1 unless said
	ReplicasAt            Place

	Image         Written
	Command, Args []string // override the image's entrypoint and command; nil: not
	CommandAt     Place
	WorkingDir    string // "" is the image's
	Env           []PodVar
	Mounts        []PodMount
	HostNetwork   bool       // localhost is the node's
	Beside        []string   // images of the other containers of the pod
	Init          [][]string // commands of the containers that run before; nil for those of an image

	UID, GID     int // -1: the image's own
	Groups       []int
	FSGroup      int  // -1: none
	ReadOnlyRoot bool // its own layer cannot be changed
	CapAdd       []string
	CapDrop      []string
}

// A PodVar is one variable of a container's environment. Of two with one name
// the later counts.
type PodVar struct {
	Name, Value string
	At          Place
	Known       bool     // false: set, to what is not in the file
	Source      say.Text // where it comes from, for people: "secret runner, key token"; "" when it is written out
	Optional    bool     // not set when there is no such Secret
}

// A PodMount is what is laid over a path of the container.
type PodMount struct {
	Volume   string // its name in the pod
	Kind     string // "emptyDir", "secret", "configMap", "projected", "persistentVolumeClaim", "hostPath"
	Target   string // absolute
	Sub      string // subPath
	ReadOnly bool
	Prepared bool               // a container that runs before may write to it
	Files    map[string]PodFile // secret, configMap, projected: by name in the directory
	Partial  bool               // there may be more files than those
}

// A PodFile is a file of a Secret or ConfigMap.
type PodFile struct {
	Data []byte // nil when it is not in the manifest
	Mode int    // permission bits
}

// Ref is what people call the workload: "Deployment/semaphore-runner".
func (p *Pod) Ref() string { return p.Kind + "/" + p.Name }

// Gives reports whether every pod of the workload is given the same file of this
// name: it is a Secret's or a ConfigMap's.
func (p *Pod) Gives(name string) bool {
	return slices.ContainsFunc(p.Mounts, func(m PodMount) bool {
		return slices.Contains([]string{"secret", "configMap", "projected"}, m.Kind) && (m.Target == name || below(name, m.Target) != "")
	})
}
