package host

// An EnvForm is how an environment file is read: programs do not agree.
type EnvForm string

// The forms of environment files.
const (
	SystemdEnv EnvForm = "systemd" // EnvironmentFile= of a unit
	Dotenv     EnvForm = "dotenv"  // .env and env_file of docker compose
	RawEnv     EnvForm = "raw"     // env_file of docker compose with "format: raw"
)

// Parse reads the assignments of a file in their order. Names that are only handed
// on are left out.
func (f EnvForm) Parse(data []byte) ([]EnvVar, error) {
	if f == SystemdEnv {
		return ParseEnvFile(data)
	}
	vars, err := parseRaw(data), error(nil)
	if f == Dotenv {
		vars, err = parseDotenv("environment file", data, func(string) (string, bool) { return "", false })
	}
	var all []EnvVar
	for _, v := range vars {
		if !v.passed {
			all = append(all, EnvVar{Name: v.name, Value: v.value, Line: v.line})
		}
	}
	return all, err
}
