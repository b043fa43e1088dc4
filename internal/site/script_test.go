package site

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

// A request script is a text of cases with blank lines between them:
//
//	# what the case is about
//	GET /a/$talks
//	with Accept-Encoding: gzip
//	code == 200
//	header Vary contains Accept-Encoding
//	body contains <h1
//	body !contains <script>
//
// The first line of a case is a method and a target, as a client sends it.
// "with" sets a header of the request. A condition is code, body or "header
// NAME", an operator (==, !=, contains, !contains, matches, a regular
// expression) and the rest of the line. An absent header is empty. A body that
// came compressed is unpacked. $name stands for a variable of the test, and
// $etag for the ETag of the case before.

type scriptCase struct {
	line       int
	method     string
	target     string
	with       http.Header
	conditions []condition
}

type condition struct {
	line                        int
	subject, header, op, wanted string
}

func parseScript(text string) ([]scriptCase, error) {
	var cases []scriptCase
	open := false
	for i, line := range strings.Split(text, "\n") {
		n := i + 1
		line = strings.TrimSpace(line)
		first, rest, _ := strings.Cut(line, " ")
		switch {
		case line == "":
			open = false
		case strings.HasPrefix(line, "#"):
		case !open:
			if rest == "" {
				return nil, fmt.Errorf("line %d: want METHOD TARGET", n)
			}
			cases = append(cases, scriptCase{line: n, method: first, target: rest, with: http.Header{}})
			open = true
		case first == "with":
			name, value, ok := strings.Cut(rest, ":")
			if !ok {
				return nil, fmt.Errorf("line %d: want with NAME: VALUE", n)
			}
			cases[len(cases)-1].with.Add(name, strings.TrimSpace(value))
		case first == "code", first == "body", first == "header":
			c := condition{line: n, subject: first}
			if first == "header" {
				c.header, rest, _ = strings.Cut(rest, " ")
			}
			c.op, c.wanted, _ = strings.Cut(rest, " ")
			switch c.op {
			case "==", "!=", "contains", "!contains", "matches":
			default:
				return nil, fmt.Errorf("line %d: operator %q", n, c.op)
			}
			last := &cases[len(cases)-1]
			last.conditions = append(last.conditions, c)
		default:
			return nil, fmt.Errorf("line %d: %q", n, line)
		}
	}
	for _, c := range cases {
		if len(c.conditions) == 0 {
			return nil, fmt.Errorf("line %d: nothing is wanted of the answer", c.line)
		}
	}
	return cases, nil
}

func (c condition) holds(got, wanted string) (bool, error) {
	switch c.op {
	case "==":
		return got == wanted, nil
	case "!=":
		return got != wanted, nil
	case "contains":
		return strings.Contains(got, wanted), nil
	case "!contains":
		return !strings.Contains(got, wanted), nil
	}
	re, err := regexp.Compile(wanted)
	if err != nil {
		return false, err
	}
	return re.MatchString(got), nil
}

// runScript sends the cases of a script to h, as a server would.
func runScript(t *testing.T, h http.Handler, file string, variables map[string]string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	cases, err := parseScript(string(text))
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	pairs := []string{}
	for name, value := range variables {
		pairs = append(pairs, "$"+name, value)
	}
	etag := ""
	for _, c := range cases {
		expand := strings.NewReplacer(append(pairs, "$etag", etag)...).Replace
		r := httptest.NewRequest(c.method, expand(c.target), nil)
		for name, values := range c.with {
			for _, v := range values {
				r.Header.Add(name, expand(v))
			}
		}
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		body, err := readBody(rec)
		if err != nil {
			t.Errorf("%s:%d: %s %s: %v", file, c.line, c.method, c.target, err)
		}
		etag = rec.Header().Get("ETag")
		for _, want := range c.conditions {
			got := map[string]string{"code": strconv.Itoa(rec.Code), "body": body}[want.subject]
			if want.subject == "header" {
				got = strings.Join(rec.Header().Values(want.header), ", ")
			}
			ok, err := want.holds(got, expand(want.wanted))
			if err != nil {
				t.Fatalf("%s:%d: %v", file, want.line, err)
			}
			if !ok {
				t.Errorf("%s:%d: %s %s: %s%s: got %q, want it %s %q", file, want.line, c.method, expand(c.target),
					want.subject, want.header, clip(got), want.op, expand(want.wanted))
			}
		}
		// What goes with every answer needs no line in any script.
		for name, value := range headers {
			if got := rec.Header().Get(name); got != value && name != "Cross-Origin-Resource-Policy" {
				t.Errorf("%s:%d: %s %s: header %s: got %q", file, c.line, c.method, c.target, name, got)
			}
		}
		if c.method == http.MethodHead && rec.Body.Len() > 0 {
			t.Errorf("%s:%d: HEAD %s has a body", file, c.line, c.target)
		}
		if len(rec.Header().Values("Set-Cookie")) > 0 {
			t.Errorf("%s:%d: %s %s sets a cookie", file, c.line, c.method, c.target)
		}
	}
}

func readBody(rec *httptest.ResponseRecorder) (string, error) {
	var body io.Reader = bytes.NewReader(rec.Body.Bytes())
	switch encoding := rec.Header().Get("Content-Encoding"); {
	case rec.Body.Len() == 0:
	case encoding == "br":
		body = brotli.NewReader(body)
	case encoding == "gzip":
		z, err := gzip.NewReader(body)
		if err != nil {
			return "", err
		}
		body = z
	}
	b, err := io.ReadAll(body)
	return string(b), err
}

func clip(s string) string {
	if len(s) > 2000 {
		return s[:2000] + "…"
	}
	return s
}

// TestScripts runs every script of testdata against the sample archive.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("testdata: %d scripts, %v", len(files), err)
	}
	arch := sampleArchive(t)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			runScript(t, arch.site, file, arch.variables)
		})
	}
}

func TestParseScript(t *testing.T) {
	bad := map[string]string{
		"no target":       "GET\ncode == 200",
		"no operator":     "GET /\ncode 200",
		"unknown subject": "GET /\ncolour == red",
		"nothing wanted":  "GET /\nwith A: b",
	}
	for name, text := range bad {
		if _, err := parseScript(text); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
