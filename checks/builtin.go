package checks

// Builtin lists semadoctor's own checks in the order they are reported: what
// blocks most comes first. A program that has checks of its own appends them.
func Builtin() []*Check {
	return []*Check{
		ConfigReadable,
		ConfigDecodes,
		ConfigKeys,
		ConfigValues,
		ConfigOrigin,
		PathsDiffer,
		PathsWritable,
		PathsPersistent,
		PathsPrivate,
		PathsTmp,
		PathsSpace,
		IdentityState,
		IdentityToken,
		IdentityRegistration,
		IdentityKey,
		ServerURL,
		ServerReachable,
		ServerTLS,
		ServerSemaphore,
		ServerVersion,
		ServerToken,
		ServerRecord,
		ClockNTP,
		ClockServer,
		HostService,
		HostRestart,
		HostContainer,
		HostPrograms,
		HostHome,
		HostEnvironment,
		HostProcess,
		LogLifecycle,
		IgnoreFile,
	}
}
