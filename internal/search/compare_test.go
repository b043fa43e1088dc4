package search

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"vankho/internal/archive"
	"vankho/internal/testkit"
	"vankho/internal/vitext"
)

// rival is a search engine as a program would use it that has nothing better.
// Its documents are paragraphs with the year, country and kind of a meeting.
type rival struct {
	name  string
	build func(dir string, articles iter.Seq2[*archive.Article, error]) error
	open  func(dir string) (answerer, error)
}

// answerer is an engine, open for reading.
type answerer interface {
	// page gives what the first page of a search shows, and the number found
	// where the engine tells it.
	page(q *compared) (int, error)
	// ranked gives the sources of at most ten articles, the best first.
	ranked(text string) ([]string, error)
	Close() error
}

// compared is a kind of query, asked in several words in turn.
type compared struct {
	name   string
	texts  []string
	phrase bool
	facets bool   // by year, country and kind
	year   int    // 0: of all
	land   string // ISO code, or empty
	newest bool

	text string // the one that is asked
}

// kindsCompared has the kinds of queries that an archive is asked.
func kindsCompared(rare []string) []compared {
	mid := []string{"47", "82", "63", "58"} // the generator's numbers are random
	frequent := []string{"Gaza", "Armenia", "Hungary"}
	common := []string{"hợp", "nước", "quan", "tác"}
	words := []string{"Việt Nam hợp tác", "hai nước quan hệ", "hợp tác phát triển"}
	return []compared{
		{name: "rare word", texts: rare},
		{name: "middling word", texts: mid},
		{name: "frequent word", texts: frequent},
		{name: "common word", texts: common},
		{name: "common words", texts: words},
		{name: "typed without marks", texts: []string{"viet nam hop tac", "hai nuoc quan he"}},
		{name: "phrase of common words", phrase: true, texts: []string{"hợp tác", "Việt Nam", "hai nước"}},
		{name: "long phrase", phrase: true, texts: []string{"quan hệ hợp tác", "hai bên nhất trí"}},
		{name: "middling word, facets", facets: true, texts: mid},
		{name: "common words, facets", facets: true, texts: words},
		{name: "filtered, facets", facets: true, year: 2020, land: "LA", texts: words},
		{name: "newest first, facets", facets: true, newest: true, texts: words},
		{name: "everything, facets", facets: true, texts: []string{""}},
	}
}

// TestCompare prints what this index and others need for the same answers. It
// runs where VANKHO_COMPARE says on how many articles; make bench-search sets it.
func TestCompare(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("VANKHO_COMPARE"))
	if err != nil || n < 1 {
		t.Skip("VANKHO_COMPARE does not say on how many articles")
	}
	start := cpu()
	text, paragraphs, rare := generatedText(t, n)
	generating := cpu() - start
	fmt.Printf("\n%d articles, %d paragraphs, %.1f MB of text\n\n", n, paragraphs, float64(text)/1e6)

	rivals := []rival{vankhoRival, bleveRival, sqliteRival}
	var facts []fact
	var times [][]timing
	for _, r := range rivals {
		f, kinds := r.measure(t, n, generating, rare)
		f.rate, f.size = float64(text)/1e6/f.rate, f.size/float64(text)
		facts, times = append(facts, f), append(times, kinds)
	}
	printTimes(rivals, kindsCompared(rare), times)
	printFacts(rivals, facts)
	printRanking(t, rivals)
}

// generatedText gives the bytes and paragraphs of the generated archive and
// some words that occur once or twice in it.
func generatedText(t *testing.T, n int) (text, paragraphs int, rare []string) {
	i := 0
	for a, err := range varied(t, n) {
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range a.Paragraphs {
			text += len(p.Text)
		}
		paragraphs += len(a.Paragraphs)
		if i%max(n/20, 1) == 0 {
			words := strings.Fields(a.Paragraphs[0].Text)
			rare = append(rare, words[len(words)-2])
		}
		i++
	}
	return text, paragraphs, rare
}

// fact is what an engine needs besides the time of an answer.
type fact struct {
	rate   float64       // seconds of processor time to build, then MB a second
	size   float64       // bytes, then as a share of the text
	memory float64       // MB besides the page cache, after the queries
	first  time.Duration // from opening to the first answer
}

// timing is what the queries of one kind took.
type timing struct {
	found    int
	used     time.Duration // of processor time, median of five parts
	p50, p99 time.Duration
}

