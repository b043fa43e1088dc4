package search

import (
	"os"
	"slices"
	"strings"
	"testing"

	"vankho/internal/archive"
	"vankho/internal/vitext"
)

// TestNames asks for countries, cities, organisations, offices and people by
// other names than the texts have.
func TestNames(t *testing.T) {
	for _, tt := range []asked{
		// A country's name is not the word that is spelt like it.
		{query: "Anh", first: []string{"Thủ tướng Anh Keir Starmer", "quan hệ Việt Nam – Anh"}, later: []string{"Thủ tướng nước United Kingdom"}, never: []string{"tình Lào anh em", "danh hiệu Anh hùng", "Lê Đức Anh", "ông Tuấn Anh", "anh hùng", "Anh em một nhà", "Anh đã hy sinh"}},
		{query: "anh", first: []string{"Đại sứ Anh tại Việt Nam"}, never: []string{"tình Lào anh em"}},
		{query: "Thủ tướng Anh", first: []string{"gặp Thủ tướng Anh"}, never: []string{"Thủ tướng gửi người anh em"}},
		{query: "Vương quốc Anh", first: []string{"thăm Vương quốc Anh"}, later: []string{"Thủ tướng Anh"}},
		{query: "Pháp", first: []string{"Tổng thống Pháp", "Cộng hòa Pháp"}, later: []string{"a visit to France"}, never: []string{"pháp luật", "Pháp luật quốc tế", "biện pháp", "Pháp lệnh", "cộng đồng Pháp ngữ"}},
		{query: "Nga", first: []string{"Tổng thống Nga Vladimir Putin", "Liên bang Nga", "Tổng thống Nga Vla-đi-mia Pu-tin"}, later: []string{"Russia"}, never: []string{"bà Nguyễn Thị Nga", "huyện Nga Sơn", "chị Nga", "tiếng ngả nga"}},
		{query: "Đức", first: []string{"Thủ tướng Đức Olaf Scholz", "CHLB Đức"}, never: []string{"đạo đức", "Đức Phật", "Trần Đức Lương", "Mỹ Đức"}},
		{query: "Ý", first: []string{"Thủ tướng Ý"}, later: []string{"Tổng thống Italy", "Tổng thống Italia"}, never: []string{"ý kiến", "Ý kiến của đại biểu", "đồng ý", "Ý nghĩa"}},
		{query: "Áo", first: []string{"Tổng thống Áo"}, later: []string{"Austria"}, never: []string{"áo dài", "Áo dài Việt Nam"}},
		{query: "Bỉ", first: []string{"Nhà vua Bỉ"}, later: []string{"Belgium"}, never: []string{"thô bỉ"}},
		{query: "Mỹ", first: []string{"Tổng thống Mỹ Donald Trump"}, later: []string{"Hoa Kỳ", "United States"}, never: []string{"mỹ thuật", "Mỹ Đình", "Mỹ Latinh", "Nam Mỹ", "châu Mỹ", "Trần Thị Mỹ"}},
		{query: "Lào", first: []string{"tình hữu nghị Việt Nam - Lào"}, later: []string{"Lao PDR"}, never: []string{"tỉnh Lào Cai", "lao động"}},
		{query: "Nhật", first: []string{"Thủ tướng Nhật Kishida", "Nhật Bản"}, later: []string{"Japan"}, never: []string{"sinh nhật", "Nhật ký"}},
		{query: "Séc", first: []string{"Tổng thống Séc Petr Pavel"}, later: []string{"Czech Republic"}, never: []string{"tấm séc"}},
		{query: "Úc", first: []string{"Thủ tướng Úc"}, later: []string{"Australia", "Ô-xtrây-li-a"}},
		{query: "Việt Nam - Nga", first: []string{"quan hệ Việt Nam - Nga"}, never: []string{"Việt Nam, Nga Sơn"}},
		// The words beside a capital as they were typed.
		{query: "Anh hùng", first: []string{"danh hiệu Anh hùng"}},
		{query: "pháp luật", first: []string{"theo pháp luật", "Pháp luật quốc tế"}},

		{query: "Hungary giáo dục", first: []string{"hợp tác giáo dục với Hungary"}, later: []string{"hợp tác giáo dục với Hung-ga-ri"}},

		// Other names of countries.
		{query: "Hoa Kỳ", first: []string{"Tổng thống Hoa Kỳ"}, later: []string{"Tổng thống Mỹ", "USA"}, never: []string{"mỹ thuật"}},
		{query: "United States", first: []string{"the United States"}, later: []string{"Tổng thống Mỹ", "Hoa Kỳ"}},
		{query: "Laos", later: []string{"Chủ tịch nước Lào", "CHDCND Lào"}},
		{query: "Japan", later: []string{"Nhật Bản"}},
		{query: "South Korea", later: []string{"Hàn Quốc", "Nam Hàn"}, never: []string{"Triều Tiên"}},
		{query: "Hàn Quốc", first: []string{"Tổng thống Hàn Quốc"}, later: []string{"Đại Hàn Dân Quốc", "Republic of Korea"}, never: []string{"CHDCND Triều Tiên", "nước Triều Tiên", "North Korea"}},
		{query: "Triều Tiên", first: []string{"CHDCND Triều Tiên"}, later: []string{"North Korea"}, never: []string{"Hàn Quốc"}},
		{query: "Miến Điện", later: []string{"Tổng thống Myanmar", "Mi-an-ma"}},
		{query: "mi an ma", first: []string{"nước Mi-an-ma"}, later: []string{"Myanmar"}},
		{query: "Cộng hòa Séc", first: []string{"Tổng thống Cộng hòa Séc"}, later: []string{"Tổng thống Séc"}},
		{query: "Campuchia", first: []string{"Thủ tướng Campuchia"}, later: []string{"Thủ tướng Cam-pu-chia", "Cambodia"}},
		{query: "Thụy Sĩ", first: []string{"Liên bang Thụy Sĩ", "Thụy Sỹ"}, later: []string{"Switzerland"}, never: []string{"Thụy Điển"}},
		{query: "Nam Phi", first: []string{"Tổng thống Nam Phi"}, later: []string{"South Africa"}},
		{query: "tho nhi ky", first: []string{"Thổ Nhĩ Kỳ"}, later: []string{"Türkiye"}},
		{query: "Congo", first: []string{"Congo - Kinshasa"}, never: []string{"Guinea"}},
		{query: "Ấn Độ", first: []string{"Thủ tướng Ấn Độ"}, later: []string{"India"}},
		{query: "quan he viet my", first: []string{"quan hệ Việt - Mỹ"}, later: []string{"quan hệ Việt Nam và Hoa Kỳ, Việt"}},

		// Cities.
		{query: "Vientiane", first: []string{"in Vientiane"}, later: []string{"tại Viêng Chăn", "tại Viên Chăn"}},
		{query: "Sài Gòn", first: []string{"ở Sài Gòn"}, later: []string{"TP.HCM", "Thành phố Hồ Chí Minh"}},
		{query: "TP. HCM", first: []string{"tại TP.HCM", "tại TP HCM"}, later: []string{"Thành phố Hồ Chí Minh"}},
		{query: "Beijing", later: []string{"thủ đô Bắc Kinh"}},
		{query: "Moscow", first: []string{"Moscow"}, later: []string{"tại Mát-xcơ-va", "tại Mátxcơva", "tại Moskva"}},
		{query: "Oa-sinh-tơn", first: []string{"tại Oa-sinh-tơn"}, later: []string{"Washington"}},
		{query: "phnom penh", first: []string{"Phnom Penh", "Phnôm Pênh"}},
		{query: "Praha", first: []string{"Praha"}, later: []string{"Prague"}},

		// Organisations.
		{query: "LHQ", first: []string{"Đại hội đồng LHQ"}, later: []string{"Liên hợp quốc", "Liên Hiệp Quốc"}},
		{query: "UN", later: []string{"Liên hợp quốc"}},
		{query: "Liên hợp quốc", first: []string{"Liên hợp quốc"}, later: []string{"LHQ"}, never: []string{"Kim Jong Un"}},
		{query: "EU", first: []string{"EU"}, later: []string{"Liên minh châu Âu", "European Union"}},
		{query: "Ngân hàng Thế giới", first: []string{"Ngân hàng Thế giới"}, later: []string{"WB", "World Bank"}},
		{query: "WTO", first: []string{"WTO"}, later: []string{"Tổ chức Thương mại Thế giới"}},
		{query: "TƯ", first: []string{"Văn phòng TƯ Đảng"}, later: []string{"Ban Chấp hành Trung ương"}},
		{query: "UBND", first: []string{"UBND tỉnh"}, later: []string{"Ủy ban nhân dân"}},
		{query: "MTTQ", first: []string{"MTTQ Việt Nam"}, later: []string{"Mặt trận Tổ quốc"}},
		{query: "CPTPP", first: []string{"CPTPP"}, later: []string{"Hiệp định Đối tác Toàn diện và Tiến bộ xuyên Thái Bình Dương"}},

		// Offices.
		{query: "TBT", first: []string{"TBT"}, later: []string{"Tổng Bí thư"}},
		{query: "prime minister", later: []string{"Thủ tướng"}},
		{query: "president", later: []string{"Tổng thống Pháp", "Chủ tịch nước"}},
		{query: "Tổng thống", first: []string{"Tổng thống Pháp"}, never: []string{"Chủ tịch nước"}},
		{query: "Bộ trưởng Ngoại giao", first: []string{"Bộ trưởng Ngoại giao"}, later: []string{"Bộ trưởng BNG", "Ngoại trưởng"}},
		{query: "Ngoại trưởng", first: []string{"Ngoại trưởng"}, later: []string{"Bộ trưởng Bộ Ngoại giao"}},

		// People.
		{query: "Xi Jinping", later: []string{"ông Tập Cận Bình"}},
		{query: "Tập Cận Bình", first: []string{"ông Tập Cận Bình"}, later: []string{"Xi Jinping"}},
		{query: "Li Qiang", later: []string{"Lý Cường"}},
		{query: "Macron", first: []string{"Emmanuel Macron"}, later: []string{"ông Ma-crông"}},
		{query: "Shinzo Abe", first: []string{"Shinzo Abe"}, later: []string{"Sin-dô A-bê", "S.A-bê"}},
		{query: "Abe", first: []string{"Shinzo Abe"}, later: []string{"Sin-dô A-bê"}},
		{query: "Putin", first: []string{"V.Putin"}, later: []string{"V.Pu-tin", "Vla-đi-mia Pu-tin"}},
		{query: "Pu-tin", first: []string{"Pu-tin"}, later: []string{"Vladimir Putin"}},
		{query: "Thongloun", first: []string{"ông Thongloun Sisoulith"}, later: []string{"ông Thoonglun", "Thoong-lun Xi-xu-lít"}},
		{query: "Sisoulith", first: []string{"Thongloun Sisoulith"}, later: []string{"Thoong-lun Xi-xu-lít"}},

		// In quotation marks there are no other names.
		{query: `"Hoa Kỳ"`, first: []string{"Tổng thống Hoa Kỳ"}, never: []string{"Tổng thống Mỹ"}},
	} {
		t.Run(tt.query, tt.check)
	}
}

