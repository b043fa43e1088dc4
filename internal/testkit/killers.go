package testkit

import (
	"math/rand/v2"
	"strings"
)

// Killers gives 240 queries that visitors type to hurt a search engine, or that
// cost it most: syntax of other engines, broken quotes and fields, bytes that are
// no text, what is too long, and the longest that are allowed, of the commonest
// words and with every operator. The last hundred are random.
func Killers() []string {
	common := "và của các trong việt nam với hai hợp tác về nước quan hệ phát triển tổng thống hội đàm chủ tịch cho"
	words := strings.Fields(common) // 24 of them
	q := []string{
		"*", "?", "a*", "*a", "?*?*?*", "/re.*/", "/(a+)+$/", "foo~2", "foo~100", "đàm^1e308", "^", "~", "\\", "\\*",
		"a AND", "OR", "NOT", "a AND b OR c AND (d", "((((((((((", "))))))", "[a TO z]", "{a TO z}", "field:value", "S:hội", "_all:*",
		`"`, `""`, `"""`, `"hội`, `hội"`, `"hội" "đàm`, "“hội", "«a", `"*"`, `"a b c d e f"`, "-", "--", "-hội", "+hội -đàm", "!!!", "…",
		"\x00", "hội\x00đàm", "\xff\xfe", "\xc3", "\ufffd", "\u202e hội", strings.Repeat("\u0301", 200), "e" + strings.Repeat("\u0301", 200),
		strings.Repeat("a", 10000), strings.Repeat("a ", 5000), strings.Repeat("*", 10000), strings.Repeat("“", 250), strings.Repeat("\"", 251),
		strings.Repeat("(", 256), strings.Repeat("ạ", 256), strings.Repeat("1", 256), strings.Repeat("1.", 128), strings.Repeat("1/", 128),
		strings.Repeat("việt ", 24), strings.Repeat("a b ", 12), "1/1/1/1/1/1", "31/2/2026", "99/99/9999", "0/0", "tháng tháng tháng", "-1", "1e309",
		"'; DROP TABLE articles; --", "<script>alert(1)</script>", "%00", "%zz", "../../etc/passwd", "${jndi:ldap://x}", "{{.}}", "%s%n%d",
		"-(", "-()", "(-a OR b)", strings.Repeat("a OR ", 51), strings.Repeat("-a ", 24), strings.Repeat("(a b OR c) ", 8), strings.Repeat("|", 256),
		strings.Repeat("(số: OR a) ", 12), strings.Repeat("-số: ", 24), "người:a OR " + strings.Repeat("b ", 20), strings.Repeat("người:a ", 24),
		strings.Repeat(`"a b c" OR `, 8) + "x", `(` + strings.Repeat(`"a b c" `, 7) + `OR x)`, strings.Repeat("từ:1/2025 ", 24), strings.Repeat("nước:Lào OR ", 20) + "a",
		"năm:0000", "năm:99999999999999999999", "từ:0/0/0000", "từ:99/99/9999", "từ:-", "loại:", "loại:" + strings.Repeat("ạ", 200), "nước:\x00", "người:\ufffd",
		"日本語", "Москва", "עברית", "🇻🇳", "a\u0000b", "\u200b", "\ufeff", "ﬁ", "Ⅳ", "½", "i̇", "İ", "ß", "ſ",

		common, strings.ToUpper(common), `"` + common + `"`, "-" + strings.Join(words, " -"), strings.Join(words, " OR "), strings.Join(words, " | "),
		"va cua cac trong viet nam voi hai hop tac ve nuoc quan he phat trien tong thong hoi dam chu tich cho",
		strings.Repeat("việt nam ", 12), `"` + strings.Repeat("hợp tác ", 12) + `"`, strings.Repeat(`"hợp tác" `, 12), strings.Repeat("-nam ", 24),
		strings.Repeat("a OR ", 24), strings.Repeat("OR ", 80), strings.Repeat("(a OR b) ", 12), strings.Repeat("-(", 100), "-\"hợp tác\" -\"hợp tác\"",
		"người:", "người:\"", `người:""`, strings.Repeat("người:a ", 24), "năm:9999999999999999999", "năm:-1", "từ:2026-13 đến:0000-00", "nước:XX",
		strings.Repeat("nước:Lào ", 20), "nhất-trí:", "số:", "số:" + strings.Repeat("9", 200), strings.Repeat("loại:hội-đàm OR ", 15), "::::", "a:b:c:d", "nói:-\"", "-người:\"Tô Lâm\"",
		"nhất-trí:" + strings.Repeat("hợp ", 20), strings.Repeat("aă", 128), strings.Repeat("hooij ", 24), "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24",
	}
	letters := []rune("aăâđêôơư *?~^:\"()[]{}/\\-+!&|1.,5/\u0301\u200b")
	r := rand.New(rand.NewPCG(1, 2))
	for len(q) < 240 {
		var b strings.Builder
		for range 1 + r.IntN(256) {
			b.WriteRune(letters[r.IntN(len(letters))])
		}
		q = append(q, b.String())
	}
	return q
}
