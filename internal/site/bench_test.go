package site

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"

	"vankho/internal/archive"
	"vankho/internal/search"
	"vankho/internal/testkit"
	"vankho/internal/vitext"
)

// BenchmarkPages gives the CPU time of a request by kind of page, compressed
// as browsers ask for it. A page is kept but for those with a query. Run with
// -benchmem.
func BenchmarkPages(b *testing.B) {
	arch := sampleArchive(b)
	v := arch.variables
	for _, p := range []struct{ name, path string }{
		{"home", "/"}, {"article", "/a/" + v["talks"]}, {"article-new", "/a/" + v["talks"] + "?new"}, {"meeting", "/m/" + v["meeting"]}, {"person", "/p/ana-moreira"},
		{"search", "/search?q=hoi+dam"}, {"json", "/a/" + v["talks"] + ".json"}, {"static", "/static/style.css"}, {"missing", "/nowhere"},
	} {
		b.Run(p.name, func(b *testing.B) {
			r := httptest.NewRequest(http.MethodGet, p.path, nil)
			r.Header.Set("Accept-Encoding", "gzip, deflate, br, zstd")
			for b.Loop() {
				arch.site.ServeHTTP(httptest.NewRecorder(), r)
			}
		})
	}
}

// manyRecords is an archive with as many years, countries, people, speakers,
// forces and topics as a page of results shows, and more.
func manyRecords(b *testing.B) *testArchive {
	countries := strings.Fields("LA KH JP KR FR IN RU US BR DE ID CN CU MY TH SG PH GB IT ES AU NZ CA MX ZA EG PL CZ HU RO BG KZ")
	topics := strings.Fields("dau-tu y-te lao-dong da-phuong dia-phuong nong-nghiep van-hoa-du-lich nang-luong-khi-hau giao-duc-dao-tao giao-thong-ha-tang")
	var list []*archive.Article
	for i := range 400 {
		a := testkit.Articles()[i%2]
		a.Source.Identity = fmt.Sprintf("nhieu/%d.txt", i)
		rewrite(a, len(a.Paragraphs)-1, fmt.Sprintf("Tin khác số %d.", i))
		for j := range a.Meetings {
			m := &a.Meetings[j]
			m.Kind, m.Date.EDTF = archive.MeetingKinds[i%len(archive.MeetingKinds)], archive.Day(1995+i%31, 1+i%12, 1+i%28)
			for k := range m.Participants {
				p := &m.Participants[k]
				p.Name = fmt.Sprintf("%s %c%c", p.Name, 'A'+i%7, 'A'+(i/7)%9)
				p.Person = vitext.Slug(p.Name)
				if p.Country != "VN" {
					p.Country = archive.Opt(countries[(i+j)%len(countries)])
				}
			}
			for k := range m.Agreements {
				m.Agreements[k].Force = archive.Forces[(i+k)%len(archive.Forces)]
				m.Agreements[k].Topics = []string{topics[(i+k)%len(topics)]}
			}
			for k := range m.Statements {
				m.Statements[k].Speakers = []string{m.Participants[1].Person}
			}
		}
		a.AssignIDs()
		list = append(list, a)
	}
	arch := &testArchive{dir: b.TempDir(), variables: map[string]string{}}
	importArticles(b, arch.dir, nil, list...)
	arch.open(b, nil)
	return arch
}

// BenchmarkSearchPage gives the CPU time of a page of results, of the search
// in it, and how long the page is.
func BenchmarkSearchPage(b *testing.B) {
	arch := manyRecords(b)
	for _, q := range []string{"hai bên nhất trí", "nói:Moreira", ""} {
		b.Run("page/"+q, func(b *testing.B) {
			r := httptest.NewRequest(http.MethodGet, "/search?from=1990&"+strings.TrimSuffix(url.Values{"q": {q}}.Encode(), "q="), nil)
			size, before := 0, cpuTime()
			for b.Loop() {
				w := httptest.NewRecorder()
				arch.site.ServeHTTP(w, r)
				size = w.Body.Len()
			}
			b.ReportMetric(float64((cpuTime()-before).Microseconds())/float64(b.N), "cpu-µs/op")
			b.ReportMetric(float64(size), "bytes")
		})
		b.Run("search/"+q, func(b *testing.B) {
			before := cpuTime()
			for b.Loop() {
				if _, err := arch.search.Search(b.Context(), search.Query{Text: q, From: "1990", Limit: resultsPage}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64((cpuTime()-before).Microseconds())/float64(b.N), "cpu-µs/op")
		})
	}
}

// cpuTime is how long this process has kept a processor busy: other than the
// time on the clock, no other process makes it longer.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
