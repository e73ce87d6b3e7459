package process

import (
	"os"
	"strings"
)

// Load is the load average of the last minute, as text.
func Load() string {
	data, _ := os.ReadFile("/proc/loadavg")
	first, _, _ := strings.Cut(string(data), " ")
	if first == "" {
		return "unknown"
	}
	return first
}
