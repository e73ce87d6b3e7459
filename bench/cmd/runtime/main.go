// Command runtime measures calls and notifications of wxpay beside plain Go and beside a floor, in turns within one run. Run it
// in bench/:
//
//	go run ./cmd/runtime
package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"runtime/pprof"

	"github.com/wxgen/wxgen/bench/process"
	"github.com/wxgen/wxgen/bench/runtime"
)

type options struct {
	rounds int
	only   string
	cpu    string
}

func main() {
	var o options
	flag.IntVar(&o.rounds, "rounds", 31, "`rounds` after the one that warms up")
	flag.StringVar(&o.only, "only", "", "only the cases whose name fits this `expression`")
	flag.StringVar(&o.cpu, "cpuprofile", "", "write a profile of the processor to `file`")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(o options) error {
	only, err := regexp.Compile(o.only)
	if err != nil {
		return err
	}
	if o.cpu != "" {
		file, err := os.Create(o.cpu)
		if err != nil {
			return err
		}
		defer file.Close()
		if err := pprof.StartCPUProfile(file); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	fmt.Printf("Load before: %s. %d rounds.\n", process.Load(), o.rounds)
	for _, c := range cases() {
		if !only.MatchString(c.name) {
			continue
		}
		if err := c.measure(o.rounds); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	fmt.Printf("\nLoad after: %s.\n", process.Load())
	return nil
}

// A comparison is one ratio that there is a goal for, or that tells something.
type comparison struct {
	of, over string
	goal     float64 // 0: none
	speed    bool    // the goal is a least ratio of operations per second
}

type testCase struct {
	name        string
	goroutines  int
	size        int // operations of a batch
	open        func() (all []runtime.Contestant, done func() error, err error)
	comparisons []comparison
}

const (
	wholeOfFloor  = 1.03
	bareOfMinimal = 1.05
	notification  = 1.05
	throughput    = 0.97
)

func cases() (out []testCase) {
	for _, withKey := range []bool{true, false} {
		for _, post := range []bool{false, true} {
			for _, goroutines := range []int{1, 2, 64} {
				out = append(out, callCase(post, withKey, goroutines))
			}
		}
	}
	for _, goroutines := range []int{1, 2} {
		out = append(out, testCase{
			name: fmt.Sprintf("notification, %d at a time", goroutines), goroutines: goroutines, size: runtime.BatchOfNotifications,
			open: func() ([]runtime.Contestant, func() error, error) {
				n, err := runtime.NewNotifications()
				if err != nil {
					return nil, nil, err
				}
				return n.Contestants(), func() error { return nil }, nil
			},
			comparisons: []comparison{
				{of: runtime.Parse, over: runtime.Floor, goal: notification},
				{of: runtime.ServeHTTP, over: runtime.FloorHandler, goal: notification},
			},
		})
	}
	return out
}

func callCase(post, withKey bool, goroutines int) testCase {
	c := testCase{goroutines: goroutines}
	c.name, c.size = "GET", 40
	if post {
		c.name = "POST"
	}
	if withKey {
		c.name += ", whole call"
		c.comparisons = []comparison{
			{of: runtime.Runtime, over: runtime.Floor, goal: wholeOfFloor},
			{of: runtime.Runtime, over: runtime.Minimal},
			{of: runtime.Minimal, over: runtime.Floor},
		}
	} else {
		c.name += ", without the private-key operation"
		c.size = 400
		c.comparisons = []comparison{
			{of: runtime.Runtime, over: runtime.Minimal, goal: bareOfMinimal},
			{of: runtime.Runtime, over: runtime.MinimalDeadline},
			{of: runtime.Minimal, over: runtime.Floor},
		}
	}
	if goroutines > 2 {
		c.size *= 4
		c.comparisons = append(c.comparisons, comparison{of: runtime.Runtime, over: runtime.Minimal, goal: throughput, speed: true})
	}
	c.name += fmt.Sprintf(", %d at a time", goroutines)
	c.open = func() ([]runtime.Contestant, func() error, error) {
		calls, err := runtime.NewCalls(post, withKey)
		if err != nil {
			return nil, nil, err
		}
		return calls.Contestants(), calls.Close, nil
	}
	return c
}

func (c *testCase) measure(rounds int) (err error) {
	all, done, err := c.open()
	if err != nil {
		return err
	}
	costs, err := runtime.Turns(all, c.goroutines, c.size, rounds)
	if err := done(); err != nil {
		return err
	}
	if err != nil {
		return err
	}
	by := make(map[string][]runtime.Cost)
	fmt.Printf("\n### %s\n\n| | wall µs | CPU µs | a second | allocations | B |\n|---|---|---|---|---|---|\n", c.name)
	for i, contestant := range all {
		by[contestant.Name] = costs[i]
		median := func(of func(runtime.Cost) float64) float64 { return runtime.Median(costs[i], of) }
		fmt.Printf("| %s | %.0f | %.0f | %.0f | %.0f | %.0f |\n", contestant.Name, median(runtime.WallOf), median(runtime.CPUOf),
			1e6/median(runtime.WallOf), median(runtime.AllocsOf), median(runtime.BytesOf))
	}
	fmt.Print("\n| ratio of one round: median [quartiles] | wall | CPU | goal |\n|---|---|---|---|\n")
	for _, r := range c.comparisons {
		r.print(by[r.of], by[r.over])
	}
	return nil
}

func (r comparison) print(a, b []runtime.Cost) {
	if r.speed {
		low, median, high := runtime.Ratio(b, a, runtime.WallOf)
		fmt.Printf("| %s of %s, calls a second | %.3f [%.3f..%.3f] | | ≥ %.2f %s |\n", r.of, r.over, median, low, high, r.goal,
			verdict(median >= r.goal))
		return
	}
	fmt.Printf("| %s of %s |", r.of, r.over)
	var cpu float64
	for _, of := range []func(runtime.Cost) float64{runtime.WallOf, runtime.CPUOf} {
		low, median, high := runtime.Ratio(a, b, of)
		fmt.Printf(" %.3f [%.3f..%.3f] |", median, low, high)
		cpu = median
	}
	if r.goal == 0 {
		fmt.Println(" |")
		return
	}
	fmt.Printf(" ≤ %.2f, CPU %s |\n", r.goal, verdict(cpu <= r.goal))
}

func verdict(met bool) string {
	if met {
		return "met"
	}
	return "missed"
}
