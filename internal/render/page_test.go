package render

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func slug(s string) string { return strings.ReplaceAll(strings.ToLower(s), " ", "-") }

func TestPage(t *testing.T) {
	tests := []struct {
		name, in, want string
	}{
		{"headings", "# Title\n\n## Part one\n\n## Part one\n\n## Other {#fixed}\n\ntext", `<h1 id="title">Title</h1>
<h2 id="part-one">Part one</h2>
<h2 id="part-one-2">Part one</h2>
<h2 id="fixed">Other</h2>
<p>text</p>
`},
		{"table", "# T\n\n| a | b |\n|---|---|\n| 1 | 2 |", `<h1 id="t">T</h1>
<table>
<thead>
<tr>
<th>a</th>
<th>b</th>
</tr>
</thead>
<tbody>
<tr>
<td>1</td>
<td>2</td>
</tr>
</tbody>
</table>
`},
		{"links", "# T\n\n[a](/cite) [b](#x) [c](?q=1) [d](https://a.example/b) <http://a.example/>", `<h1 id="t">T</h1>
<p><a href="/cite">a</a> <a href="#x">b</a> <a href="?q=1">c</a> <a href="https://a.example/b">d</a> <a href="http://a.example/">http://a.example/</a></p>
`},
		{"raw HTML", "# T\n\n<script>alert(1)</script>\n\na <b onclick=x>bold</b> c", `<h1 id="t">T</h1>
<p>a bold c</p>
`},
		{"image", "# T\n\n![alt *text*](data:image/svg+xml;base64,AAAA) ![kept](/static/a.png)", `<h1 id="t">T</h1>
<p>alt <em>text</em> <img src="/static/a.png" alt="kept"></p>
`},
		{"mail", "# T\n\n<a@b.example>", `<h1 id="t">T</h1>
<p>a@b.example</p>
`},
		{"handler in an attribute", `# T {onclick="alert(1)"}`, `<h1 id="t">T</h1>
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Page([]byte(tt.in), slug)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got.HTML)); diff != "" {
				t.Errorf("Page(%q) (-want +got):\n%s", tt.in, diff)
			}
		})
	}
}

func TestPageTitle(t *testing.T) {
	tests := []struct {
		name, in, want string
		fails          bool
	}{
		{"plain", "# Cách trích dẫn\n", "Cách trích dẫn", false},
		{"marked up", "# Cách *trích* `dẫn`\n", "Cách trích dẫn", false},
		{"none", "text\n", "", true},
		{"two", "# a\n\n# b\n", "", true},
		{"empty", "#\n", "", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Page([]byte(tt.in), slug)
			if (err != nil) != tt.fails || got.Title != tt.want {
				t.Errorf("Page(%q): got title %q, error %v", tt.in, got.Title, err)
			}
		})
	}
}

// Addresses that have been used to run scripts or leave a site, with those
// that are meant.
var addresses = []struct {
	address string
	allowed bool
}{
	{"http://a.example/", true},
	{"HTTPS://a.example/?q=1#x", true},
	{"/a/0123456789b", true},
	{"page", true},
	{"../page", true},
	{"#d4-s2", true},
	{"?q=a:b", true},
	{"", true},
	{"javascript:alert(1)", false},
	{"JaVaScRiPt:alert(1)", false},
	{"javascript://a.example/%0aalert(1)", false},
	{" javascript:alert(1)", false},
	{"java\tscript:alert(1)", false},
	{"vbscript:x", false},
	{"data:text/html;base64,PHNjcmlwdD4=", false},
	{"data:image/png;base64,AAAA", false},
	{"blob:https://a.example/1", false},
	{"file:///etc/passwd", false},
	{"mailto:a@b.example", false},
	{"ftp://a.example/", false},
	{"//evil.example/", false},
	{"///evil.example/", false},
	{"/\\evil.example/", false},
	{"\\\\evil.example/", false},
	{"https:evil.example", false},
	{"http:///path", false},
}

func TestAllowedURL(t *testing.T) {
	for _, tt := range addresses {
		if got := AllowedURL(tt.address); got != tt.allowed {
			t.Errorf("AllowedURL(%q): got %v, want %v", tt.address, got, tt.allowed)
		}
	}
}

// TestPageLinks sends hostile addresses through every kind of link.
func TestPageLinks(t *testing.T) {
	forms := []string{"[x](%s)", "[x](<%s>)", "![x](%s)", "<%s>", "[x]\n\n[x]: %s\n", "[x]\n\n[x]: <%s>\n"}
	hidden := []string{"&#106;avascript:alert(1)", "javascript&colon;alert(1)", "&#x6A;avascript&#58;alert(1)", "\\/\\/evil.example", "&#47;/evil.example", "java&Tab;script:alert(1)"}
	for _, tt := range addresses {
		if !tt.allowed {
			hidden = append(hidden, tt.address)
		}
	}
	for _, address := range hidden {
		for _, form := range forms {
			in := "# T\n\n" + strings.ReplaceAll(form, "%s", address) + "\n"
			got, err := Page([]byte(in), slug)
			if err != nil {
				t.Errorf("Page(%q): %v", in, err)
			}
			if strings.Contains(string(got.HTML), "href") || strings.Contains(string(got.HTML), "src=") {
				t.Errorf("Page(%q): a link came through: %s", in, got.HTML)
			}
		}
	}
}

func TestCheckDensity(t *testing.T) {
	tests := []struct {
		name, in string
		dense    bool
	}{
		{"empty", "", false},
		{"emphasis", strings.Repeat("_a*", 32000), true},
		{"links", strings.Repeat("[](", 32000), true},
		{"quotes", strings.Repeat(">", 32000), true},
		{"over many lines", strings.Repeat("[a](b)\n", 2000), true},
		{"small blocks", strings.Repeat("[a](b)\n\n", 20000), false},
		{"long plain text", strings.Repeat("lời nói ", 20000), false},
		{"short and dense", strings.Repeat("*", 8000), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := CheckDensity([]byte(tt.in)); errors.Is(err, ErrDense) != tt.dense {
				t.Errorf("CheckDensity: got %v, want dense %v", err, tt.dense)
			}
		})
	}
	if err := CheckDensity([]byte("a\n\n" + strings.Repeat("[](", 32000))); err == nil || !strings.HasPrefix(err.Error(), "line 3: ") {
		t.Errorf("CheckDensity: got %v, want line 3 named", err)
	}
}

// TestPageTime renders what is worst and still allowed.
func TestPageTime(t *testing.T) {
	for _, unit := range []string{"_a*", "[](", "![", "`", "- ", "> ", "<a ", "&a", "*a_", "|a", "\\*", "1. ", "[a]["} {
		in := "# T\n\n" + strings.Repeat(unit, maxBlock/len(unit))
		began := time.Now()
		_, err := Page([]byte(in), slug)
		if took := time.Since(began); took > 2*time.Second || err != nil && !errors.Is(err, ErrDense) {
			t.Errorf("Page(%q × %d): %v, %v", unit, maxBlock/len(unit), took, err)
		} else {
			t.Logf("%q: %v", unit, took)
		}
	}
}

func FuzzPage(f *testing.F) {
	for _, tt := range addresses {
		f.Add("# T\n\n[x](" + tt.address + ")")
	}
	f.Add("# T\n\n<script>x</script>")
	f.Fuzz(func(t *testing.T, in string) {
		got, err := Page([]byte(in), slug)
		if err != nil {
			if got.HTML != "" || got.Title != "" {
				t.Errorf("Page(%q): something beside the error %v", in, err)
			}
			return
		}
		low := strings.ToLower(string(got.HTML))
		for _, bad := range []string{"<script", "<iframe", "<style", "href=\"javascript", "href=\"data", "src=\"data", "href=\"//", "<!--"} {
			if strings.Contains(low, bad) {
				t.Errorf("Page(%q): %s", in, got.HTML)
			}
		}
	})
}
