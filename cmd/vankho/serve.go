package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"time"

	"github.com/urfave/cli/v3"

	"vankho/internal/search"
	"vankho/internal/site"
	"vankho/internal/store"
	"vankho/web"
)

// openWait is how long the start may wait for the index to open.
const openWait = 200 * time.Millisecond

func serveCommand() *cli.Command {
	return &cli.Command{
		Name:        "serve",
		Usage:       "serve the archive as web pages",
		Description: "Only reads. Picks up a finished import by itself. SIGTERM ends it once running requests are answered.",
		Flags: []cli.Flag{
			archiveFlag(),
			&cli.StringFlag{Name: "addr", Value: "localhost:8080", Usage: "listen on `HOST:PORT`"},
			&cli.StringFlag{Name: "base-url", Usage: "the public `URL` that begins every absolute link (default: http:// and the address)"},
			&cli.StringFlag{Name: "missed", Usage: "append to `FILE` each day what searches found nothing, and how often"},
			&cli.BoolFlag{Name: "dev", Usage: "read templates and texts from ./web at each request"},
		},
		Before: noArgs,
		Action: runServe,
	}
}

func runServe(ctx context.Context, cmd *cli.Command) error {
	fail := func(err error) error { return fmt.Errorf("serve: %w", err) }
	dir := cmd.String("archive")
	s, err := store.Open(dir)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("%w; run vankho import first", err)
		}
		return fail(err)
	}
	defer s.Close()
	live := search.NewLive(dir)
	defer live.Close()

	if _, err := net.ResolveTCPAddr("tcp", cmd.String("addr")); err != nil {
		return &exitError{exitInput, fmt.Errorf("serve: -addr: %w", err)}
	}
	listener, err := net.Listen("tcp", cmd.String("addr"))
	if err != nil {
		return fail(fmt.Errorf("%w; choose another with -addr", err))
	}
	address := "http://" + listener.Addr().String()
	if host, _, err := net.SplitHostPort(cmd.String("addr")); err == nil && host == "localhost" {
		_, port, _ := net.SplitHostPort(listener.Addr().String())
		address = "http://localhost:" + port
	}
	baseURL := cmd.String("base-url")
	if baseURL == "" {
		baseURL = address
	}
	log := slog.New(slog.NewTextHandler(cmd.Root().ErrWriter, nil))
	cfg := site.Config{Store: s, Search: live, Web: web.Files, BaseURL: baseURL, Logger: log, Missed: new(site.Missed)}
	if cmd.Bool("dev") {
		if _, err := os.Stat("web/templates"); err != nil {
			return &exitError{exitInput, fmt.Errorf("serve: -dev reads ./web of a checkout: %w", err)}
		}
		cfg.Web, cfg.Dev = os.DirFS("web"), true
	}
	h, err := site.New(cfg)
	if err != nil {
		listener.Close()
		return &exitError{exitInput, fmt.Errorf("serve: %w", err)}
	}

	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	opened := make(chan struct{})
	go func() {
		h.Refresh(ctx) // Watch tells of a failure
		close(opened)
		h.Watch(ctx)
	}()
	// A small index is open before anyone is told the address; nobody waits
	// for a large one: records are served meanwhile, and search says so.
	select {
	case <-opened:
	case <-time.After(openWait):
	}
	fmt.Fprintf(cmd.Root().Writer, "serving %s at %s\n", dir, address)
	missed := &missedTeller{missed: cfg.Missed, log: log}
	if name := cmd.String("missed"); name != "" {
		if missed.file, err = os.OpenFile(name, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o644); err != nil {
			listener.Close()
			return fail(fmt.Errorf("-missed: %w", err))
		}
		defer missed.file.Close()
	}
	told := make(chan struct{})
	go func() {
		missed.run(ctx)
		close(told)
	}()
	err = site.Serve(ctx, listener, h, log)
	cancel()
	<-told
	if err = errors.Join(err, missed.end()); err != nil {
		return fail(err)
	}
	return nil
}
