package checks

import (
	"strings"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// KubernetesServiceEnv is a variable that Kubernetes sets for a Service, and that
// Semaphore takes for a setting.
var KubernetesServiceEnv = &Problem{
	ID: "kubernetes-service-env", Title: "Kubernetes sets a variable that Semaphore reads", Status: Fail,
	Doc: pageKubernetesServiceEnv,
}

// EnvType is a variable whose text is not of the type it must be.
var EnvType = &Problem{
	ID: "env-type", Title: "A variable the runner cannot parse", Status: Fail,
	Doc:      pageEnvType,
	CausedBy: []*Problem{ComposeEmptyVariable},
}

// isServiceLink reports whether a port is what Kubernetes says of a Service that
// is called semaphore: tcp://10.0.0.1:3000 (semaphoreui/semaphore#1501).
func isServiceLink(b runner.Broken) bool {
	return b.Setting.Name == runner.Port && b.Value.From.Env != "" && strings.Contains(b.Value.V, "://")
}

func serviceLink(b runner.Broken) Finding {
	env := b.Value.From.Env
	return Finding{
		Problem:  KubernetesServiceEnv,
		Summary:  say.Textf("%s is %s, the address of a Service called semaphore", b.Value.From, b.Value.V),
		Detail:   say.Textf("Kubernetes sets %s for every pod beside a Service called semaphore; it overrides the config, and the runner panics over it, exit status 2.", env),
		Evidence: []Evidence{{What: say.Verbatim(b.Value.V), From: b.Value.From}},
		Advice: []say.Text{
			say.Textf("set enableServiceLinks: false in the pod's spec"),
			say.Textf("or set %s to %s in the container's env, which goes before what Kubernetes sets", env, b.Setting.Default),
			say.Textf("or give the Service another name than semaphore"),
		},
	}
}
