package extract

// paired reads the names behind several countries, in the same order: "Ngoại
// trưởng Nga và Mỹ Sergei Lavrov và Antony Blinken", "hai nhà lãnh đạo Đức, Pháp
// Olaf Scholz, Emmanuel Macron". The first country ends before token i, the office
// m may be empty, or have taken the countries and the first name. It adds their
// mentions and gives the token after the last, or 0.
func (t *text) paired(l *lexicon, m mention, i int) int {
	countries := append([]string{m.country}, m.more...)
	if len(m.more) > 0 && !m.name.empty() {
		i, m.name = m.name.from, span{}
	}
	for t.is(i, "và", ",", "-", "–", "cùng", "với") && t.at(i+1, classCountry) != nil {
		c := t.at(i+1, classCountry)
		countries = append(countries, c.arg)
		i = c.to
	}
	if len(countries) < 2 || !m.name.empty() {
		return 0
	}
	if t.is(i, "là", ":", ",") {
		i++
	}
	var found []mention
	for _, country := range countries {
		if n := len(found); n > 0 {
			if !t.is(i, "và", ",", "cùng", "với") {
				return 0
			}
			i++
		}
		if h := t.at(i, classHonorific); h != nil && h.arg == "hon" {
			i = h.to
		}
		end, native := t.nameAt(l, i, true)
		if end < i+2 || native && country != "VN" && !readsChinese(country) {
			return 0
		}
		from := i
		if len(found) == 0 {
			from = m.from
		}
		found = append(found, mention{span: span{from, end}, name: span{i, end}, titles: m.titles, keys: m.keys, rank: m.rank,
			country: country, native: native, rule: "person-listed", entity: -1})
		i = end
	}
	t.mentions = append(t.mentions, found...)
	return i
}
