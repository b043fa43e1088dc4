package main

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestBrowserOffers types in the search box and chooses what it offers by
// keyboard alone, and sees that nothing else of the page moves.
func TestBrowserOffers(t *testing.T) {
	browserPath(t)
	_, site := serveSeeds(t)
	server := httptest.NewServer(site)
	defer server.Close()
	b := newTab(t, strings.TrimPrefix(server.URL, "http://"))
	for _, width := range []int64{1280, 320} {
		if err := b.show(server.URL+"/", width, "light"); err != nil {
			t.Fatal(err)
		}
		height := evaluate[float64](t, b, `document.documentElement.scrollHeight`)
		if err := chromedp.Do(b.ctx,
			chromedp.SendKeys(chromedp.CSS("#q"), "thong"),
			chromedp.WaitVisible(chromedp.CSS("#offers [role=option]"))); err != nil {
			t.Fatal(err)
		}
		if dir := os.Getenv("VANKHO_SHOTS"); dir != "" {
			saveShot(t, b, filepath.Join(dir, "offers.png"))
		}
		state := `(() => { const q = document.getElementById("q"); return [q.getAttribute("aria-expanded"), q.getAttribute("aria-activedescendant"),
			document.querySelector("[role=option][aria-selected=true]")?.firstChild.textContent].join(" ") })()`
		if got := evaluate[string](t, b, state); got != "true  " {
			t.Errorf("%d: once open: %q", width, got)
		}
		if got := evaluate[float64](t, b, `document.documentElement.scrollHeight`); got != height {
			t.Errorf("%d: the page is %v high, was %v", width, got, height)
		}
		if got := evaluate[float64](t, b, `document.documentElement.scrollWidth`); got > float64(width) {
			t.Errorf("%d: the page is %v wide", width, got)
		}
		press := func(key string) {
			t.Helper()
			if err := chromedp.Do(b.ctx, chromedp.KeyEvent(key)); err != nil {
				t.Fatal(err)
			}
		}
		press(kb.Escape)
		if got := evaluate[string](t, b, state); got != "false  " {
			t.Errorf("%d: after Escape: %q", width, got)
		}
		press("l")
		if err := chromedp.Do(b.ctx, chromedp.WaitVisible(chromedp.CSS("#offers [role=option]"))); err != nil {
			t.Fatal(err)
		}
		press(kb.ArrowDown)
		if got := evaluate[string](t, b, state); got != "true offer-0 Thongloun Sisoulith" {
			t.Errorf("%d: after the arrow: %q", width, got)
		}
		press(kb.Enter)
		if err := chromedp.Do(b.ctx, chromedp.WaitVisible(chromedp.CSS("h1"))); err != nil {
			t.Fatal(err)
		}
		if err := chromedp.Do(b.ctx, chromedp.WaitNotPresent(chromedp.CSS("#offers:not([hidden])"))); err != nil {
			t.Fatal(err)
		}
		if got := evaluate[string](t, b, `location.pathname`); got != "/p/thongloun-sisoulith" {
			t.Errorf("%d: arrived at %s", width, got)
		}
		for _, bad := range b.take() {
			t.Error(bad)
		}
	}
}
