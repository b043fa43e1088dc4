package archive

import "strings"

// MeasureKey gives the name under which figures of one measure are followed
// over time: small letters, without the words that only say between whom
// ("song phương", "hai chiều", "giữa hai nước"), and one name for what the
// genre calls by several. Two measures have the same key only where their
// figures may stand in one series: "kim ngạch xuất khẩu" is no trade turnover.
// An empty measure has the empty key: it is followed with nothing.
func MeasureKey(measure string) string {
	key := " " + strings.ToLower(strings.Join(strings.Fields(measure), " ")) + " "
	for _, words := range betweenWhom {
		key = strings.ReplaceAll(key, " "+words+" ", " ")
	}
	key = strings.TrimSpace(key)
	if name, ok := measureNames[key]; ok {
		return name
	}
	return key
}

// betweenWhom are the qualifiers that the pair of countries says already, the
// longer ones first.
var betweenWhom = []string{
	"giữa hai nước", "giữa hai bên", "giữa hai quốc gia", "song phương", "hai chiều", "hai nước", "hai bên",
}

// measureNames gives other names of a measure. "Buôn bán" and "trao đổi
// thương mại" with a sum of money are the turnover of trade, as is a "kim ngạch"
// or "thương mại" of which nothing more is said; imports and exports together
// make it up.
var measureNames = map[string]string{
	"kim ngạch":                     "kim ngạch thương mại",
	"thương mại":                    "kim ngạch thương mại",
	"buôn bán":                      "kim ngạch thương mại",
	"trao đổi thương mại":           "kim ngạch thương mại",
	"trao đổi buôn bán":             "kim ngạch thương mại",
	"kim ngạch trao đổi thương mại": "kim ngạch thương mại",
	"kim ngạch buôn bán":            "kim ngạch thương mại",
	"tổng kim ngạch":                "kim ngạch thương mại",
	"tổng kim ngạch thương mại":     "kim ngạch thương mại",
	"kim ngạch xuất nhập khẩu":      "kim ngạch thương mại",
	"tổng kim ngạch xuất nhập khẩu": "kim ngạch thương mại",
	"giá trị thương mại":            "kim ngạch thương mại",
	"vốn đăng ký":                   "vốn đầu tư đăng ký",
	"tổng vốn đăng ký":              "vốn đầu tư đăng ký",
	"tổng vốn đầu tư đăng ký":       "vốn đầu tư đăng ký",
	"tổng số vốn đăng ký":           "vốn đầu tư đăng ký",
	"học bổng":                      "suất học bổng",
}
