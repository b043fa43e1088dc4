package search

import (
	"fmt"
	"slices"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// TestVietnamese asks a real index what must and must not be found. Each case
// has its own index of the texts it names and of some that have nothing to do
// with them.
func TestVietnamese(t *testing.T) {
	for _, tt := range []asked{
		{query: norm.NFD.String("hội đàm"), first: []string{"hai bên hội đàm"}},
		{query: "hội đàm", first: []string{norm.NFD.String("hai bên hội đàm"), "hai bên hội đàm"}},
		{query: "Đảng", first: []string{"hai \u00d0ảng, hai nước"}},
		{query: "\u00d0ảng", first: []string{"hai Đảng, hai nước"}},
		{query: "dang cong san", first: []string{"Đảng Cộng sản Việt Nam"}},
		{query: "đảng cộng", first: []string{"Đảng Cộng sản"}, later: []string{"đang công bố"}},
		{query: "thường vụ", first: []string{"Ủy ban Thường vụ"}, later: []string{"một thương vụ lớn"}},
		{query: "thuong vu", first: []string{"Ủy ban Thường vụ", "một thương vụ lớn"}},
		{query: "truyền thống", first: []string{"quan hệ truyền thống"}, later: []string{"cơ quan truyền thông"}},
		{query: "phu nhân", first: []string{"Chủ tịch và Phu nhân"}, later: []string{"ông phủ nhận tin"}},
		{query: "vị thế", first: []string{"nâng cao vị thế"}, later: []string{"chính vì thế"}},
		{query: "công tác", first: []string{"chuyến công tác"}, later: []string{"sự cộng tác"}},
		{query: "hoà bình", first: []string{"hòa bình và ổn định", "hoà bình và ổn định"}},
		{query: "hòa bình", first: []string{"hoà bình và ổn định"}},
		{query: "kĩ thuật", first: []string{"khoa học kỹ thuật"}},
		{query: "lý luận", first: []string{"hội thảo lí luận"}},
		{query: "quí một", first: []string{"trong quý một"}},
		{query: "tỉ USD", first: []string{"10 tỷ USD"}},
		{query: "hai", first: []string{"hai nước"}, never: []string{"nói hay"}},
		{query: "Việt Nam-Lào", first: []string{"quan hệ Việt Nam–Lào", "quan hệ Việt Nam - Lào", "quan hệ Việt Nam-Lào"}},
		{query: "TPHCM", first: []string{"tại TP.HCM", "tại TP. HCM", "tại Thành phố Hồ Chí Minh", "tại TPHCM"}},
		{query: "Thành phố Hồ Chí Minh", first: []string{"Thành phố Hồ Chí Minh"}, later: []string{"tại TP.HCM"}},
		{query: "Trung ương", first: []string{"Ban Chấp hành Trung ương"}, later: []string{"Văn phòng T.Ư Đảng", "Văn phòng TƯ Đảng"}, never: []string{"hợp tác đầu tư", "ĐẨY MẠNH ĐẦU TƯ"}},
		{query: "T.Ư", first: []string{"Văn phòng T.Ư Đảng", "Văn phòng TƯ Đảng"}, later: []string{"Ban Chấp hành Trung ương"}},
		{query: "LHQ", first: []string{"Đại hội đồng LHQ"}, later: []string{"Đại hội đồng Liên hợp quốc", "Đại hội đồng Liên Hiệp Quốc"}},
		{query: "lien hop quoc", first: []string{"Đại hội đồng Liên hợp quốc"}, later: []string{"Đại hội đồng LHQ"}},
		{query: "Hoa Kỳ", first: []string{"Tổng thống Hoa Kỳ"}, later: []string{"Tổng thống Mỹ"}},
		{query: "Mỹ", first: []string{"Tổng thống Mỹ"}, later: []string{"Tổng thống Hoa Kỳ"}},
		{query: "Hàn Quốc", first: []string{"Tổng thống Hàn Quốc"}, never: []string{"nước Triều Tiên", "nước Trung Quốc"}},
		{query: "Cộng hòa Séc", first: []string{"Tổng thống Cộng hòa Séc"}, later: []string{"Tổng thống Séc"}},
		{query: "Cam-pu-chia", first: []string{"Thủ tướng Cam-pu-chia"}, later: []string{"Thủ tướng Campuchia"}},
		{query: "Campuchia", first: []string{"Thủ tướng Campuchia"}, later: []string{"Thủ tướng Cam-pu-chia"}},
		{query: "Vientiane", first: []string{"tại Viêng Chăn"}},
		{query: "Thongloun", first: []string{"ông Thongloun Sisoulith"}, later: []string{"ông Thoonglun"}},
		{query: "Chủ tịch Quốc hội", first: []string{"ChínhChủ tịch Quốc hội"}},
		{query: "hooij ddamf", first: []string{"hai bên hội đàm"}},
		{query: "ho6i5 d9am2", first: []string{"hai bên hội đàm"}},
		{query: "10 tỷ USD", first: []string{"đạt 10 tỷ USD"}, later: []string{"10 dự án trị giá 5 tỷ USD"}},
		{query: "1,5 tỷ", first: []string{"đạt 1.5 tỷ USD", "đạt 1,5 tỷ USD"}},
		{query: "hỏi đàm", first: []string{"hai bên hội đàm"}},
		{query: `"hội đàm"`, first: []string{"hai bên hội đàm"}, never: []string{"hội ý rồi đàm phán", "hội ý, đàm phán"}},
		{query: `"hội đàm với Tổng thống"`, first: []string{"ông hội đàm với Tổng thống Pháp"}, never: []string{"với Tổng thống, hội đàm với ông", "hội đàm với ông, đàm phán với Tổng thống"}},
		{query: "Tổng Bí thư", first: []string{"Tổng bí thư", "TỔNG BÍ THƯ"}},
		{query: "2/9", first: []string{"ngày 2/9/1945", "ngày 2 tháng 9"}, never: []string{"từ 9/2", "có 2 trong 9 mục"}},
		{query: "26/1", first: []string{"từ ngày 26-27/1", "ngày 26/1/2026", "ngày 26 tháng 1 năm 2026"}},
		{query: "27/1/2026", first: []string{"từ ngày 26-27/1/2026"}, never: []string{"ngày 27/1/2025"}},
		{query: "tháng 2/2026", first: []string{"trong tháng 2/2026", "ngày 5/2/2026", "tháng 2 năm 2026"}, never: []string{"tháng 2/2025"}},
	} {
		t.Run(tt.query, tt.check)
	}
}

// asked is a query with what it must and must not find.
type asked struct {
	query string
	first []string // texts to be found before all others, in any order
	later []string // texts to be found after them
	never []string // texts not to be found
}

// check asks an index of the texts and of some others.
func (tt asked) check(t *testing.T) { tt.ask(t, askedIndex(t, tt)) }

// askedIndex builds an index of the texts of cases and of some others.
func askedIndex(t *testing.T, cases ...asked) *Index {
	t.Helper()
	var texts []string
	for i := range 40 {
		texts = append(texts, fmt.Sprintf("Đoạn văn số %d không nói điều được tìm, chỉ để có nhiều đoạn khác nhau.", 1000+i))
	}
	for _, tt := range cases {
		for _, text := range slices.Concat(tt.first, tt.later, tt.never) {
			if !slices.Contains(texts, text) {
				texts = append(texts, text)
			}
		}
	}
	return buildTexts(t, texts, askedName)
}

func askedName(text string) string { return norm.NFC.String(text) + fmt.Sprint(len(text)) }

// ask asks an index that has the texts of the case, among others that are
// not looked at.
func (tt asked) ask(t *testing.T, ix *Index) {
	var got []string
	for _, text := range names(t, ix, tt.query) {
		if slices.ContainsFunc(slices.Concat(tt.first, tt.later, tt.never), func(s string) bool { return askedName(s) == text }) {
			got = append(got, text)
		}
	}
	place := map[string]int{}
	for i, n := range got {
		place[n] = i + 1
	}
	for _, s := range tt.first {
		if p := place[askedName(s)]; p == 0 || p > len(tt.first) {
			t.Errorf("%q at place %d of %q", s, p, got)
		}
	}
	for _, s := range tt.later {
		if p := place[askedName(s)]; p <= len(tt.first) {
			t.Errorf("%q at place %d of %q, want it found after %d", s, p, got, len(tt.first))
		}
	}
	for _, s := range tt.never {
		if p := place[askedName(s)]; p != 0 {
			t.Errorf("%q found at place %d", s, p)
		}
	}
}
