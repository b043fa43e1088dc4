package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"vankho/web"
)

// What a visitor downloads, in bytes, at the most.
const (
	maxStyle   = 24 << 10 // of the style sheet as it is
	maxScript  = 4 << 10
	maxArticle = 15 << 10  // of an article's page in gzip
	maxVisit   = 130 << 10 // of the first page of a visit, with all it loads
	maxLoads   = 8         // requests of the first page
)

// tool gives the path of a file of a tool that make put into VANKHO_TOOLS, or
// nothing when it is not there; an audit needs it.
func tool(t *testing.T, path string) string {
	t.Helper()
	file := filepath.Join(os.Getenv("VANKHO_TOOLS"), "node_modules", path)
	_, err := os.Stat(file)
	switch {
	case err == nil:
		return file
	case os.Getenv("VANKHO_AUDIT") != "":
		t.Fatalf("%v: see make audit", err)
	}
	t.Logf("no %s below VANKHO_TOOLS: what it would find is not looked for", path)
	return ""
}

// axe is the accessibility checker, or nothing.
func axe(t *testing.T) string {
	t.Helper()
	file := tool(t, "axe-core/axe.min.js")
	if file == "" {
		return ""
	}
	script, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

// violations gives what axe has against the page that is shown, by the rules
// of WCAG 2.0 to 2.2, A and AA, and best practice. The page's policy lets no
// script in, but a debugger may bring one.
func violations(t *testing.T, b *tab, axe string) []string {
	t.Helper()
	evaluate[any](t, b, axe+";null")
	found, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`axe.run(document, {
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"], elementRef: false,
	}).then(r => JSON.stringify(r.violations.map(v => v.id + ": " + v.help + ": " + v.nodes.slice(0, 3).map(n => n.target.join(" ") + " " + n.html.slice(0, 160) + " " + n.failureSummary).join("; ") + " (" + v.nodes.length + ")")))`,
		chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	if err := json.Unmarshal([]byte(found), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// shifts gives how much of the page moved while it loaded (CLS).
func shifts(t *testing.T, b *tab) float64 {
	t.Helper()
	sum, err := chromedp.Run(b.ctx, chromedp.Evaluate[float64](`new Promise(done => {
		let sum = 0;
		new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value }).observe({type: "layout-shift", buffered: true});
		requestAnimationFrame(() => setTimeout(() => done(sum), 20));
	})`, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// everyPage adds to pages the same in the other language.
func everyPage(pages map[string]string) map[string]string {
	out := map[string]string{}
	for name, path := range pages {
		out[name] = path
		if !strings.HasPrefix(path, "/en") {
			out["english-"+name] = strings.TrimSuffix("/en"+path, "/")
		}
	}
	return out
}

// TestBudgets holds what is sent to its size.
func TestBudgets(t *testing.T) {
	for name, most := range map[string]int{"static/style.css": maxStyle, "static/site.js": maxScript} {
		b, err := fs.ReadFile(web.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		if len(b) > most {
			t.Errorf("%s has %d bytes, %d at the most", name, len(b), most)
		}
	}
	dir, site := serveSeeds(t)
	for name, path := range samplePaths(t, dir) {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		rec := httptest.NewRecorder()
		site.ServeHTTP(rec, r)
		var packed bytes.Buffer
		z := gzip.NewWriter(&packed)
		z.Write(rec.Body.Bytes())
		z.Close()
		t.Logf("%-14s %6d bytes of HTML, %5d in gzip", name, rec.Body.Len(), packed.Len())
		if strings.HasPrefix(path, "/a/") && packed.Len() > maxArticle {
			t.Errorf("%s: %d bytes in gzip, %d at the most", path, packed.Len(), maxArticle)
		}
	}
}

// TestBrowserFirstVisit counts what a browser without a cache loads.
func TestBrowserFirstVisit(t *testing.T) {
	browserPath(t)
	dir, site := serveSeeds(t)
	paths := samplePaths(t, dir)
	for _, name := range []string{"home", "article", "meeting"} {
		loads := 0
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			loads++
			site.ServeHTTP(w, r)
		}))
		b := newTab(t, strings.TrimPrefix(server.URL, "http://"))
		if err := b.show(server.URL+paths[name], 390, "light"); err != nil {
			t.Fatal(err)
		}
		size := evaluate[float64](t, b, `document.fonts.size && performance.getEntriesByType("navigation").concat(performance.getEntriesByType("resource")).reduce((sum, e) => sum + e.transferSize, 0)`)
		t.Logf("%s: %d requests, %.0f bytes", name, loads, size)
		if loads > maxLoads || loads < 3 || size > maxVisit || size < 20<<10 {
			t.Errorf("%s: a first visit takes %d requests and %.0f bytes; %d and %d at the most", name, loads, size, maxLoads, maxVisit)
		}
		server.Close()
	}
}

// TestBrowserKeyboard walks pages by Tab alone: the skip link comes first and
// works, the order is the page's, and it can be seen where one is. Then "/"
// leads to the search box, and Enter opens what is folded.
func TestBrowserKeyboard(t *testing.T) {
	browserPath(t)
	dir, site := serveSeeds(t)
	server := httptest.NewServer(site)
	defer server.Close()
	b := newTab(t, strings.TrimPrefix(server.URL, "http://"))
	paths := samplePaths(t, dir)
	press := func(key string) {
		t.Helper()
		if err := chromedp.Do(b.ctx, chromedp.KeyEvent(key)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"home", "search", "article", "meeting", "network"} {
		if err := b.show(server.URL+paths[name], 1280, "light"); err != nil {
			t.Fatal(err)
		}
		if n := evaluate[float64](t, b, `document.querySelectorAll("[tabindex]:not([tabindex='0'],[tabindex='-1'])").length`); n != 0 {
			t.Errorf("%s: %v elements have an order of their own", name, n)
		}
		press(kb.Tab)
		if got := evaluate[string](t, b, `document.activeElement.className`); got != "skip" {
			t.Errorf("%s: the first Tab leads to %q", name, got)
		}
		for i := range 40 {
			// Empty when all is well; whoever is reached is remembered.
			if bad := evaluate[string](t, b, `(() => {
				const at = document.activeElement, before = window.before, box = at.getBoundingClientRect(), style = getComputedStyle(at);
				window.before = at;
				if (at === document.body) return "";
				const name = at.outerHTML.slice(0, 120);
				if (before && before !== document.body && !(before.compareDocumentPosition(at) & 4)) return "out of order: " + name;
				if (box.width === 0 || box.bottom < 0 || box.top > innerHeight) return "not in sight: " + name;
				if (parseFloat(style.outlineWidth) < 2 || style.outlineStyle === "none") return "without an outline: " + name;
				return "";
			})()`); bad != "" {
				t.Errorf("%s: after %d tabs: %s", name, i+1, bad)
			}
			press(kb.Tab)
		}
		if err := chromedp.Do(b.ctx, chromedp.Focus(chromedp.CSS(".skip"))); err != nil {
			t.Fatal(err)
		}
		press(kb.Enter)
		if got := evaluate[string](t, b, `document.activeElement.id`); got != "main" {
			t.Errorf("%s: the skip link leads to %q", name, got)
		}
		// One event, as a keyboard sends it: what it would write is its own.
		if err := chromedp.Do(b.ctx, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
			_, err := cdp.Call(ctx, t, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "/", Code: "Slash", Text: "/"})
			return chromedp.Void{}, err
		}); err != nil {
			t.Fatal(err)
		}
		if got := evaluate[string](t, b, `document.activeElement.name + document.activeElement.value.replace(/[^/]/g, "")`); got != "q" {
			t.Errorf("%s: / leads to %q", name, got)
		}
		press(kb.Escape)
		if !evaluate[bool](t, b, `(() => {
			const folded = [...document.querySelectorAll("main details:not([open])>summary")].find(e => e.checkVisibility());
			folded?.focus();
			return Boolean(folded);
		})()`) {
			continue
		}
		press(kb.Enter)
		if !evaluate[bool](t, b, `document.activeElement.parentElement.open`) {
			t.Errorf("%s: Enter opens nothing", name)
		}
	}
	for _, bad := range b.take() {
		t.Error(bad)
	}
}

// TestBrowserWithoutScript does what a visit needs where scripts are switched
// off, and prints.
func TestBrowserWithoutScript(t *testing.T) {
	browserPath(t)
	dir, site := serveSeeds(t)
	server := httptest.NewServer(site)
	defer server.Close()
	b := newTab(t, strings.TrimPrefix(server.URL, "http://"))
	if err := chromedp.Do(b.ctx, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return chromedp.Void{}, err
	}); err != nil {
		t.Fatal(err)
	}
	if err := b.show(server.URL+"/", 390, "light"); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(b.ctx,
		chromedp.SendKeys(chromedp.CSS("main input[name=q]"), "kim ngach thuong mai\r"),
		chromedp.WaitVisible(chromedp.CSS(".recs .snip mark")),
		chromedp.Click(chromedp.CSS(".recs .snip a")),
		chromedp.WaitVisible(chromedp.CSS(":target"))); err != nil {
		t.Fatal(err)
	}
	if n := evaluate[float64](t, b, `[...document.querySelectorAll("[data-js]")].filter(e => e.checkVisibility()).length`); n != 0 {
		t.Errorf("%v elements are shown that only a script makes work", n)
	}
	if got := evaluate[string](t, b, `document.querySelector("#q").role ?? ""`); got == "combobox" {
		t.Error("the script ran")
	}
	paths := samplePaths(t, dir)
	for _, name := range []string{"article", "meeting", "search", "pair"} {
		if err := b.show(server.URL+paths[name], 1280, "dark"); err != nil {
			t.Fatal(err)
		}
		pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF())
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(pdf, []byte("%PDF-")) || len(pdf) < 10<<10 {
			t.Errorf("%s: printed to %d bytes", name, len(pdf))
		}
		if shots := os.Getenv("VANKHO_SHOTS"); shots != "" {
			if err := os.WriteFile(filepath.Join(shots, name+".pdf"), pdf, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, bad := range b.take() {
		t.Error(bad)
	}
}

// TestAudit has programs of others judge the site: the W3C's checker every
// page in both languages, stylelint the style sheet, and Lighthouse, as on a
// telephone, the three pages that most visits begin with.
func TestAudit(t *testing.T) {
	if os.Getenv("VANKHO_AUDIT") == "" {
		t.Skip("slow: see make audit")
	}
	dir, site := serveSeeds(t)
	server := httptest.NewServer(site)
	defer server.Close()
	paths, out := samplePaths(t, dir), t.TempDir()

	for name, path := range everyPage(paths) {
		rec := httptest.NewRecorder()
		site.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
		if err := os.WriteFile(filepath.Join(out, name+".html"), rec.Body.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if said, err := exec.Command("java", "-jar", tool(t, "vnu-jar/build/dist/vnu.jar"), "--errors-only", out).CombinedOutput(); err != nil {
		t.Errorf("HTML: %v\n%s", err, said)
	}

	// What comes later in a sheet of one file need not weigh more.
	config := filepath.Join(out, "stylelint.json")
	if err := os.WriteFile(config, []byte(`{"extends": "stylelint-config-recommended", "rules": {"no-descending-specificity": null}}`), 0o644); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.Command("node", tool(t, "stylelint/bin/stylelint.mjs"), "--config", config, "--config-basedir", os.Getenv("VANKHO_TOOLS"), "../../web/static/style.css").CombinedOutput(); err != nil {
		t.Errorf("CSS: %v\n%s", err, said)
	}

	for _, name := range []string{"home", "meeting", "article"} {
		lighthouse := exec.Command("node", tool(t, "lighthouse/cli/index.js"), server.URL+paths[name], "--quiet", "--output=json", "--chrome-flags=--headless --no-sandbox --disable-gpu")
		lighthouse.Env = append(os.Environ(), "CHROME_PATH="+browserPath(t))
		said, err := lighthouse.Output()
		if err != nil {
			t.Fatalf("lighthouse: %v", err)
		}
		var report struct {
			Categories map[string]struct{ Score float64 }
		}
		if err := json.Unmarshal(said, &report); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %v", name, report.Categories)
		for category, c := range report.Categories {
			if c.Score < 1 {
				t.Errorf("%s: Lighthouse gives %s %v", name, category, c.Score)
			}
		}
		if len(report.Categories) < 4 {
			t.Errorf("%s: Lighthouse judged %v", name, report.Categories)
		}
	}
}
