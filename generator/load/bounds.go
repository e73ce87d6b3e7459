package load

import (
	"bytes"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"
)

// What a file may cost, so that none takes more than ten times its size in
// memory, beside what even the smallest needs. People write far less.
const (
	maxSize     = 2 << 20 // bytes of a file
	maxDepth    = 200     // values within each other
	maxProblems = 200     // told of one file
	maxText     = 1000    // bytes that one quotes

	perByte = 10
	spare   = 4 << 20
	perNode = 176 // what a YAML node takes, with its place in a list
)

// parseYAML gives the nodes of the only YAML document that data holds.
func parseYAML(data []byte) (root yaml.Node, err error) {
	limits := loaderlimits.New(loaderlimits.DepthValue(maxDepth))
	return root, yaml.Load(data, &root, yaml.WithPlugin(limits))
}

// tooDense tells whether data may hold so many values that its nodes would
// break the bound: a list of single letters has a node every other byte. The
// text itself counts twice, as what is read and as the texts of nodes.
func tooDense(data []byte) bool {
	return nodes(data)*perNode > (perByte-2)*len(data)+spare
}

// nodes counts the nodes of YAML, or more: marks in texts count too. What is
// kept of a reference weighs as much as two.
func nodes(data []byte) int {
	count := func(mark string) int { return bytes.Count(data, []byte(mark)) }
	return 1 + 3*count("{") + 2*(count("[")+count(",")+count(":")+count("?")+count("$ref")) + count("- ") + count("-\n")
}