// TestOtherNamesComeLater: however often and briefly a text has another name,
// those that have what was typed come first.
func TestOtherNamesComeLater(t *testing.T) {
	long := "Trong chuyến thăm, lãnh đạo hai bên đã trao đổi về nhiều vấn đề " + strings.Repeat("và các lĩnh vực hợp tác khác ", 30) + "với Hoa Kỳ"
	texts := []string{"Mỹ", "Mỹ, Mỹ và Mỹ", long}
	ix := buildTexts(t, texts, func(s string) string { return s[:min(12, len(s))] })
	got := names(t, ix, "Hoa Kỳ")
	if want := long[:12]; len(got) != 3 || got[0] != want {
		t.Errorf("got %q, want %q first of 3", got, want)
	}
}

// TestParsedCountry: where the records say that a country met, its name counts
// in places where it might be another word.
func TestParsedCountry(t *testing.T) {
	text := "Anh và Việt Nam hội đàm."
	plain, met := textArticle("plain.txt", text), textArticle("met.txt", text)
	met.Meetings = append(met.Meetings, archive.Meeting{
		ID: archive.NewID("m"), Main: true, Kind: archive.Talks, Status: archive.Held,
		Participants: archive.List[archive.Participation]{{Person: "keir-starmer", Name: "Keir Starmer", NameAsWritten: "Keir Starmer", Country: "GB"}},
	})
	ix := buildTest(t, plain, met)
	if got := names(t, ix, "Anh"); !slices.Equal(got, []string{"met.txt"}) {
		t.Errorf("got %q, want met.txt alone", got)
	}
}

