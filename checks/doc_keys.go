package checks

import _ "embed" // the pages of the problems of keys, values and variables

var (
	//go:embed doc/config-ignored.md
	pageConfigIgnored string
	//go:embed doc/empty-env-overrides.md
	pageEmptyEnvOverrides string
	//go:embed doc/env-type.md
	pageEnvType string
	//go:embed doc/future-key.md
	pageFutureKey string
	//go:embed doc/kubernetes-service-env.md
	pageKubernetesServiceEnv string
	//go:embed doc/legacy-key.md
	pageLegacyKey string
	//go:embed doc/placeholder-value.md
	pagePlaceholderValue string
	//go:embed doc/registration-token-ignored.md
	pageRegistrationTokenIgnored string
	//go:embed doc/server-only-key.md
	pageServerOnlyKey string
	//go:embed doc/shadowed-value.md
	pageShadowedValue string
	//go:embed doc/token-ignored.md
	pageTokenIgnored string
	//go:embed doc/unknown-env.md
	pageUnknownEnv string
	//go:embed doc/unknown-key.md
	pageUnknownKey string
)
