package source

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/tools/txtar"

	"vankho/internal/archive"
	"vankho/internal/testkit"
)

// print shows what Read made of a file, for people to review.
func print(a *archive.Article) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s (%s, %s)\n", a.Title.Text, a.Title.State, a.Title.Rule)
	fmt.Fprintf(&b, "identity: %s\n", a.Source.Identity)
	if a.Publisher != "" {
		fmt.Fprintf(&b, "publisher: %s\n", a.Publisher)
	}
	if a.Published.State != archive.NotStated {
		fmt.Fprintf(&b, "published: %s (%s, %s, paragraph %d: %q)\n", a.Published.EDTF, a.Published.State, a.Published.Rule,
			a.Published.Evidence[0].Paragraph, a.Published.Evidence[0].Quote)
	}
	for _, p := range a.Paragraphs {
		fmt.Fprintf(&b, "%d %s: %s\n", p.N, p.Kind, p.Text)
	}
	for _, p := range a.Problems {
		fmt.Fprintf(&b, "! %d %s: %s\n", p.Paragraph, p.Rule, p.Message)
	}
	return b.String()
}

func mustRead(t *testing.T, f File) *archive.Article {
	t.Helper()
	a, err := Read(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range archive.Check(a) {
		t.Errorf("%s: check: %d %s", f.Name, p.Paragraph, p.Message)
	}
	return a
}

func file(name string, data []byte) File {
	return File{Path: "seeds/" + name, Name: name, Rel: name, Collection: "seeds", Data: data}
}

// Each testdata/*.txtar is a rule with a comment and small inputs; what Read
// makes of them is in the golden file beside it.
func TestRead(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, path := range cases {
		name := strings.TrimSuffix(filepath.Base(path), ".txtar")
		t.Run(name, func(t *testing.T) {
			ar, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			for _, f := range ar.Files {
				fmt.Fprintf(&b, "-- %s --\n%s", f.Name, print(mustRead(t, file(f.Name, f.Data))))
			}
			testkit.Golden(t, strings.TrimSuffix(path, ".txtar")+".golden", []byte(b.String()))
		})
	}
}

func seeds(t testing.TB) []File {
	t.Helper()
	var files []File
	err := Walk([]string{"../../seeds"}, "", func(f File, err error) error {
		files = append(files, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 5 {
		t.Fatalf("found %d seeds, want 5", len(files))
	}
	return files
}

// The paragraph numbers of the seeds are published addresses.
func TestReadSeeds(t *testing.T) {
	type at struct {
		n     int
		kind  archive.ParagraphKind
		begin string
	}
	for i, want := range []struct {
		identity   string
		paragraphs int
		title      string
		state      archive.State
		publisher  archive.Opt
		published  archive.Date
		at         []at
	}{
		{"seeds/000_e21d8b3f3c8d7f58.txt", 11, "Ngày 22/2, tại TP.HCM, ", archive.Inferred, "", "", []at{
			{1, archive.Lead, "Ngày 22/2"}, {11, archive.Body, "Nhân dịp này"}}},
		{"seeds/001_092fc1d851c41591.txt", 24, "Việt Nam – Lào bổ sung nội hàm mới của quan hệ đoàn kết đặc biệt", archive.Stated, "Tiền Phong", "2025-12-01", []at{
			{1, archive.TitleParagraph, "date 2025-12-01 Việt Nam"}, {2, archive.Lead, "TPO - Trên cơ sở"}, {4, archive.Caption, "Tổng Bí thư Tô Lâm và Phu nhân cùng"},
			{5, archive.Heading, "Mối quan hệ keo sơn"}, {17, archive.Body, "Trên cơ sở kế thừa"}, {21, archive.Body, "Hai bên cũng nhất trí tăng cường kết nối"}}},
		{"seeds/002_d49697acbddfed4e.txt", 44, "Tổng Bí thư Tô Lâm hội đàm với Tổng Bí thư, Chủ tịch nước Thongloun Sisoulith", archive.Stated, "", "", []at{
			{3, archive.Caption, "Tổng Bí thư Tô Lâm và Tổng Bí thư"}, {4, archive.Body, "Ngày 5/2, tại Thủ đô"}, {18, archive.Body, "Theo đó, hai bên tiếp tục"},
			{22, archive.Body, "Kết thúc hội đàm"}, {23, archive.Furniture, "Có thể bạn quan tâm"}, {44, archive.Furniture, "Thay mặt Ban Chỉ đạo"}}},
		{"seeds/003_f7d3cad1695ce084.txt", 19, "Nhân dịp tham dự cuộc họp khai mạc", archive.Inferred, "", "", []at{
			{4, archive.Caption, "Tổng Bí thư Tô Lâm gặp Tổng thống Uzbekistan"}}},
		{"seeds/004_d9a2984f578e421f.txt", 8, "Theo thông cáo của Bộ Ngoại giao", archive.Inferred, "VTC News", "2026-01-23", []at{
			{1, archive.Byline, "date 2026-01-23 (VTC News) -"}, {2, archive.Lead, "Theo thông cáo"}, {4, archive.Caption, "Tổng Bí thư Tô Lâm và"}}},
	} {
		a := mustRead(t, seeds(t)[i])
		if a.Source.Identity != want.identity || len(a.Paragraphs) != want.paragraphs || a.Publisher != want.publisher || a.Published.EDTF != want.published {
			t.Errorf("%s: got %d paragraphs, publisher %q, published %q", a.Source.Identity, len(a.Paragraphs), a.Publisher, a.Published.EDTF)
		}
		if !strings.HasPrefix(a.Title.Text, want.title) || a.Title.State != want.state {
			t.Errorf("%s: got title %q (%s)", a.Source.Name, a.Title.Text, a.Title.State)
		}
		for _, w := range want.at {
			if p := a.Paragraphs[w.n-1]; p.Kind != w.kind || !strings.HasPrefix(p.Text, w.begin) {
				t.Errorf("%s: paragraph %d: got %s %q, want %s %q", a.Source.Name, w.n, p.Kind, p.Text, w.kind, w.begin)
			}
		}
		for _, p := range a.Paragraphs {
			if want.paragraphs == 44 && (p.Kind == archive.Furniture) != (p.N >= 23) {
				t.Errorf("%s: paragraph %d is %s", a.Source.Name, p.N, p.Kind)
			}
		}
	}
}

func TestReadRefuses(t *testing.T) {
	utf16 := "\xff\xfeN\x00g\x00"
	for _, tt := range []struct {
		name, file, data string
		want             Error // without File
	}{
		{"empty", "a.txt", "", Error{"", 0, -1, "empty", "there is no text in it"}},
		{"blank", "a.txt", " \n\u200b\n\t", Error{"", 0, -1, "empty", "there is no text in it"}},
		{"only a mark", "a.txt", "\ufeff\n", Error{"", 0, -1, "empty", "there is no text in it"}},
		{"empty page", "a.html", "<html><body><script>1</script></body></html>", Error{"", 0, -1, "empty", "there is no text in it"}},
		{"UTF-16", "a.txt", utf16, Error{"", 0, 0, "not UTF-8", "UTF-16 byte order mark at offset 0"}},
		{"UTF-16 without mark", "a.txt", "N\x00g\x00\xe0\x00y\x00", Error{"", 1, 4, "not UTF-8", "byte 0xe0 at offset 4; it looks like UTF-16, convert it to UTF-8 first"}},
		{"binary", "a.txt", "\x7fELF\x02\x01 \xae\xae\xae", Error{"", 1, 7, "not UTF-8", "byte 0xae at offset 7; it is binary, not text"}},
		{"ASCII as UTF-16", "a.txt", "N\x00g\x00", Error{"", 1, 1, "control character", "U+0000 at offset 1; it looks like UTF-16, convert it to UTF-8 first"}},
		{"gzip", "a.txt", "\x1f\x8b\x08", Error{"", 0, 0, "not UTF-8", "gzip data at offset 0"}},
		{"docx", "a.md", "PK\x03\x04", Error{"", 0, 0, "not UTF-8", "zip data (docx, epub and the like) at offset 0"}},
		{"TCVN3", "a.txt", "Ng\xb5y 5/2\nT\xb9i h\xe9i \xae\xb5m", Error{"", 1, 2, "not UTF-8", "byte 0xb5 at offset 2; it looks like TCVN3, convert it to UTF-8 first"}},
		{"VNI", "a.txt", "Nga\xf8y\nTa\xefi ho\xe4i \xf1a\xf8m", Error{"", 1, 3, "not UTF-8", "byte 0xf8 at offset 3; it looks like VNI, convert it to UTF-8 first"}},
		{"windows-1258", "a.txt", "ok\nT\xf2i h\xf4\xf2i \xf0a\xccm", Error{"", 2, 4, "not UTF-8", "byte 0xf2 at offset 4; it looks like windows-1258, convert it to UTF-8 first"}},
		{"declared charset", "a.html", "<meta http-equiv=Content-Type content=\"text/html; charset=Windows-1258\"><p>T\xf4i", Error{"", 1, 76, "not UTF-8", "byte 0xf4 at offset 76; the page says it is in Windows-1258, convert it to UTF-8 first"}},
		{"charset wrongly declared", "a.html", "<meta charset=utf-8><p>T\xf4i", Error{"", 1, 24, "not UTF-8", "byte 0xf4 at offset 24"}},
		{"cut rune", "a.txt", "Vi\xe1\xbb", Error{"", 1, 2, "not UTF-8", "byte 0xe1 at offset 2"}},
		{"surrogate", "a.txt", "a\xed\xa0\x80", Error{"", 1, 1, "not UTF-8", "byte 0xed at offset 1"}},
		{"NUL", "a.txt", "Câu một.\nCâu\x00 hai.", Error{"", 2, 16, "control character", "U+0000 at offset 16"}},
		{"escape", "a.md", "a\r\nb\rc\x1b[31m", Error{"", 2, 6, "control character", "U+001B at offset 6"}},
		{"delete", "a.txt", "a\rb\x7f", Error{"", 2, 3, "control character", "U+007F at offset 3"}},
		{"control as reference in HTML", "a.html", "<p>a&#1;b</p>", Error{"", 0, -1, "control character", "U+0001, written as a character reference"}},
		{"control as reference in Markdown", "a.md", "a\n\nb&#1;c", Error{"", 3, -1, "control character", "U+0001, written as a character reference"}},
		{"other format", "a.pdf", "text", Error{"", 0, -1, "not an article", "only .txt, .md, .html and .htm files are read"}},
		{"too large", "a.txt", strings.Repeat("a\n", MaxFile/2+1), Error{"", 0, -1, "too large", "10485762 bytes, at most 10485760 are read"}},
		{"too long", "a.txt", strings.Repeat("Abc\nAbcdef\n", MaxText/9+1), Error{"", 0, -1, "too long", "524295 bytes of text, at most 524288 are read"}},
		{"front matter not closed", "a.md", "---\ntitle: A\n", Error{"", 2, -1, "bad front matter", "no closing ---"}},
		{"front matter without colon", "a.md", "---\ntitle\n---\n", Error{"", 2, -1, "bad front matter", `want key: value, got "title"`}},
		{"front matter twice", "a.md", "---\n\ntitle: A\ntitle: B\n---\n", Error{"", 4, -1, "bad front matter", "title stands twice"}},
		{"front matter date", "a.md", "---\npublished: 5/2/2026\n---\n", Error{"", 2, -1, "bad front matter", `published: date "5/2/2026": want YYYY, YYYY-MM or YYYY-MM-DD`}},
		{"front matter interval", "a.md", "---\npublished: 2026-01/2026-02\n---\n", Error{"", 2, -1, "bad front matter", `published: "2026-01/2026-02" is no day, month or year`}},
		{"delimiter bomb", "a.md", strings.Repeat("_a*", 32_000), Error{"", 0, -1, "cannot read the Markdown", "a block of over 8 KiB has over 1,000 Markdown delimiters"}},
		{"tag bomb", "a.html", strings.Repeat("<p>", maxTags+1), Error{"", 0, -1, "cannot read the HTML", "100001 tags, at most 100000 are read"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := file(tt.file, []byte(tt.data))
			a, err := Read(f)
			var got *Error
			if !errors.As(err, &got) || a != nil {
				t.Fatalf("Read: got %v, %v, want an *Error", a, err)
			}
			want := tt.want
			want.File = f.Path
			if diff := cmp.Diff(&want, got); diff != "" {
				t.Errorf("Read: (-want +got)\n%s", diff)
			}
		})
	}
}

// Pages made to take long are read or refused in bounded time and memory. Each
// takes under 3 s and 250 MB on one core of 2020; without withoutFormatting the
// first would need 8 GB.
func TestReadHostilePages(t *testing.T) {
	for _, tt := range []struct{ name, file, data string }{
		{"formatting left open", "a.html", strings.Repeat("<b id=1>", 500) + strings.Repeat("<p>x", 90_000)},
		{"links left open", "a.html", strings.Repeat("<a id=1>", 500) + strings.Repeat("<p>x", 90_000)},
		{"deep", "a.html", strings.Repeat("<div>", 90_000) + "x"},
		{"one long line of elements", "a.html", strings.Repeat("<span>a</span>", 45_000)},
		{"many dates", "a.html", strings.Repeat("<meta property='article:published_time' content='2026-01-01'>", 9_000) + "x"},
		{"many blocks of delimiters", "a.md", strings.Repeat(strings.Repeat("_a*", 2600)+"\n\n", 20)},
		{"much Markdown", "a.md", strings.Repeat("*\n", maxMarkdown)},
		{"many lines", "a.txt", strings.Repeat("a\nb\n", 100_000)},
		{"many headings of teasers", "a.txt", strings.Repeat("Xem thêm\n"+strings.Repeat("Câu một hai ba. ", 20)+"\n", 1400)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			_, err := Read(file(tt.file, []byte(tt.data)))
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			var refused *Error
			if err != nil && !errors.As(err, &refused) {
				t.Errorf("Read: %v is not an *Error", err)
			}
			if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 30*time.Second || mb > 1000 {
				t.Errorf("Read took %v and %d MB", took, mb)
			}
		})
	}
}

func TestErrorMessage(t *testing.T) {
	for _, tt := range []struct {
		err  Error
		want string
	}{
		{Error{"a.txt", 0, -1, "empty", "there is no text in it"}, "a.txt: empty: there is no text in it"},
		{Error{"a.txt", 3, 40, "not UTF-8", "byte 0xe0 at offset 40"}, "a.txt:3: not UTF-8: byte 0xe0 at offset 40"},
	} {
		if got := tt.err.Error(); got != tt.want {
			t.Errorf("Error: got %q, want %q", got, tt.want)
		}
	}
}

// The text is the same however its bytes spell it, and so are the numbers.
func TestReadSpellings(t *testing.T) {
	for _, f := range seeds(t) {
		want := mustRead(t, f)
		for name, data := range map[string][]byte{
			"CRLF":            bytes.ReplaceAll(f.Data, []byte("\n"), []byte("\r\n")),
			"CR":              bytes.ReplaceAll(f.Data, []byte("\n"), []byte("\r")),
			"byte order mark": append([]byte(byteOrderMark), f.Data...),
			"NFD":             norm.NFD.Bytes(f.Data),
		} {
			f.Data = data
			got := mustRead(t, f)
			if diff := cmp.Diff(want.Paragraphs, got.Paragraphs); diff != "" {
				t.Errorf("%s as %s: (-want +got)\n%s", f.Name, name, diff)
			}
			if got.Source.SHA256 == want.Source.SHA256 || got.Source.Bytes != len(data) {
				t.Errorf("%s as %s: the original is not the bytes received", f.Name, name)
			}
		}
	}
}

func TestReadURL(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.org/a?b=c#d": "https://example.org/a?b=c",
		"http://EXAMPLE.org/A":        "http://example.org/A",
		"//example.org/a":             "",
		"javascript:alert(1)":         "",
		"data:text/html,a":            "",
		"blob:https://example.org/a":  "",
		"https:///a":                  "",
		"https://u:p@example.org/":    "",
		"/a":                          "",
		"a b":                         "",
		"":                            "",
	} {
		if got := webURL(in); got != want {
			t.Errorf("webURL(%q): got %q, want %q", in, got, want)
		}
	}
}

var formats = []string{".txt", ".md", ".html"}

// Every paragraph of a text file is a line of it, in order, and all lines are
// there: no rule about kinds may drop or merge any.
func FuzzRead(f *testing.F) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range cases {
		ar, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, in := range ar.Files {
			f.Add(uint8(slices.Index(formats, filepath.Ext(in.Name))), in.Data)
		}
	}
	f.Add(uint8(1), []byte(". ")) // a title was made of nothing but a stop
	for _, s := range seeds(f) {
		f.Add(uint8(0), s.Data)
	}
	f.Fuzz(func(t *testing.T, format uint8, data []byte) {
		ext := formats[int(format)%len(formats)]
		in := file("a"+ext, data)
		a, err := Read(in)
		if err != nil {
			var refused *Error
			if !errors.As(err, &refused) {
				t.Fatalf("Read: %v is not an *Error", err)
			}
			return
		}
		for _, p := range archive.Check(a) {
			t.Errorf("check: %d %s", p.Paragraph, p.Message)
		}
		for _, p := range a.Paragraphs {
			if !utf8.ValidString(p.Text) || !norm.NFC.IsNormalString(p.Text) {
				t.Errorf("paragraph %d is not NFC: %q", p.N, p.Text)
			}
		}
		if a.Title.Text == "" || a.Title.State == archive.Inferred && utf8.RuneCountInString(a.Title.Text) > derivedRunes {
			t.Errorf("%s title %q", a.Title.State, a.Title.Text)
		}
		again, err := Read(in)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(a, again); diff != "" {
			t.Errorf("read again: (-first +second)\n%s", diff)
		}
		if ext == ".txt" {
			lines := slicesOfLines(data)
			var texts []string
			for _, p := range a.Paragraphs {
				texts = append(texts, p.Text)
			}
			// Lines that were broken to fit a width are one paragraph, lines whose breaks
			// were lost are several: no word is lost, and none added.
			words := func(ss []string) string { return strings.Join(strings.Fields(strings.Join(ss, " ")), "") }
			if got, want := words(texts), words(lines); got != want {
				t.Errorf("%d paragraphs are %q, the %d lines %q", len(texts), got, len(lines), want)
			}
		}
	})
}

// slicesOfLines gives the lines that must become paragraphs, found another way
// than readText does.
func slicesOfLines(data []byte) []string {
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(string(data), byteOrderMark))
	var out []string
	last := ""
	for line := range strings.SplitSeq(text, "\n") {
		line = trim(line)
		if line != "" && line != last {
			out = append(out, norm.NFC.String(line))
		}
		last = line
	}
	return out
}

