package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"time"

	"vankho/internal/site"
)

// missedTeller tells the archive's keeper which searches found nothing: once an
// hour in the log, and when a day is over, or the server ends, in a file. A line
// of the file is the day in UTC, how often, and the text, with tabs between; a
// day in which the server was started anew has several lines to add up.
type missedTeller struct {
	missed *site.Missed
	log    *slog.Logger
	file   *os.File // nil when nobody asked for one
}

const (
	missedEvery = time.Hour
	missedTold  = 5 // texts in a line of the log
)

// run tells until ctx is done.
func (m *missedTeller) run(ctx context.Context) {
	for tick := time.NewTicker(missedEvery); ; {
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case now := <-tick.C:
			m.tell(now)
			if err := m.write(now.UTC().AddDate(0, 0, -1)); err != nil {
				m.log.Error("searches that found nothing", "err", err)
			}
		}
	}
}

// tell logs the day so far.
func (m *missedTeller) tell(now time.Time) {
	list := m.missed.Day(now.UTC().Format(time.DateOnly))
	if len(list) == 0 {
		return
	}
	n := 0
	var most []string
	for _, q := range list {
		n += q.N
		if len(most) < missedTold && q.Text != "" {
			most = append(most, q.Text)
		}
	}
	m.log.Info("searches that found nothing today", "n", n, "different", len(list), "most", most)
}

// write appends what was counted up to the end of a day.
func (m *missedTeller) write(lastDay time.Time) error {
	list := m.missed.Take(lastDay.Format(time.DateOnly))
	if m.file == nil || len(list) == 0 {
		return nil
	}
	var b bytes.Buffer
	for _, q := range list {
		fmt.Fprintf(&b, "%s\t%d\t%s\n", q.Day, q.N, q.Text)
	}
	if _, err := m.file.Write(b.Bytes()); err != nil {
		return fmt.Errorf("-missed: %w", err)
	}
	return m.file.Sync()
}

// end tells what is left.
func (m *missedTeller) end() error {
	now := time.Now()
	m.tell(now)
	return m.write(now.UTC())
}
