package site

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"vankho/internal/archive"
	"vankho/internal/encounter"
	"vankho/internal/store"
	"vankho/internal/testkit"
)

// correctedArchive has the talks of testkit with a value of every kind
// corrected.
func correctedArchive(t *testing.T) *testArchive {
	t.Helper()
	a := &testArchive{dir: t.TempDir(), articles: testkit.Articles(), variables: map[string]string{}}
	talks, planned := a.articles[0], a.articles[2].Visits[0].URL
	m := talks.Meetings[0].URL
	importArticles(t, a.dir, func(ctx context.Context, w *store.Writer) error {
		for _, c := range []struct{ record, field, old, new string }{
			{m, "date", `"2026-03-12"`, `"2026-03-10"`},
			{m, "place.country", `"VN"`, `"LA"`},
			{m, "kind", `"talks"`, `"summit"`},
			{m, "participants.ana-moreira.titles", `["Tổng thống"]`, `["Thủ tướng","Chủ tịch"]`},
			{m, "participants.le-thi-thu.country", `"VN"`, `null`},
			{m, "agreements.2.force", `"proposed"`, `"agreed"`},
			{m, "agreements.2.actor", `"one"`, `"both"`},
			{m, "statements.1.mode", `"reported"`, `"direct"`},
			{m, "statements.1.speakers", `["ana-moreira"]`, `["tran-van-mau"]`},
			{m, "figures.1.value", `15e9`, `16000000000`},
			{m, "main", `true`, `false`},
			{talks.URL, "published", `"2026-03-12"`, `null`},
			{talks.URL, "publisher", `"Báo Mẫu"`, `"Báo <b>Khác</b>"`},
			{planned, "level", `"official"`, `"state"`},
			{planned, "date", `"XXXX-05"`, `null`},
		} {
			if done, err := w.Correct(ctx, archive.Correction{Record: c.record, Field: c.field, Old: json.RawMessage(c.old), New: json.RawMessage(c.new),
				Reason: "Tòa soạn <đính chính>", Author: "Nguyễn Thị Thử", Date: "2026-05-04"}, nil); !done || err != nil {
				return fmt.Errorf("%s: %v, %w", c.field, done, err)
			}
		}
		return nil
	}, a.articles...)
	a.open(t, nil)
	return a
}

var tags = regexp.MustCompile(`<[^>]*>`)

// plainText gives what a page says, with single spaces.
func plainText(page []byte) string {
	return strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(string(page), " "))), " ")
}

// TestCorrectionsShown: every corrected value is shown as such, on the page of
// its record and in the panel of its article, with what the reader read, the
// reason, the author and the day; and in lists it is the corrected one.
func TestCorrectionsShown(t *testing.T) {
	a := correctedArchive(t)
	talks, planned := a.articles[0], a.articles[2].Visits[0].URL
	m := talks.Meetings[0].URL
	event := []string{
		"10/3/2026 đã đính chính: máy đọc là 12/3/2026",
		"đã đính chính: máy đọc là Việt Nam",
		"Hội nghị cấp cao đã đính chính: máy đọc là Hội đàm",
		"Đính chính Ngày : 10/3/2026 Máy đọc: 12/3/2026 Lý do: Tòa soạn <đính chính> Nguyễn Thị Thử, 4/5/2026",
		"Quốc gia : Lào Máy đọc: Việt Nam",
		"Chức danh, Ana Moreira : Thủ tướng, Chủ tịch Máy đọc: Tổng thống",
		"Quốc gia, Lê Thị Thử : không rõ Máy đọc: Việt Nam",
		"Mức độ, nội dung 2 : Nhất trí Máy đọc: Đề nghị",
		"Của ai, nội dung 2 : hai bên Máy đọc: một bên",
		"Cách thuật, phát biểu 1 : nguyên lời Máy đọc: thuật lại",
		"Người nói, phát biểu 1 : Trần Văn Mẫu Máy đọc: Ana Moreira",
		"Giá trị, số liệu 1 : 16.000.000.000 Máy đọc: 15.000.000.000",
		"Là sự kiện chính của bài : không Máy đọc: có",
		"15 tỷ USD kim ngạch thương mại song phương (mục tiêu, 2030) đã đính chính",
	}
	for _, tt := range []struct {
		path string
		want []string
	}{
		{m, append([]string{"Ana Moreira , Brazil (khách) đã đính chính Thủ tướng, Chủ tịch"}, event...)},
		{talks.URL, append([]string{
			"bài không ghi ngày đăng đã đính chính: máy đọc là 12/3/2026",
			"Đính chính Ngày đăng : không rõ Máy đọc: 12/3/2026",
			"Nơi đăng : Báo <b>Khác</b> Máy đọc: Báo Mẫu",
			"Ana Moreira , Brazil đã đính chính đoạn 4",
		}, event...)},
		{planned, []string{"Chuyến thăm cấp Nhà nước đã đính chính: máy đọc là chính thức", "không rõ đã đính chính: máy đọc là tháng 5"}},
		{"/c/la", []string{"Chủ tịch nước Trần Văn Mẫu hội đàm với Tổng thống Ana Moreira"}},
	} {
		status, body := getPage(t, a, tt.path)
		if status != http.StatusOK {
			t.Fatalf("%s: status %d", tt.path, status)
		}
		text := plainText(body)
		for _, want := range tt.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q", tt.path, want)
			}
		}
		if strings.Contains(string(body), "<đính") || strings.Contains(string(body), "<b>Khác") {
			t.Errorf("%s has a text that is not escaped", tt.path)
		}
	}
	// What nobody corrected says nothing of it.
	if _, body := getPage(t, a, a.articles[1].URL); strings.Contains(string(body), "ính chính") {
		t.Error("an article without corrections speaks of some")
	}
	status, body := getPage(t, a, m+".json")
	var got struct {
		Date        archive.DateClaim
		Corrections []archive.CorrectedField
	}
	if err := json.Unmarshal(body, &got); status != http.StatusOK || err != nil {
		t.Fatal(status, err)
	}
	if got.Date.EDTF != "2026-03-10" || got.Date.State != archive.Corrected || len(got.Date.Evidence) == 0 || len(got.Corrections) != 11 {
		t.Errorf("%s.json: %+v", m, got)
	}
}

