package main

import (
	"fmt"
	"io"
	"os/signal"
	"sync"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/sandbox"
)

func newSandbox() *cobra.Command {
	var listen, dir string
	var items int
	cmd := &cobra.Command{
		Use:   "sandbox",
		Short: "Run a WeChat Pay on this machine",
		Long: `sandbox serves a WeChat Pay that verifies the signature of every request, validates
it against the specs, and answers with the example of the documentation, signed.
The first start makes a merchant with its keys in the folder that --dir names;
later ones use it again. A request with the header Sandbox-Error: CODE is answered
with that error. It runs until it is interrupted.`,
		Example: `  wxgen sandbox
  wxgen sandbox --listen 127.0.0.1:9000 --dir ~/.wxgen/sandbox`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := openSpecs(cmd)
			if err != nil {
				return err
			}
			identity, err := sandbox.OpenIdentity(dir)
			if err != nil {
				return err
			}
			log := &callLog{out: cmd.OutOrStdout()}
			srv, err := sandbox.New(sandbox.WithAddress(listen), sandbox.WithIdentity(identity),
				sandbox.WithItems(items), sandbox.WithObserver(log.print), sandbox.WithSpecs(p.specs))
			if err != nil {
				return p.locate(err)
			}
			defer srv.Close()
			if err := introduce(cmd.OutOrStdout(), srv, dir); err != nil {
				return err
			}
			ctx, stop := signal.NotifyContext(cmd.Context(), syscall.SIGINT, syscall.SIGTERM)
			defer stop()
			<-ctx.Done()
			return nil
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:8787", "address to listen on")
	cmd.Flags().StringVar(&dir, "dir", ".wxgen-sandbox", "folder of the merchant's keys, made on first use")
	cmd.Flags().IntVar(&items, "items", 25, "items that every list holds")
	return cmd
}

// introduce says where the sandbox is and how to use it, as lines that a
// shell understands.
func introduce(w io.Writer, srv *sandbox.Server, dir string) error {
	environment, err := srv.Identity().Environment(srv.URL)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "# A WeChat Pay for tests on %s. The keys are in %s; none of them is valid anywhere else.\n", srv.URL, dir)
	fmt.Fprintln(w, "# Give these to your program, then for example: go run ./examples/quickstart")
	for _, line := range environment {
		fmt.Fprintln(w, "export "+line)
	}
	fmt.Fprintln(w, "# Calls follow. Stop with Ctrl-C.")
	return nil
}

// callLog prints a line a call.
type callLog struct {
	mu  sync.Mutex
	out io.Writer
}

func (l *callLog) print(c sandbox.Call) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fmt.Fprintln(l.out, c)
}
