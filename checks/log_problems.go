package checks

import "github.com/semadoctor/semadoctor/runner"

// The problems that a runner's log tells. Each is what lines of one runner.Topic
// have in common, and has its name.
var (
	LogConfigRefused = &Problem{
		ID: string(runner.LogConfigRefused), Title: "The log says that the config cannot be used", Status: Fail,
		Doc: pageLogConfigRefused,
		CausedBy: []*Problem{
			PathCollision, ConfigClobbered, ConfigMissing, ConfigUnreadable, ConfigNotAFile, ConfigSyntax, BadValue, KubernetesServiceEnv,
			EnvType, TokenAndTokenFile, LegacyKey, ConfigIgnored, UnitCommand,
		},
	}
	LogWrongCommand = &Problem{
		ID: string(runner.LogWrongCommand), Title: "The log shows a command that starts no runner", Status: Fail,
		Doc:      pageLogWrongCommand,
		CausedBy: []*Problem{UnitWithoutStart, UnitCommand, UnitSandbox},
	}
	LogSetupFails = &Problem{
		ID: string(runner.LogSetupFails), Title: "The log shows the container end before the runner begins", Status: Fail,
		Doc: pageLogSetupFails,
	}
	LogTokenUnusable = &Problem{
		ID: string(runner.LogTokenUnusable), Title: "The log says that the runner has no token it can send", Status: Fail,
		Doc: pageLogTokenUnusable,
		CausedBy: []*Problem{
			PathCollision, TokenMissing, StateMissing, StateEmpty, StateUnreadable, StateWrongFormat, TokenMalformed, TokenIgnored, NotAFile,
			ConfigIgnored, EmptyEnvOverrides, ComposeEmptyVariable, LegacyKey,
		},
	}
	LogURLUnusable = &Problem{
		ID: string(runner.LogURLUnusable), Title: "The log says that the server URL cannot be used", Status: Fail,
		Doc: pageLogURLUnusable,
		CausedBy: []*Problem{
			URLMissing, URLMalformed, URLTrailingSlash, URLPlainHTTP, Redirects, AuthProxy, LegacyKey, UnknownKey, UnknownEnv, EmptyEnvOverrides,
			PlaceholderValue,
		},
	}
	LogServerUnreachable = &Problem{
		ID: string(runner.LogServerUnreachable), Title: "The log says that the server is not reached", Status: Fail,
		Doc: pageLogServerUnreachable,
		CausedBy: []*Problem{
			DNSFailure, ConnectionRefused, ConnectionTimeout, ConnectionFailed, ProxyInterferes, URLLocalInContainer, URLMalformed, ConnectionLeak,
			PlaceholderValue,
		},
	}
	LogTLSFails = &Problem{
		ID: string(runner.LogTLSFails), Title: "The log says that TLS with the server fails", Status: Fail,
		Doc: pageLogTLSFails,
		CausedBy: []*Problem{
			ClockSkew, TLSUntrusted, TLSWrongName, TLSExpired, TLSNotYetValid, TLSOnHTTPPort, TLSClientCertificate, CAFileUnusable, ProxyInterferes,
		},
	}
	LogNotSemaphore = &Problem{
		ID: string(runner.LogNotSemaphore), Title: "The log says that the answers are not Semaphore's", Status: Fail,
		Doc: pageLogNotSemaphore,
		CausedBy: []*Problem{
			URLAPISuffix, NotSemaphore, WrongBasePath, AuthProxy, ProxyInterferes, VersionMismatch, HTTPOnTLSPort, ServerError, KeyNotConfigured,
		},
	}
	LogServerErrors = &Problem{
		ID: string(runner.LogServerErrors), Title: "The log says that the server answers errors", Status: Fail,
		Doc:      pageLogServerErrors,
		CausedBy: []*Problem{ServerError, AuthProxy, ProxyInterferes, Redirects, NotSemaphore},
	}
	LogRegistrationFails = &Problem{
		ID: string(runner.LogRegistrationFails), Title: "The log says that the runner cannot register", Status: Fail,
		Doc: pageLogRegistrationFails,
		CausedBy: []*Problem{
			PathCollision, ConfigClobbered, RegistrationTokenMissing, RegistrationTokenIgnored, ConfigIgnored, EmptyEnvOverrides, ComposeEmptyVariable,
			URLTrailingSlash, URLAPISuffix, URLPlainHTTP, Redirects, NotSemaphore, WrongBasePath, AuthProxy, ServerError, VersionMismatch, HTTPOnTLSPort,
			KnownBadVersion, LogConfigRefused,
		},
	}
	LogIdentityNotStored = &Problem{
		ID: string(runner.LogIdentityNotStored), Title: "The log says that the runner cannot keep its identity", Status: Fail,
		Doc: pageLogIdentityNotStored,
		CausedBy: []*Problem{
			StateDirMissing, StateDirUnwritable, StateFileUnwritable, ReadOnlyMount, NotAFile, UnitSandbox, ComposeUserMismatch, DiskFull, InodesFull,
			ConfigIgnored,
		},
	}
	Log401Loop = &Problem{
		ID: string(runner.LogLoop401), Title: "The log says that every poll is answered 401", Status: Fail,
		Doc: pageLog401Loop,
		CausedBy: []*Problem{
			PathCollision, StateMissing, StateEmpty, StateCorrupt, StateUnreadable, StateWrongFormat, TokenMalformed, TokenMissing, StateStale,
			RegistrationTokenAsToken, Redirects, VersionMismatch, ProxyInterferes, AuthProxy, TaskEndpoint401,
		},
	}
	Log404Loop = &Problem{
		ID: string(runner.LogLoop404), Title: "The log says that every poll is answered 404", Status: Fail,
		Doc: pageLog404Loop,
		CausedBy: []*Problem{
			StateStale, RunnerUnknown, URLAPISuffix, WrongBasePath, VersionMismatch, PathCollision, StateCorrupt, StateWrongFormat, TokenMalformed,
			RegistrationTokenAsToken, NotSemaphore,
		},
	}
	Log400Loop = &Problem{
		ID: string(runner.LogLoop400), Title: "The log says that every poll is answered 400", Status: Fail,
		Doc:      pageLog400Loop,
		CausedBy: []*Problem{KeyNotConfigured, KeyMissing, KeyFormat, KeyUnreadable, HTTPOnTLSPort, TaskEndpoint400},
	}
	LogKeyUnusable = &Problem{
		ID: string(runner.LogKeyUnusable), Title: "The log says that the private key cannot be used", Status: Fail,
		Doc: pageLogKeyUnusable,
		CausedBy: []*Problem{
			PathCollision, KeyMissing, KeyUnreadable, KeyFormat, PlaceholderValue, VersionMismatch, StateStale, ReadOnlyMount, UnitSandbox,
			StateDirUnwritable,
		},
	}
	LogPanic = &Problem{
		ID: string(runner.LogRunnerPanics), Title: "The log shows the runner die", Status: Fail,
		Doc: pageLogPanic,
		CausedBy: []*Problem{
			PathCollision, StateEmpty, StateCorrupt, StateWrongFormat, StateUnreadable, NotAFile, ConfigNotAFile, ConfigSyntax, URLMalformed,
			UnitSandbox, ComposeUserMismatch, ProgramMissing, ConnectionLeak, KnownBadVersion,
		},
	}
	LogTaskRunsAgain = &Problem{
		ID: string(runner.LogTaskRunsAgain), Title: "The log shows one task run again and again", Status: Fail,
		Doc:      pageLogTaskRunsAgain,
		CausedBy: []*Problem{URLTrailingSlash, URLPlainHTTP, Redirects, IdentityShared, TaskEndpoint400},
	}
	LogRegistersAgain = &Problem{
		ID: string(runner.LogRegistersAgain), Title: "The log shows the runner register more than once", Status: Warn,
		Doc: pageLogRegistersAgain,
		CausedBy: []*Problem{
			StateDirMissing, StateDirUnwritable, StateFileUnwritable, ReadOnlyMount, NotAFile, StateVolatile, UnitSandbox, ComposeUserMismatch,
			ComposeStateNotMounted,
		},
	}
	LogTaskCannotRun = &Problem{
		ID: string(runner.LogTaskCannotRun), Title: "The log says that tasks cannot be run", Status: Warn,
		Doc: pageLogTaskCannotRun,
		CausedBy: []*Problem{
			RunnerInactive, RemoteRunnersOff, TmpUnwritable, DiskFull, InodesFull, ReadOnlyMount, UnitSandbox, ProgramMissing, HomeMissing,
			KnownBadVersion,
		},
	}
	LogUnknownError = &Problem{
		ID: string(runner.LogUnknownError), Title: "The log has errors that semadoctor does not know", Status: Warn,
		Doc: pageLogUnknownError,
	}
)

// logProblems lists them in the order of runner.LogTopics.
func logProblems() []*Problem {
	return []*Problem{
		LogConfigRefused, LogWrongCommand, LogSetupFails, LogTokenUnusable, LogURLUnusable, LogServerUnreachable, LogTLSFails, LogNotSemaphore, LogServerErrors,
		LogRegistrationFails, LogIdentityNotStored, Log401Loop, Log404Loop, Log400Loop, LogKeyUnusable, LogPanic,
		LogTaskRunsAgain, LogRegistersAgain, LogTaskCannotRun, LogUnknownError,
	}
}

// logProblem is the problem of a topic.
func logProblem(t runner.Topic) *Problem {
	for _, p := range logProblems() {
		if p.ID == string(t) {
			return p
		}
	}
	return nil
}