// TestCorrectionsOfOutlets corrects what two articles tell of one meeting: the
// page of the meeting lists both, and says of the second whose it is.
func TestCorrectionsOfOutlets(t *testing.T) {
	a := &testArchive{dir: t.TempDir(), articles: testkit.Outlets(), variables: map[string]string{}}
	first, second := a.articles[1].Meetings[0].URL, a.articles[2].Meetings[0].URL
	importArticles(t, a.dir, func(ctx context.Context, w *store.Writer) error {
		for _, c := range []struct{ record, field, old, new string }{
			{first, "kind", `"talks"`, `"reception"`},
			{second, "kind", `"meeting"`, `"reception"`},
			{second, "place.city", `"Luông Pha-băng"`, `"Viêng Chăn"`},
			{second, "agreements.2.actor", `"both"`, `"all"`},
		} {
			if done, err := w.Correct(ctx, archive.Correction{Record: c.record, Field: c.field, Old: json.RawMessage(c.old), New: json.RawMessage(c.new),
				Reason: "Báo đính chính", Author: "Nguyễn Thị Thử", Date: "2026-06-01"}, nil); !done || err != nil {
				return fmt.Errorf("%s: %v, %w", c.field, done, err)
			}
		}
		return nil
	}, a.articles...)
	a.open(t, nil)
	status, body := getPage(t, a, first)
	if status != http.StatusOK {
		t.Fatal(status)
	}
	checkPage(t, body)
	text := plainText(body)
	for _, want := range []string{
		"Hình thức Tiếp đã đính chính: máy đọc là Hội đàm",
		"Hình thức (bài 1) : Tiếp Máy đọc: Hội đàm Lý do: Báo đính chính Nguyễn Thị Thử, 1/6/2026",
		"Hình thức (bài 2) : Tiếp Máy đọc: Gặp",
		"Thành phố (bài 2) : Viêng Chăn Máy đọc: Luông Pha-băng",
		"Của ai, nội dung 2 (bài 2) : các bên Máy đọc: hai bên",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%s does not say %q: %s", first, want, text)
		}
	}
	_, body = getPage(t, a, first+".json")
	var got struct {
		Corrections []archive.CorrectedField
		Conflicts   []encounter.Conflict
	}
	if err := json.Unmarshal(body, &got); err != nil || len(got.Corrections) != 4 || string(got.Corrections[3].Article) != a.articles[2].ID {
		t.Errorf("%s.json: %+v, %v", first, got, err)
	}
	for _, c := range got.Conflicts {
		if c.Field == "kind" || c.Field == "place.city" {
			t.Errorf("%s is in dispute though it was corrected", c.Field)
		}
	}
}
