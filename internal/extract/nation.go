package extract

import (
	"slices"
	"strings"

	"vankho/internal/archive"
)

// neighbours corrects the country of those who have it only from their name, by
// the others of their encounter. Said is the country of "hai quan chức Lào là A
// và B", or "".
func (r *reader) neighbours(subject, object []int, said string) {
	r.nationsOf(subject, object, said)
	r.chineseNames(subject, object)
}

// infer gives somebody a country, where he has none or one only guessed.
func (x *entity) infer(country string) {
	if x.country == "" || x.guessed {
		x.country, x.state, x.guessed = country, archive.Inferred, false
	}
}

// nationsOf gives those who are met the country that the words or the others say.
func (r *reader) nationsOf(subject, object []int, said string) {
	for _, e := range subject {
		// Whom an envoy meets is of the country he is sent to.
		if post := r.entities[e].post; post != "" && r.entities[e].country == "VN" {
			for _, o := range object {
				r.entities[o].infer(post)
			}
		}
	}
	for i, e := range object {
		if r.entities[e].org == "" && said != "" {
			r.entities[e].infer(said)
		}
		r.compatriot(object, i)
	}
	for i := range subject {
		r.compatriot(subject, i)
	}
}

// compatriot gives somebody the country of who stands before him in a list:
// "Chủ tịch Hạ viện Bỉ X và Chủ tịch Thượng viện Y" are both Belgian.
func (r *reader) compatriot(list []int, i int) {
	if i == 0 {
		return
	}
	served := func(k string) bool {
		return strings.HasPrefix(k, "thứ trưởng") || strings.HasPrefix(k, "cố vấn") || strings.HasPrefix(k, "trợ lý")
	}
	if x := &r.entities[list[i]]; x.org != "" || !stateOffice(x.keys) && !slices.ContainsFunc(x.keys, served) {
		return
	}
	if before := &r.entities[list[i-1]]; before.country != "" && before.country != "VN" {
		r.entities[list[i]].infer(before.country)
	}
}

// chineseNames gives those whose name only looks Vietnamese their country.
// Chinese names in Vietnamese reading are built like Vietnamese ones: in a list
// after a Chinese leader, or met by a Vietnamese in an article about China,
// "Bộ trưởng Bộ Công an Quách Thanh Côn" is Chinese.
func (r *reader) chineseNames(subject, object []int) {
	country := ""
	for _, e := range object {
		if x := &r.entities[e]; x.country != "VN" && !x.guessed {
			country = x.country
		}
	}
	if country == "" && (r.foreign == "CN" || r.foreign == "TW" || r.foreign == "SG") {
		country = r.foreign
	}
	// Somebody must be at home for the other to be a guest: known from the
	// authority list, from an office that says so, or by a name that is not Chinese.
	all := slices.Concat(subject, object)
	home := slices.ContainsFunc(all, func(e int) bool {
		x := &r.entities[e]
		return x.country == "VN" && (!x.byName || r.homeName(x))
	}) || slices.ContainsFunc(subject, func(e int) bool { return r.entities[e].country == "VN" })
	if country == "" || !home || !readsChinese(country) {
		return
	}
	others := object
	if r.abroad(all) && len(object) > 0 && !slices.ContainsFunc(object, func(e int) bool { return r.entities[e].byName }) {
		return
	}
	if len(object) == 0 || !slices.ContainsFunc(object, func(e int) bool { return r.entities[e].byName && !r.homeName(&r.entities[e]) }) {
		others = all
	}
	// The guest is known, and whoever is left with a Chinese name is at home.
	if known := slices.ContainsFunc(all, func(e int) bool { return r.entities[e].country == country }); known && !slices.ContainsFunc(all, func(e int) bool {
		x := &r.entities[e]
		return x.country == "VN" && (!x.byName || r.homeName(x) || !slices.Contains(others, e))
	}) {
		return
	}
	for _, e := range others {
		if x := &r.entities[e]; x.byName && !r.homeName(x) {
			x.country, x.byName = country, false
		}
	}
}

// stateOffice reports whether one of the offices is of a state: a body of its
// own may have a president too.
func stateOffice(keys []string) bool {
	return slices.ContainsFunc(keys, func(k string) bool {
		for _, w := range []string{"thủ tướng", "tổng thống", "quốc hội", "nghị viện", "thượng viện", "hạ viện", "chủ tịch nước", "bộ trưởng", "quốc vương"} {
			if strings.Contains(k, w) {
				return true
			}
		}
		return false
	})
}

// readsChinese reports whether names of a country are written in Vietnamese
// reading, and so look Vietnamese.
func readsChinese(country string) bool {
	switch country {
	case "CN", "TW", "HK", "MO", "SG", "MY", "KP", "KR":
		return true
	}
	return false
}

// homeName reports whether a name can hardly be Chinese: its family name is
// none of the Chinese ones.
func (r *reader) homeName(x *entity) bool {
	first, _, _ := strings.Cut(x.written, " ")
	return !r.lex.chinese[keyOf(first)]
}
