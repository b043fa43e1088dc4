package main

import (
	"context"
	"fmt"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browserPath finds a Chromium, or skips; where VANKHO_BROWSER=required, as in
// continuous integration, a missing one fails.
func browserPath(t *testing.T) string {
	for _, name := range []string{"chromium-headless-shell", "chromium", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("VANKHO_BROWSER") == "required" {
		t.Fatal("no Chromium here, and VANKHO_BROWSER=required")
	}
	t.Skip("no Chromium here: the browser tests are skipped")
	return ""
}

// tab is a browser tab that collects what must not happen in it.
type tab struct {
	ctx context.Context
	mu  sync.Mutex
	bad []string
}

func newTab(t *testing.T, host string) *tab {
	alloc, stop := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(browserPath(t)), chromedp.NoSandbox,
		chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true))...)
	t.Cleanup(stop)
	b := &tab{}
	ctx, cancel := chromedp.NewContext(alloc, chromedp.WithListener(func(ev any) {
		switch e := ev.(type) {
		case *runtime.EventExceptionThrown:
			b.note("exception: %s", e.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			b.note("console.%s", e.Type)
		case *log.EventEntryAdded:
			b.note("log: %s %s", e.Entry.Text, e.Entry.URL)
		case *network.EventRequestWillBeSent:
			if u, err := url.Parse(e.Request.URL); err == nil && u.Host != host && u.Scheme != "data" {
				b.note("request off-site: %s", e.Request.URL)
			}
		}
	}))
	t.Cleanup(cancel)
	ctx, cancelTime := context.WithTimeout(ctx, 30*time.Minute)
	t.Cleanup(cancelTime)
	b.ctx = ctx
	return b
}

func (b *tab) note(format string, args ...any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.bad = append(b.bad, fmt.Sprintf(format, args...))
}

// take gives what went wrong since the last call.
func (b *tab) take() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	bad := b.bad
	b.bad = nil
	return bad
}

// show opens a page in a window of the given width, light or dark.
func (b *tab) show(address string, width int64, scheme string) error {
	return chromedp.Do(b.ctx,
		chromedp.EmulateViewport(width, 900),
		func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
			_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
				Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
			})
			return chromedp.Void{}, err
		},
		chromedp.Navigate(address))
}

func evaluate[T any](t *testing.T, b *tab, script string) T {
	t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	return v
}

// TestBrowser opens a page of every kind, wide and narrow, light and dark. No
// page may scroll sideways, move while it loads, log an error, disobey its
// security policy or ask another host for anything, and each has one heading
// and a main part. axe looks at the widest light and the narrowest dark, or
// with VANKHO_AUDIT at all, and in both languages. VANKHO_SHOTS=DIR keeps a
// picture of each.
func TestBrowser(t *testing.T) {
	browserPath(t)
	dir, site := serveSeeds(t)
	server := httptest.NewServer(site)
	defer server.Close()
	b := newTab(t, strings.TrimPrefix(server.URL, "http://"))
	pages, all, axe := samplePaths(t, dir), os.Getenv("VANKHO_AUDIT") != "", axe(t)
	if all {
		pages = everyPage(pages)
	}
	shots := os.Getenv("VANKHO_SHOTS")
	for name, path := range pages {
		for _, width := range []int64{1280, 390, 320} {
			for _, scheme := range []string{"light", "dark"} {
				at := fmt.Sprintf("%s at %d, %s", path, width, scheme)
				if err := b.show(server.URL+path, width, scheme); err != nil {
					t.Fatalf("%s: %v", at, err)
				}
				if wide := evaluate[float64](t, b, `document.documentElement.scrollWidth`); wide > float64(width) {
					t.Errorf("%s: is %v pixels wide", at, wide)
				}
				if n := evaluate[float64](t, b, `document.querySelectorAll("h1").length + 10*document.querySelectorAll("main").length`); n != 11 {
					t.Errorf("%s: 10*main+h1 is %v, want 11", at, n)
				}
				if moved := shifts(t, b); moved > 0 {
					t.Errorf("%s: moves by %v while it loads", at, moved)
				}
				if axe != "" && (all || width == 1280 && scheme == "light" || width == 320 && scheme == "dark") {
					for _, bad := range violations(t, b, axe) {
						t.Errorf("%s: axe: %s", at, bad)
					}
				}
				for _, bad := range b.take() {
					if !strings.Contains(name, "missing") || !strings.Contains(bad, "404") {
						t.Errorf("%s: %s", at, bad)
					}
				}
				if shots != "" {
					saveShot(t, b, filepath.Join(shots, fmt.Sprintf("%s-%d-%s.png", name, width, scheme)))
				}
			}
		}
	}
}

func saveShot(t *testing.T, b *tab, file string) {
	picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	if err := os.WriteFile(file, picture, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestBrowserJourney does what most visitors do: types words without marks on
// the first page, follows a result to its paragraph and a value to its words.
func TestBrowserJourney(t *testing.T) {
	browserPath(t)
	_, site := serveSeeds(t)
	server := httptest.NewServer(site)
	defer server.Close()
	b := newTab(t, strings.TrimPrefix(server.URL, "http://"))
	if err := b.show(server.URL+"/", 1280, "light"); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(b.ctx,
		chromedp.SendKeys(chromedp.CSS("main input[name=q]"), "kim ngach thuong mai\r"),
		chromedp.WaitVisible(chromedp.CSS(".recs .snip mark"))); err != nil {
		t.Fatal(err)
	}
	if got := evaluate[string](t, b, `document.querySelector(".snip mark").textContent`); !strings.HasPrefix(got, "kim ngạch") {
		t.Errorf("the first words marked are %q", got)
	}
	link := evaluate[string](t, b, `document.querySelector(".snip a").href`)
	if err := b.show(link, 1280, "light"); err != nil {
		t.Fatal(err)
	}
	if got := evaluate[string](t, b, `document.querySelector(":target")?.textContent ?? ""`); !strings.Contains(got, "kim ngạch") {
		t.Errorf("%s arrives at %q", link, got)
	}
	if err := b.show(server.URL+evaluate[string](t, b, `[...document.querySelectorAll(".panel a.src")][0].pathname + [...document.querySelectorAll(".panel a.src")][0].hash`), 1280, "light"); err != nil {
		t.Fatal(err)
	}
	if got := evaluate[bool](t, b, `document.querySelector(":target") !== null`); !got {
		t.Error("the panel's first source link arrives nowhere")
	}
	for _, bad := range b.take() {
		t.Error(bad)
	}
}
