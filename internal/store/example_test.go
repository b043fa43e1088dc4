package store_test

import (
	"context"
	"fmt"
	"log"
	"os"

	"vankho/internal/store"
	"vankho/internal/testkit"
)

// One import, and a reader.
func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "archive")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)

	w, err := store.Begin(ctx, dir)
	if err != nil {
		log.Fatal(err)
	}
	defer w.Close()
	for _, a := range testkit.Articles() {
		if _, err := w.Put(ctx, a, testkit.Original(a)); err != nil {
			log.Fatal(err)
		}
	}
	if err := w.Commit(ctx); err != nil {
		log.Fatal(err)
	}

	s, err := store.Open(dir)
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()
	entries, n, err := s.Entries(ctx, store.Filter{Country: "BR", Main: true})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(n, "main events with Brazil")
	for _, e := range entries {
		fmt.Println(e.URL, e.Date, e.Title)
	}
	// Output:
	// 2 main events with Brazil
	// /m/1b1t5g5r0rr 2026-03-12 Chủ tịch nước Trần Văn Mẫu hội đàm với Tổng thống Ana Moreira
	// /v/vcq1krvfkg4 XXXX-05 Tổng thống Brazil Ana Moreira sẽ thăm chính thức Lào trong tháng 5
}
