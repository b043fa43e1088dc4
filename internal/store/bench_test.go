package store_test

import (
	"context"
	"fmt"
	"runtime"
	"testing"

	"vankho/internal/archive"
	"vankho/internal/store"
)

// made gives article number i of a large archive: a sample under an identity
// of its own, with persons from a pool of 1,000.
func made(t testing.TB, of []sample, i int) sample {
	x := of[i%len(of)]
	a := clone(t, x.a)
	a.Source.Identity = fmt.Sprintf("lon/%07d.txt", i)
	rename := func(list []archive.Participation) {
		for j := range list {
			list[j].Person = fmt.Sprintf("%s-%d", list[j].Person, (i/3+j*7)%333)
		}
	}
	for j := range a.Meetings {
		rename(a.Meetings[j].Participants)
		a.Meetings[j].Date.EDTF = archive.Day(2010+i%17, 1+i%12, 1+i%28)
	}
	for j := range a.Visits {
		rename(a.Visits[j].Participants)
	}
	a.AssignIDs()
	original := append([]byte(fmt.Sprintf("%d\n", i)), x.original...)
	setOriginal(a, original)
	return sample{a, original}
}

// large gives the folder of an archive of n articles.
func large(t testing.TB, n int) string {
	dir := t.TempDir()
	w := begin(t, dir)
	of := samples()
	for i := range n {
		x := made(t, of, i)
		put(t, w, x.a, x.original)
	}
	commit(t, w)
	return dir
}

func BenchmarkPut(b *testing.B) {
	of := samples()
	var list []sample
	for i := range 2000 {
		list = append(list, made(b, of, i))
	}
	var w *store.Writer
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		if i%len(list) == 0 {
			b.StopTimer()
			if w != nil {
				w.Close()
			}
			w = begin(b, b.TempDir())
			b.StartTimer()
		}
		x := list[i%len(list)]
		if _, err := w.Put(context.Background(), x.a, x.original); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "articles/s")
}

// BenchmarkImport is a whole import of 5,000 articles with its commit.
func BenchmarkImport(b *testing.B) {
	of := samples()
	for range b.N {
		b.StopTimer()
		w := begin(b, b.TempDir())
		b.StartTimer()
		for i := range 5000 {
			b.StopTimer()
			x := made(b, of, i)
			b.StartTimer()
			if _, err := w.Put(context.Background(), x.a, x.original); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Commit(context.Background()); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		b.ReportMetric(float64(m.HeapSys)/(1<<20), "heap-MB")
		w.Close()
	}
}

func BenchmarkArticle(b *testing.B) {
	ctx := context.Background()
	s := open(b, large(b, 3000))
	var ids []string
	list, err := s.ArticleList(ctx, "", 1000)
	if err != nil {
		b.Fatal(err)
	}
	for _, e := range list {
		ids = append(ids, e.ID)
	}
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		if _, err := s.Article(ctx, ids[i%len(ids)]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEntries(b *testing.B) {
	ctx := context.Background()
	s := open(b, large(b, 3000))
	for _, bm := range []struct {
		name string
		f    store.Filter
	}{
		{"newest", store.Filter{Main: true, Limit: 20}},
		{"oldest", store.Filter{Main: true, Limit: 20, Oldest: true}},
		{"country", store.Filter{Main: true, Country: "VN", Limit: 20}},
		{"person", store.Filter{Main: true, Person: "pham-thu-7", Limit: 20}},
		{"month", store.Filter{Year: 2020, Month: 3, Limit: 20}},
	} {
		b.Run(bm.name, func(b *testing.B) {
			for range b.N {
				if _, _, err := s.Entries(ctx, bm.f); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkPerson(b *testing.B) {
	ctx := context.Background()
	s := open(b, large(b, 3000))
	b.ResetTimer()
	for i := range b.N {
		if _, err := s.Person(ctx, fmt.Sprintf("pham-thu-%d", i%333)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	ctx := context.Background()
	s := open(b, large(b, 3000))
	b.ResetTimer()
	for range b.N {
		if err := s.Verify(ctx, func(d store.DamagedError) { b.Error(d.Error()) }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*3000)/b.Elapsed().Seconds(), "articles/s")
}

// BenchmarkCorrect corrects one value of each of many articles.
func BenchmarkCorrect(b *testing.B) {
	of := samples()
	var list []sample
	w := begin(b, b.TempDir())
	for i := range b.N {
		list = append(list, made(b, of, i))
		put(b, w, list[i].a, list[i].original)
	}
	if _, err := w.Orphans(context.Background()); err != nil { // settles
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		a := list[i].a
		title, err := archive.Encode(a.Title.Text)
		if err != nil {
			b.Fatal(err)
		}
		correct(b, w, correction(a.URL, "title", string(title), `"Đính chính"`))
	}
	if _, err := w.Generation(context.Background()); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "corrections/s")
}
