package checks

import "sync"

// A graph is the checks of one run and what they require.
type graph struct {
	listed  []*node  // those that were asked for, and are about the target
	results []Result // theirs, in the same order

	// There are a few dozen, in which looking from the front is faster than a map.
	// Those that were asked for lie in one piece, and so do all edges: of graphs
	// there are as many as runners.
	nodes []node
	more  []*node // prerequisites that nobody has asked for
	edges []*node
}

// node is one check of a graph.
type node struct {
	check  *Check
	deps   []*node
	result *Result

	placed  bool // in the order of a lane
	shown   bool // among the results
	settled bool // by a lane
	once    sync.Once
	done    chan struct{} // closed when there is a result
}

func newGraph(t *Target, cs []*Check) *graph {
	about, edges := make([]*Check, 0, len(cs)), 0
	for _, c := range cs {
		if c.About == nil || c.About(t) {
			about, edges = append(about, c), edges+len(c.Requires)
		}
	}
	g := &graph{
		listed: make([]*node, len(about)), results: make([]Result, len(about)),
		nodes: make([]node, len(about)), edges: make([]*node, 0, edges),
	}
	for i, c := range about {
		n := &g.nodes[i]
		n.check, n.result, n.shown = c, &g.results[i], true
		g.listed[i] = n
	}
	for i := range g.nodes {
		g.bind(&g.nodes[i])
	}
	for i := 0; i < len(g.more); i++ { // which adds to it
		g.bind(g.more[i])
	}
	return g
}

// bind ties a node to those that it requires.
func (g *graph) bind(n *node) {
	from := len(g.edges)
	for _, r := range n.check.Requires {
		g.edges = append(g.edges, g.node(r))
	}
	n.deps = g.edges[from:len(g.edges):len(g.edges)]
}

// node is that of a check; one that nobody has asked for is new, and not bound.
func (g *graph) node(c *Check) *node {
	for i := range g.nodes {
		if g.nodes[i].check == c {
			return &g.nodes[i]
		}
	}
	for _, n := range g.more {
		if n.check == c {
			return n
		}
	}
	n := &node{check: c, result: new(Result)}
	g.more = append(g.more, n)
	return n
}

// inOrder puts prerequisites first, those of checks that are not run left out.
func (g *graph) inOrder(t *Target) []*node {
	out := make([]*node, 0, len(g.nodes)+len(g.more))
	for _, n := range g.listed {
		out = n.appendTo(out, t)
	}
	return out
}

func (n *node) appendTo(out []*node, t *Target) []*node {
	if n.placed {
		return out
	}
	n.placed = true
	if !n.offLimits(t) {
		for _, d := range n.deps {
			out = d.appendTo(out, t)
		}
	}
	return append(out, n)
}

// outcome is the results, and those of prerequisites that kept others from looking.
func (g *graph) outcome() []Result {
	rs := g.results
	if len(g.more) == 0 {
		return rs
	}
	for _, n := range g.listed {
		rs = n.appendBlockers(rs)
	}
	return rs
}

func (n *node) appendBlockers(rs []Result) []Result {
	for _, d := range n.deps {
		rs = d.appendBlockers(rs)
		if !d.shown && d.result.Status >= Unknown {
			rs, d.shown = append(rs, *d.result), true
		}
	}
	return rs
}
