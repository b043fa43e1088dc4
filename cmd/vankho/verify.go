package main

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/urfave/cli/v3"

	"vankho/internal/search"
	"vankho/internal/store"
)

func verifyCommand() *cli.Command {
	return &cli.Command{
		Name:        "verify",
		Usage:       "check every hash in the archive and its index",
		Description: "Names each thing that is damaged and exits with status 5 if there is one.",
		Flags:       []cli.Flag{archiveFlag()},
		Before:      noArgs,
		Action:      runVerify,
	}
}

func runVerify(ctx context.Context, cmd *cli.Command) error {
	dir, out := cmd.String("archive"), cmd.Root().Writer
	fail := func(err error) error {
		return fmt.Errorf("verify: %s: %w", dir, err)
	}
	s, err := store.Open(dir)
	if err != nil {
		return fail(err)
	}
	defer s.Close()
	damages := 0
	if err := s.Verify(ctx, func(d store.DamagedError) {
		damages++
		fmt.Fprintf(out, "damaged: %v\n", &d)
	}); err != nil {
		return fail(err)
	}
	state, err := s.State(ctx)
	if err != nil {
		return fail(err)
	}
	index := filepath.Join(dir, "index", state.Generation)
	if err := search.Verify(index, func(file, why string) {
		damages++
		fmt.Fprintf(out, "damaged: %s: %s\n", filepath.Join(index, file), why)
	}); err != nil {
		return fail(err)
	}
	if damages > 0 {
		return &exitError{exitIntegrity, fmt.Errorf("verify: %s: %d damaged", dir, damages)}
	}
	fmt.Fprintf(out, "archive %s: every hash is right\n", state.Generation)
	return nil
}
