package runner

// A Role is what a runner uses a path for.
type Role string

// The roles, in the words of Semaphore's documentation.
const (
	ConfigRole   Role = "config file"
	StateRole    Role = "state file" // E1-E3: runner_id and token, written by the runner when it registers
	TokenRole    Role = "token file" // E4+: the bare token, written by "runner register"
	KeyRole      Role = "private key file"
	CARole       Role = "server CA file"
	RegTokenRole Role = "registration token file"
	TmpRole      Role = "tmp directory"
)

// A Use is one path the runner touches, and why.
type Use struct {
	Path   Value[string] // absolute, links not followed
	Role   Role
	Name   Name // the setting it comes from; "" for the config itself
	Reads  bool
	Writes bool // some command of the runner writes it
	Dir    bool // a directory, made by the runner when it is missing
}

// Uses lists every path the runner reads or writes. Checks about paths ask only
// this, so that eras are known in one place. The list is shared: it is not to be
// changed.
func (c *Config) Uses() []Use {
	if c.uses == nil {
		return c.findUses()
	}
	return c.uses
}

func (c *Config) findUses() []Use {
	us := make([]Use, 0, 3) // config, identity and tmp: most runners have no more
	if c.File != nil {
		us = append(us, Use{Path: Value[string]{V: c.File.Path, From: c.File.From}, Role: ConfigRole, Reads: true, Writes: c.writesConfig()})
	}
	for _, u := range []Use{
		{Name: IdentityFile, Role: c.IdentityRole(), Reads: true, Writes: true},
		{Name: PrivateKeyFile, Role: KeyRole, Reads: true, Writes: true}, // written first by register, even when that then fails (read in source, 2025)
		{Name: CAFile, Role: CARole, Reads: true},
		{Name: RegistrationTokenFile, Role: RegTokenRole, Reads: true},
		{Name: TmpPath, Role: TmpRole, Reads: true, Writes: true, Dir: true},
	} {
		if u.Path = c.Path(u.Name); u.Path.V != "" {
			us = append(us, u)
		}
	}
	return us
}

// IdentityRole is what the file that keeps the runner's identity is called.
func (c *Config) IdentityRole() Role {
	if c.Era.Legacy() {
		return StateRole
	}
	return TokenRole
}

// writesConfig reports whether "runner register" stores the token in the
// config: from E5 on when there is no token file (read in source, 2025).
func (c *Config) writesConfig() bool {
	return c.Era.Within(E5, "") && c.Text(IdentityFile).V == ""
}

// Identity is the use that keeps who the runner is; ok is false when nothing is
// configured for it.
func (c *Config) Identity() (u Use, ok bool) {
	for _, u := range c.Uses() {
		if u.Role == c.IdentityRole() {
			return u, true
		}
	}
	return Use{}, false
}
