package extract_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"vankho/internal/archive"
	"vankho/internal/extract"
)

// TestWhenAndWhere runs the sentences of testdata/when: each file of an archive
// is a case, its name saying what it is about and, after a comma, the day of
// publication; the lines behind "=>" are the records wanted, as whenAndWhere
// writes them.
func TestWhenAndWhere(t *testing.T) {
	files, err := filepath.Glob("testdata/when/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases in testdata/when: %v", err)
	}
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range ar.Files {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar")+"/"+c.Name, func(t *testing.T) {
				text, want := whenCase(string(c.Data))
				published := regexp.MustCompile(`\d{4}[-\d]*$`).FindString(c.Name)
				a := plain(text, archive.Date(published))
				a.Meetings, a.Visits, a.Problems = extract.Meetings(a)
				a.Complete()
				a.AssignIDs()
				if problems := archive.Check(a); len(problems) > 0 {
					t.Errorf("Check: %v", problems)
				}
				if diff := cmp.Diff(want, whenAndWhere(a)); diff != "" {
					t.Errorf("Meetings(%q): (-want +got)\n%s", text, diff)
				}
			})
		}
	}
}

// TestCollectedLate reads a page whose prefix, the day on which it was collected, is
// months after what it tells: nothing says the year.
func TestCollectedLate(t *testing.T) {
	const text = "Ngày 20-11, Bộ trưởng Ngoại giao Bùi Thanh Sơn đã gặp Ngoại trưởng Singapore Vivian Balakrishnan tại Jakarta."
	for published, want := range map[archive.Date]string{
		"2024-06": "meeting XXXX-11-20 ID Jakarta",
		"2024-01": "meeting 2023-11-20 ID Jakarta",
		"2023-11": "meeting 2023-11-20 ID Jakarta",
	} {
		a := plain(text, published)
		a.Published.Rule, a.Published.Evidence = "date-prefix", nil
		a.Meetings, a.Visits, a.Problems = extract.Meetings(a)
		if diff := cmp.Diff([]string{want}, whenAndWhere(a)); diff != "" {
			t.Errorf("Meetings(%q) of %s: (-want +got)\n%s", text, published, diff)
		}
	}
}

// whenCase parts a case into its text and the records wanted.
func whenCase(data string) (text string, want []string) {
	for line := range strings.Lines(data) {
		if record, ok := strings.CutPrefix(line, "=> "); ok {
			want = append(want, strings.TrimSpace(record))
		} else {
			text += line
		}
	}
	return text, want
}

// whenAndWhere writes each record as its kind, its status unless it was held,
// its date, country and city, with "-" for what is not known.
func whenAndWhere(a *archive.Article) (out []string) {
	line := func(kind string, status archive.Status, d archive.DateClaim, p archive.Place) {
		words := []string{kind}
		if status != archive.Held {
			words = append(words, string(status))
		}
		for _, w := range []string{string(d.EDTF), string(p.Country), string(p.City)} {
			if w == "" {
				w = "-"
			}
			words = append(words, w)
		}
		out = append(out, strings.Join(words, " "))
	}
	for _, m := range a.Meetings {
		line(string(m.Kind), m.Status, m.Date, m.Place)
	}
	for _, v := range a.Visits {
		line("visit", v.Status, v.Date, v.Place)
	}
	return out
}

// TestDaysWrittenOtherwise writes the days of the cases in the other ways that
// outlets write them and wants the same records.
func TestDaysWrittenOtherwise(t *testing.T) {
	day := regexp.MustCompile(`([Nn]gày|[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối|[Đđ]êm|[Hh]ôm) (\d{1,2})[/.-](\d{1,2})([ ,;.:]|$)`)
	year := regexp.MustCompile(`\d{4}[-\d]*$`)
	ways := []struct{ name, with string }{
		{"slash", "$1 $2/$3$4"}, {"hyphen", "$1 $2-$3$4"}, {"point", "$1 $2.$3$4"}, {"words", "$1 $2 tháng $3$4"}, {"ngày", "$1 ngày $2/$3$4"},
	}
	files, err := filepath.Glob("testdata/when/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range ar.Files {
			text, want := whenCase(string(c.Data))
			if !day.MatchString(text) {
				continue
			}
			for _, way := range ways {
				other := strings.ReplaceAll(day.ReplaceAllString(text, way.with), "gày ngày", "gày")
				tried++
				a := plain(other, archive.Date(year.FindString(c.Name)))
				a.Meetings, a.Visits, a.Problems = extract.Meetings(a)
				a.Complete()
				if diff := cmp.Diff(want, whenAndWhere(a)); diff != "" {
					t.Errorf("%s with %s: Meetings(%q): (-want +got)\n%s", c.Name, way.name, other, diff)
				}
			}
		}
	}
	if tried < 300 {
		t.Fatalf("only %d texts tried", tried)
	}
}