func BenchmarkRead(b *testing.B) {
	files := seeds(b)
	page, err := txtar.ParseFile("testdata/html.txtar")
	if err != nil {
		b.Fatal(err)
	}
	for _, bm := range []struct {
		name  string
		files []File
	}{{"txt", files}, {"html", []File{file("page.html", page.Files[0].Data)}}} {
		b.Run(bm.name, func(b *testing.B) {
			size := 0
			for _, f := range bm.files {
				size += len(f.Data)
			}
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for _, f := range bm.files {
					if _, err := Read(f); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

func ExampleRead() {
	data := []byte(" date 2026-02-05 Việt Nam và Lào hội đàm tại Viêng Chăn\n\n" +
		"TPO - Ngày 5/2, Tổng Bí thư Tô Lâm đã hội đàm với Chủ tịch nước Lào tại thủ đô Viêng Chăn.\n")
	a, err := Read(File{Path: "a.txt", Name: "a.txt", Rel: "a.txt", Collection: "seeds", Data: data})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(a.Title.Text)
	fmt.Println(a.Publisher, a.Published.EDTF)
	for _, p := range a.Paragraphs {
		fmt.Println(p.N, p.Kind)
	}
	// Output:
	// Việt Nam và Lào hội đàm tại Viêng Chăn
	// Tiền Phong 2026-02-05
	// 1 title
	// 2 lead
}

func TestPageURL(t *testing.T) {
	for in, want := range map[string]string{
		"https://Example.vn/hoi-dam-1.html#top": "https://example.vn/hoi-dam-1.html",
		"https://example.vn/?id=5":              "https://example.vn/?id=5",
		"https://example.vn/":                   "", // a home page is no article's address
		"https://example.vn":                    "",
		"javascript:alert(1)":                   "",
		"//evil.example/a":                      "",
	} {
		if got := pageURL(in); got != want {
			t.Errorf("pageURL(%q): got %q, want %q", in, got, want)
		}
	}
}