// measure builds, opens and asks an engine.
func (r rival) measure(t *testing.T, n int, generating time.Duration, rare []string) (fact, []timing) {
	dir := filepath.Join(t.TempDir(), "index")
	start := cpu()
	if err := r.build(dir, varied(t, n)); err != nil {
		t.Fatalf("%s: %v", r.name, err)
	}
	f := fact{rate: (cpu() - start - generating).Seconds(), size: float64(sizeOf(t, dir))}
	debug.FreeOSMemory()
	before := anonymousMemory(t)
	opened := time.Now()
	e, err := r.open(dir)
	if err != nil {
		t.Fatalf("%s: %v", r.name, err)
	}
	var times []timing
	for _, q := range kindsCompared(rare) {
		if f.first == 0 {
			ask(t, r, e, &q, 0)
			f.first = time.Since(opened)
		}
		times = append(times, r.time(t, e, &q))
	}
	if x, ok := e.(vankhoAnswerer); ok {
		printKillers(x.Index)
	}
	debug.FreeOSMemory()
	f.memory = max(0, anonymousMemory(t)-before)
	if err := e.Close(); err != nil {
		t.Fatalf("%s: %v", r.name, err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	return f, times
}

func ask(t *testing.T, r rival, e answerer, q *compared, i int) int {
	q.text = q.texts[i%len(q.texts)]
	found, err := e.page(q)
	for range 3 {
		if !errors.Is(err, ErrBusy) {
			break
		}
		found, err = e.page(q) // the machine is busy, not the index
	}
	if err != nil {
		t.Fatalf("%s: %s: %q: %v", r.name, q.name, q.text, err)
	}
	return found
}

// A kind is asked for so long, in five parts, and often enough for a median.
const (
	askedFor    = 2 * time.Second
	askedAtMost = 1000
	askedParts  = 5
)

// time asks the queries of one kind in turn.
func (r rival) time(t *testing.T, e answerer, q *compared) timing {
	found := 0
	for i := range q.texts {
		found = max(found, ask(t, r, e, q, i))
	}
	var used, walls []time.Duration
	for range askedParts {
		start, n := cpu(), 0
		for n < len(q.texts) || n < askedAtMost/askedParts && cpu()-start < askedFor/askedParts {
			wall := time.Now()
			ask(t, r, e, q, n)
			walls = append(walls, time.Since(wall))
			n++
		}
		used = append(used, (cpu()-start)/time.Duration(n))
	}
	slices.Sort(used)
	slices.Sort(walls)
	return timing{found, used[len(used)/2], walls[len(walls)/2], walls[len(walls)*99/100]}
}

func sizeOf(t *testing.T, dir string) (size int64) {
	err := filepath.WalkDir(dir, func(_ string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return size
}

// anonymousMemory gives the MB of this process that are no file's, where the
// system tells it.
func anonymousMemory(t *testing.T) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return math.NaN()
	}
	_, rest, _ := strings.Cut(string(status), "RssAnon:")
	var kb float64
	if _, err := fmt.Sscan(rest, &kb); err != nil {
		t.Fatalf("RssAnon: %v", err)
	}
	return kb / 1024
}

func printTimes(rivals []rival, kinds []compared, times [][]timing) {
	fmt.Print("| query |")
	for i, r := range rivals {
		fmt.Printf(" %s: CPU µs | p50 / p99 ms |", r.name)
		if i > 0 {
			fmt.Print(" times ours |")
		}
	}
	fmt.Print("\n| --- |" + strings.Repeat(" ---: |", 3*len(rivals)-1) + "\n")
	for k, q := range kinds {
		fmt.Printf("| %s |", q.name)
		for i := range rivals {
			x := times[i][k]
			fmt.Printf(" %d | %s / %s |", x.used.Microseconds(), milliseconds(x.p50), milliseconds(x.p99))
			if i > 0 {
				fmt.Printf(" %.1f |", float64(x.used)/float64(max(times[0][k].used, 1)))
			}
		}
		fmt.Println()
	}
	fmt.Println()
}

func milliseconds(d time.Duration) string {
	return strconv.FormatFloat(d.Seconds()*1000, 'g', 3, 64)
}

func printFacts(rivals []rival, facts []fact) {
	fmt.Print("| |")
	for _, r := range rivals {
		fmt.Printf(" %s |", r.name)
	}
	fmt.Print("\n| --- |" + strings.Repeat(" ---: |", len(rivals)) + "\n")
	for _, row := range []struct {
		name  string
		value func(f fact) string
	}{
		{"building, MB of text per second of processor time", func(f fact) string { return fmt.Sprintf("%.1f", f.rate) }},
		{"size, times the text", func(f fact) string { return fmt.Sprintf("%.2f", f.size) }},
		{"memory besides the page cache, MB", func(f fact) string { return fmt.Sprintf("%.0f", f.memory) }},
		{"from opening to the first answer, ms", func(f fact) string { return milliseconds(f.first) }},
	} {
		fmt.Printf("| %s |", row.name)
		for _, f := range facts {
			fmt.Printf(" %s |", row.value(f))
		}
		fmt.Println()
	}
	fmt.Println()
}

// printRanking prints how well each engine ranks: the titles of TestTitles and,
// where there is one, the question set of TestXQuAD.
func printRanking(t *testing.T, rivals []rival) {
	titles, articles := titledArticles(t)
	var questions []titled
	for _, x := range titles {
		questions = append(questions, titled{x.text, x.article})
	}
	sets := []questionsAsked{{"titles", questions, articles, func(a *archive.Article) string { return a.ID }}}
	if dir := os.Getenv("VANKHO_XQUAD"); dir != "" {
		sets = append(sets, xquadAsked(t, dir))
	}
	fmt.Print("| MRR@10 |")
	for _, r := range rivals {
		fmt.Printf(" %s |", r.name)
	}
	fmt.Print("\n| --- |" + strings.Repeat(" ---: |", len(rivals)) + "\n")
	for _, set := range sets {
		var engines []answerer
		for _, r := range rivals {
			engines = append(engines, r.over(t, set.articles))
		}
		for _, kind := range []struct {
			name  string
			typed func(string) string
		}{{"marked", func(s string) string { return s }}, {"half-marked", halfMarked}, {"unmarked", vitext.Fold}} {
			fmt.Printf("| %s, %s |", set.name, kind.name)
			for i, e := range engines {
				fmt.Printf(" %.3f |", set.score(t, rivals[i], e, kind.typed))
			}
			fmt.Println()
		}
		for i, e := range engines {
			if err := e.Close(); err != nil {
				t.Fatalf("%s: %v", rivals[i].name, err)
			}
		}
	}
	fmt.Println()
}

// over gives an engine open over articles.
func (r rival) over(t *testing.T, articles []*archive.Article) answerer {
	dir := filepath.Join(t.TempDir(), "index")
	if err := r.build(dir, sequence(articles...)); err != nil {
		t.Fatalf("%s: %v", r.name, err)
	}
	e, err := r.open(dir)
	if err != nil {
		t.Fatalf("%s: %v", r.name, err)
	}
	return e
}

// questionsAsked is a set of questions with the articles that answer them.
type questionsAsked struct {
	name      string
	questions []titled
	articles  []*archive.Article
	id        func(a *archive.Article) string // as the questions name it
}

func (s *questionsAsked) score(t *testing.T, r rival, e answerer, typed func(string) string) float64 {
	bySource := map[string]string{}
	for _, a := range s.articles {
		bySource[a.Source.Name] = s.id(a)
	}
	sum := 0.0
	for _, q := range s.questions {
		sources, err := e.ranked(typed(q.text))
		if err != nil {
			t.Fatalf("%s: %q: %v", r.name, q.text, err)
		}
		if i := slices.IndexFunc(sources, func(source string) bool { return bySource[source] == q.article }); i >= 0 {
			sum += 1 / float64(i+1)
		}
	}
	return sum / float64(len(s.questions))
}

func xquadAsked(t *testing.T, dir string) questionsAsked {
	set := questionsAsked{name: "XQuAD", id: func(a *archive.Article) string { return a.Source.Name }}
	set.articles, _ = questionTexts(t, dir)
	queries, err := os.ReadFile(filepath.Join(dir, "queries.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(queries)) {
		cols := strings.Split(strings.TrimRight(line, "\n"), "\t")
		set.questions = append(set.questions, titled{cols[1], cols[2]})
	}
	return set
}

// printKillers prints what the worst of the killer queries needs of an index.
func printKillers(ix *Index) {
	var slowest, largest worked
	var slow, large string
	stopped := 0
	for _, text := range testkit.Killers() {
		w := work(func() {
			if _, err := ix.Search(context.Background(), Query{Text: text}); errors.Is(err, ErrBusy) {
				stopped++
			}
		})
		if w.time > slowest.time {
			slowest, slow = w, text
		}
		if w.bytes > largest.bytes {
			largest, large = w, text
		}
	}
	fmt.Printf("%d killer queries: the slowest took %s ms (%.40q), the largest allocated %.1f MB (%.40q), %d were stopped\n\n",
		len(testkit.Killers()), milliseconds(slowest.time), slow, float64(largest.bytes)/(1<<20), large, stopped)
}

// vankhoRival is this index. A page of it always has groups, facets, snippets
// and the number found.
var vankhoRival = rival{
	name: "vankho",
	build: func(dir string, articles iter.Seq2[*archive.Article, error]) error {
		return Build(context.Background(), dir, "g", articles)
	},
	open: func(dir string) (answerer, error) {
		ix, err := Open(dir)
		return vankhoAnswerer{ix}, err
	},
}

type vankhoAnswerer struct{ *Index }

func (x vankhoAnswerer) page(q *compared) (int, error) {
	asked := Query{Text: q.text}
	if q.phrase {
		asked.Text = `"` + q.text + `"`
	}
	if q.year != 0 {
		asked.Years = []int{q.year}
	}
	if q.land != "" {
		asked.Countries = []string{q.land}
	}
	if q.newest {
		asked.Order = Newest
	}
	res, err := x.Search(context.Background(), asked)
	if err != nil {
		return 0, err
	}
	return res.Total, nil
}

func (x vankhoAnswerer) ranked(text string) ([]string, error) {
	hits, err := x.Rank(context.Background(), Query{Text: text})
	var sources []string
	for _, h := range hits {
		sources = append(sources, h.Source)
	}
	return sources, err
}

// foreignCountry gives the country of a meeting's guest or host that is not
// Việt Nam, for engines that have one country a document.
func foreignCountry(a *archive.Article) string {
	if len(a.Meetings) == 0 {
		return ""
	}
	for _, p := range a.Meetings[0].Participants {
		if p.Country != "VN" {
			return string(p.Country)
		}
	}
	return ""
}