// TestWhenAndWhereInAnyOrder puts days and places into the frames of the genre,
// each with each, and wants every reading right. The texts are published on 8
// October 2024, a Tuesday.
func TestWhenAndWhereInAnyOrder(t *testing.T) {
	type slot struct{ words, means string }
	for _, tt := range []struct {
		name          string
		frames        []string // %W and %P begin a sentence, %w and %p stand inside one
		whens, wheres []slot
		record        string
	}{
		{"talks", []string{
			"%W, %p, Thủ tướng Phạm Minh Chính hội đàm với Thủ tướng Nhật Bản Kishida Fumio.",
			"%P, %w, Thủ tướng Phạm Minh Chính hội đàm với Thủ tướng Nhật Bản Kishida Fumio.",
			"%P %w, Thủ tướng Phạm Minh Chính đã có cuộc hội đàm với Thủ tướng Nhật Bản Kishida Fumio.",
			"Thủ tướng Phạm Minh Chính %w đã hội đàm với Thủ tướng Nhật Bản Kishida Fumio %p.",
			"Thủ tướng Phạm Minh Chính hội đàm với Thủ tướng Nhật Bản Kishida Fumio %w %p.",
			"Thủ tướng Phạm Minh Chính hội đàm với Thủ tướng Nhật Bản Kishida Fumio %p %w.",
			"Theo phóng viên TTXVN, %w, %p, Thủ tướng Phạm Minh Chính đã hội đàm với Thủ tướng Nhật Bản Kishida Fumio.",
			"Cuộc hội đàm giữa Thủ tướng Phạm Minh Chính và Thủ tướng Nhật Bản Kishida Fumio diễn ra %w %p.",
			"Hội đàm với Thủ tướng Nhật Bản Kishida Fumio %w %p, Thủ tướng Phạm Minh Chính nhấn mạnh quan hệ hai nước phát triển tốt đẹp.",
			"%W, Thủ tướng Nhật Bản Kishida Fumio %p hội đàm với Thủ tướng Phạm Minh Chính.",
			"Phát biểu %w tại cuộc hội đàm với Thủ tướng Nhật Bản Kishida Fumio %p, Thủ tướng Phạm Minh Chính đề nghị hai bên mở đường bay tới Đà Lạt trước ngày 30/12.",
		}, []slot{
			{"sáng 7/10", "2024-10-07"}, {"ngày 7-10", "2024-10-07"}, {"chiều 7.10", "2024-10-07"}, {"ngày 07 tháng 10 năm 2024", "2024-10-07"},
			{"sáng nay, 8/10", "2024-10-08"}, {"chiều nay (8-10)", "2024-10-08"}, {"hôm qua (7/10)", "2024-10-07"}, {"chiều qua", "2024-10-07"},
			{"hôm nay", "2024-10-08"}, {"hôm thứ Hai (7/10)", "2024-10-07"}, {"hôm thứ Hai", "2024-10-07"}, {"sáng Thứ Hai, ngày 7/10", "2024-10-07"},
			{"rạng sáng 7/10", "2024-10-07"}, {"đêm 7/10 (giờ địa phương)", "2024-10-07"}, {"tối 7/10 theo giờ Việt Nam", "2024-10-07"},
			{"tối 6/10 giờ địa phương (sáng 7/10 giờ Việt Nam)", "2024-10-06"}, {"vào lúc 17h50 ngày 7/10", "2024-10-07"}, {"cuối giờ chiều 7/10", "2024-10-07"},
			{"ngày 7/10/2024", "2024-10-07"}, {"ngày 7/10 vừa qua", "2024-10-07"}, {"hồi đầu tháng 10", "2024-10"},
		}, []slot{
			{"tại Hà Nội", "VN Hà Nội"}, {"tại Phủ Chủ tịch", "VN Hà Nội"}, {"tại trụ sở Bộ Ngoại giao ở Hà Nội", "VN Hà Nội"}, {"tại TPHCM", "VN Thành phố Hồ Chí Minh"},
			{"tại thành phố biển Nha Trang, tỉnh Khánh Hòa", "VN Nha Trang"}, {"tại Nhà khách Chính phủ, Hà Nội", "VN Hà Nội"},
			{"tại thủ đô Tokyo", "JP Tokyo"}, {"ở thủ đô Tokyo, Nhật Bản", "JP Tokyo"}, {"tại Tokyo (Nhật Bản)", "JP Tokyo"}, {"tại khách sạn New Otani, Tokyo", "JP Tokyo"},
			{"tại Phủ Thủ tướng Nhật Bản", "JP -"}, {"tại Phủ Thủ tướng Nhật Bản ở thủ đô Tokyo", "JP Tokyo"}, {"tại Nhật Bản", "JP -"},
			{"bên lề Hội nghị cấp cao ASEAN tại Viêng Chăn", "LA Viêng Chăn"}, {"tại Johor Bahru (Malaysia)", "MY Johor Bahru"},
			{"nhân dịp dự khóa họp Đại hội đồng Liên hợp quốc tại New York, Mỹ", "US New York"},
		}, "talks"},
		{"visit", []string{
			"Thủ tướng Nhật Bản Kishida Fumio thăm chính thức Việt Nam %w.",
			"%W, Thủ tướng Nhật Bản Kishida Fumio thăm chính thức Việt Nam.",
			"Thủ tướng Nhật Bản Kishida Fumio %w thăm chính thức Việt Nam theo lời mời của Thủ tướng Phạm Minh Chính.",
			"Nhận lời mời của Thủ tướng Phạm Minh Chính, %w, Thủ tướng Nhật Bản Kishida Fumio thăm chính thức Việt Nam.",
			"Nhận lời mời của Thủ tướng Phạm Minh Chính, Thủ tướng Nhật Bản Kishida Fumio cùng Phu nhân thăm chính thức Việt Nam %w nhân kỷ niệm thiết lập quan hệ ngoại giao (21/9/1973 - 21/9/2023).",
		}, []slot{
			{"từ ngày 5 đến 7/10", "2024-10-05/2024-10-07"}, {"từ ngày 5-7/10", "2024-10-05/2024-10-07"}, {"từ 5-7/10/2024", "2024-10-05/2024-10-07"},
			{"từ ngày 5 – 7.10", "2024-10-05/2024-10-07"}, {"từ ngày 5 đến ngày 7 tháng 10 năm 2024", "2024-10-05/2024-10-07"}, {"từ ngày 05/10 đến ngày 07/10", "2024-10-05/2024-10-07"},
			{"từ 30-9 đến 2-10", "2024-09-30/2024-10-02"}, {"trong hai ngày 6 và 7-10", "2024-10-06/2024-10-07"}, {"trong các ngày 5, 6 và 7/10", "2024-10-05/2024-10-07"},
			{"trong 3 ngày, từ ngày 5/10 đến hết ngày 7/10", "2024-10-05/2024-10-07"}, {"ngày 6 và ngày 7/10", "2024-10-06/2024-10-07"}, {"từ ngày 30/9 tới 2/10", "2024-09-30/2024-10-02"},
		}, []slot{{"", "VN -"}}, "visit"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, frame := range tt.frames {
				for _, when := range tt.whens {
					for _, where := range tt.wheres {
						text := strings.NewReplacer("%W", sentenceCase(when.words), "%w", when.words, "%P", sentenceCase(where.words), "%p", where.words).Replace(frame)
						a := plain(text, "2024-10-08")
						a.Meetings, a.Visits, a.Problems = extract.Meetings(a)
						a.Complete()
						if diff := cmp.Diff([]string{tt.record + " " + when.means + " " + where.means}, whenAndWhere(a)); diff != "" {
							t.Errorf("Meetings(%q): (-want +got)\n%s", text, diff)
						}
					}
				}
			}
		})
	}
}

func sentenceCase(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