// TestLearnedSpellings: a person's spellings in the records find each other.
func TestLearnedSpellings(t *testing.T) {
	meeting := func(name, written string) *archive.Article {
		a := textArticle(name, "Chủ tịch nước tiếp ông "+written+".")
		a.Meetings = append(a.Meetings, archive.Meeting{
			ID: archive.NewID(name), Main: true, Kind: archive.Talks, Status: archive.Held,
			Participants: archive.List[archive.Participation]{{Person: "zoltan-kerekes", Name: "Zoltán Kerekes", NameAsWritten: written, Country: "HU"}},
		})
		return a
	}
	ix := buildTest(t, meeting("a.txt", "Zoltán Kerekes"), meeting("b.txt", "Dôn-tan Kê-rê-két"), meeting("c.txt", "Kerekes"), textArticle("d.txt", "ông Dôn-tan Nagy"))
	for _, tt := range []struct {
		query string
		want  []string
	}{
		{"Kerekes", []string{"a.txt", "c.txt", "b.txt"}},
		{"Zoltán Kerekes", []string{"a.txt", "b.txt", "c.txt"}},
		{"Kê-rê-két", []string{"b.txt", "a.txt", "c.txt"}},
	} {
		got := names(t, ix, tt.query)
		if len(got) != len(tt.want) || got[0] != tt.want[0] && tt.query != "Kerekes" {
			t.Errorf("%s: got %q, want %q", tt.query, got, tt.want)
		}
		sorted := slices.Sorted(slices.Values(got))
		if !slices.Equal(sorted, slices.Sorted(slices.Values(tt.want))) {
			t.Errorf("%s: got %q, want %q", tt.query, got, tt.want)
		}
	}
}

