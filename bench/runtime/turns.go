package runtime

import (
	"context"
	"fmt"
	"runtime"
	"runtime/pprof"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// Cost is what one operation of a batch took.
type Cost struct {
	Wall, CPU  time.Duration // CPU is of the whole process: of the mock and the garbage collector, too
	Allocs     float64
	AllocBytes float64
}

// Label of profiles: the name of the contestant at work.
const Label = "contestant"

// Turns lets the contestants do size operations each, in a number of goroutines, one contestant after the other, for a number
// of rounds after one that warms up. The one that begins moves on with each round. It returns the costs by contestant and
// round.
func Turns(all []Contestant, goroutines, size, rounds int) ([][]Cost, error) {
	costs := make([][]Cost, len(all))
	for round := range rounds + 1 {
		for k := range all {
			at := (k + round) % len(all)
			var (
				cost Cost
				err  error
			)
			// Connections that it opens bear the label, too, since their goroutines begin under it.
			pprof.Do(context.Background(), pprof.Labels(Label, all[at].Name), func(context.Context) {
				cost, err = batch(all[at], goroutines, size)
			})
			if err != nil {
				return nil, fmt.Errorf("%s: %w", all[at].Name, err)
			}
			if round > 0 {
				costs[at] = append(costs[at], cost)
			}
		}
	}
	return costs, nil
}

func batch(c Contestant, goroutines, size int) (Cost, error) {
	if c.Prepare != nil {
		if err := c.Prepare(); err != nil {
			return Cost{}, err
		}
	}
	runtime.GC() // so that nobody pays for the one before
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	cpu, err := processorTime()
	if err != nil {
		return Cost{}, err
	}
	begun := time.Now()
	if err := each(c, goroutines, size); err != nil {
		return Cost{}, err
	}
	wall := time.Since(begun)
	cpuAfter, err := processorTime()
	if err != nil {
		return Cost{}, err
	}
	runtime.ReadMemStats(&after)
	n := float64(size)
	return Cost{
		Wall:       wall / time.Duration(size),
		CPU:        (cpuAfter - cpu) / time.Duration(size),
		Allocs:     float64(after.Mallocs-before.Mallocs) / n,
		AllocBytes: float64(after.TotalAlloc-before.TotalAlloc) / n,
	}, nil
}

// each does size operations, which the goroutines take one by one.
func each(c Contestant, goroutines, size int) error {
	var (
		next     atomic.Int64
		wait     sync.WaitGroup
		problems = make(chan error, goroutines)
	)
	for range goroutines {
		wait.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= size {
					return
				}
				if err := c.Do(i); err != nil {
					problems <- err
					return
				}
			}
		})
	}
	wait.Wait()
	close(problems)
	return <-problems
}

func processorTime() (time.Duration, error) {
	var usage syscall.Rusage
	err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()), err
}

// Median of one measure.
func Median(costs []Cost, of func(Cost) float64) float64 {
	return quantile(values(costs, of), 0.5)
}

// Ratio compares round by round, which a noise that lasts for rounds does not move: quartiles of a/b.
func Ratio(a, b []Cost, of func(Cost) float64) (low, median, high float64) {
	ratios := values(a, of)
	for i := range ratios {
		ratios[i] /= of(b[i])
	}
	return quantile(ratios, 0.25), quantile(ratios, 0.5), quantile(ratios, 0.75)
}

func values(costs []Cost, of func(Cost) float64) []float64 {
	out := make([]float64, len(costs))
	for i, c := range costs {
		out[i] = of(c)
	}
	return out
}

func quantile(v []float64, q float64) float64 {
	v = slices.Sorted(slices.Values(v))
	at := q * float64(len(v)-1)
	low := int(at)
	if low+1 >= len(v) {
		return v[len(v)-1]
	}
	return v[low] + (at-float64(low))*(v[low+1]-v[low])
}

// WallOf, CPUOf and AllocsOf are measures, in microseconds and in numbers.
func WallOf(c Cost) float64 { return c.Wall.Seconds() * 1e6 }

// CPUOf see WallOf.
func CPUOf(c Cost) float64 { return c.CPU.Seconds() * 1e6 }

// AllocsOf see WallOf.
func AllocsOf(c Cost) float64 { return c.Allocs }

// BytesOf see WallOf.
func BytesOf(c Cost) float64 { return c.AllocBytes }
