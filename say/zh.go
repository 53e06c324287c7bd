package say

import "sync"

// chinese finds the Chinese of an English format.
func chinese(format string) (string, bool) {
	s, ok := zh()[format]
	return s, ok
}

// zh is the Chinese catalogue. A sentence that is missing in it is said in
// English; the catalogue test lists those. It is put together when the first
// Chinese sentence is said, so that English costs nothing at the start.
var zh = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for _, part := range zhParts() {
		for i := 0; i+1 < len(part); i += 2 {
			all[part[i]] = part[i+1]
		}
	}
	return all
})

// zhParts are the parts of the catalogue, one a file: English formats, each
// with its Chinese behind it.
func zhParts() [][]string {
	return [][]string{
		zhSystem(), zhErrors(), zhUsage(), zhHelp(), zhExplain(), zhSource(),
		zhConfig(), zhPaths(), zhIdentity(), zhNetwork(), zhServer(), zhClock(), zhHost(), zhReport(), zhCmd(), zhInterrupted(),
		zhUnit(), zhContainer(), zhRun(), zhProcess(), zhKeys(), zhKeeping(), zhFleet(), zhWay(), zhProxy(), zhAnswers(),
		zhTrust(), zhRecord(), zhKnownBad(), zhUnsafe(), zhMend(), zhWatch(), zhLog(), zhIgnore(),
	}
}