// TestNationsAgree: a name means one country, here and in the lexicon of the
// reader, and every name that the reader gives a country first is here.
func TestNationsAgree(t *testing.T) {
	seen := map[string]string{}
	for code, names := range nations().written {
		var s vitext.Scanner
		for _, name := range names {
			key := joined(scan(&s, name), false)
			if other := seen[key]; other != "" && other != code {
				t.Errorf("%s is %s and %s", name, other, code)
			}
			seen[key] = code
		}
	}
	b, err := os.ReadFile("../extract/lexicon/countries.txt")
	if err != nil {
		t.Fatal(err)
	}
	var s vitext.Scanner
	for line := range strings.Lines(string(b)) {
		code, names, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || len(code) != 2 {
			continue
		}
		for i, name := range strings.Split(names, ";") {
			name = strings.TrimSpace(name)
			got := seen[joined(scan(&s, name), false)]
			if got != nationKey(code) && (got != "" || i == 0) {
				t.Errorf("%s is %s for the reader, %q here", name, nationKey(code), got)
			}
		}
	}
}

// TestAliasFiles: every line names a thing in two ways at least, and no name of
// a thing that has others is empty.
func TestAliasFiles(t *testing.T) {
	files, err := aliasFiles.ReadDir("alias")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := aliasFiles.ReadFile("alias/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(b), "# ") || !strings.Contains(string(b), "Origin:") {
			t.Errorf("%s does not begin with its origin", f.Name())
		}
		n := 0
		for line := range strings.Lines(string(b)) {
			n++
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' || f.Name() == "countries.txt" {
				continue
			}
			var s vitext.Scanner
			names := strings.FieldsFunc(line, func(r rune) bool { return r == '|' || r == '>' })
			for _, name := range names {
				if len(scan(&s, name)) == 0 {
					t.Errorf("%s:%d: an empty name", f.Name(), n)
				}
			}
			if len(names) < 2 {
				t.Errorf("%s:%d: %q has no other name", f.Name(), n, line)
			}
		}
	}
}
