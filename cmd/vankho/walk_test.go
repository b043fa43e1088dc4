package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// TestFreshClone is the newcomer: it clones what is committed into an empty
// folder, types the README's command and follows every link on every page. No
// link may be broken, no fragment may lead nowhere, and nothing may come from
// another host.
func TestFreshClone(t *testing.T) {
	if testing.Short() {
		t.Skip("clones and builds")
	}
	top, err := exec.Command("git", "rev-parse", "--show-toplevel").Output()
	if err != nil {
		t.Skipf("not a git checkout: %v", err)
	}
	clone := filepath.Join(t.TempDir(), "vankho")
	if out, err := exec.Command("git", "clone", "--quiet", strings.TrimSpace(string(top)), clone).CombinedOutput(); err != nil {
		t.Fatalf("git clone: %v\n%s", err, out)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	run := exec.CommandContext(ctx, "make", "run", "ADDR=127.0.0.1:0")
	run.Dir = clone
	run.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	var log bytes.Buffer
	run.Stderr = &log
	stdout, err := run.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	defer run.Wait()
	defer syscall.Kill(-run.Process.Pid, syscall.SIGTERM)
	base := ""
	for lines := bufio.NewScanner(stdout); base == "" && lines.Scan(); {
		if i := strings.Index(lines.Text(), "http://"); i >= 0 {
			base = strings.TrimRight(strings.Fields(lines.Text()[i:])[0], "/.")
		}
	}
	if base == "" {
		syscall.Kill(-run.Process.Pid, syscall.SIGKILL)
		run.Wait()
		t.Fatalf("make run did not print an address:\n%s", &log)
	}
	go io.Copy(io.Discard, stdout)
	w := walk{t: t, base: base, pages: map[string]*page{}}
	w.from("/", 0)
	articles := 0
	for path, p := range w.pages {
		if strings.HasPrefix(path, "/a/") && strings.Count(path, "/") == 2 && !strings.Contains(path, ".") {
			articles++
		}
		if p.status != http.StatusOK {
			t.Errorf("%s, linked from %s: %d", path, p.linkedFrom, p.status)
		}
		for fragment, from := range p.wanted {
			if p.ids != nil && !p.ids[fragment] {
				t.Errorf("%s#%s, linked from %s: no such place", path, fragment, from)
			}
		}
	}
	if articles != 5 {
		t.Errorf("the walk found %d articles, want 5", articles)
	}
	t.Logf("walked %d pages", len(w.pages))
}

type page struct {
	status     int
	linkedFrom string
	ids        map[string]bool   // nil unless HTML
	wanted     map[string]string // fragment -> a page that links to it
}

type walk struct {
	t     *testing.T
	base  string
	pages map[string]*page
}

// maxDepth bounds the walk through filters of filters, of a search or another
// list, which are links without end.
const maxDepth = 1

// from fetches a path and all it links to. depth counts the pages with
// parameters on the way that were reached from one with parameters.
func (w *walk) from(path string, depth int) *page {
	if p, ok := w.pages[path]; ok {
		return p
	}
	p := &page{wanted: map[string]string{}}
	w.pages[path] = p
	resp, err := http.Get(w.base + path)
	if err != nil {
		w.t.Fatalf("%s: %v", path, err)
	}
	defer resp.Body.Close()
	p.status = resp.StatusCode
	if !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") || p.status != http.StatusOK {
		return p
	}
	p.ids = map[string]bool{}
	var links []string
	for z := html.NewTokenizer(resp.Body); ; {
		if z.Next() == html.ErrorToken {
			if err := z.Err(); !errors.Is(err, io.EOF) {
				w.t.Errorf("%s: %v", path, err)
			}
			break
		}
		token := z.Token()
		for _, a := range token.Attr {
			switch {
			case a.Key == "id" && token.Type != html.EndTagToken:
				if p.ids[a.Val] {
					w.t.Errorf("%s: id %q twice", path, a.Val)
				}
				p.ids[a.Val] = true
			case a.Key == "href" || a.Key == "src" || a.Key == "action":
				links = append(links, a.Val)
				if token.Data != "a" && strings.HasPrefix(a.Val, "http") && !strings.HasPrefix(a.Val, w.base) {
					w.t.Errorf("%s: takes %s from another host", path, a.Val)
				}
			}
		}
	}
	here, _ := url.Parse(w.base + path)
	for _, link := range links {
		u, err := here.Parse(link)
		if err != nil {
			w.t.Errorf("%s: link %q: %v", path, link, err)
			continue
		}
		if u.Scheme+"://"+u.Host != w.base {
			continue
		}
		next := depth
		if here.RawQuery != "" && u.RawQuery != "" {
			if next++; next > maxDepth {
				continue
			}
		}
		target := w.from(u.RequestURI(), next)
		if target.linkedFrom == "" {
			target.linkedFrom = path
		}
		if u.Fragment != "" {
			target.wanted[u.Fragment] = path
		}
	}
	return p
}
