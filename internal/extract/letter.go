package extract

import (
	"slices"

	"vankho/internal/archive"
)

// What the words around a word of writing ("thư", "điện", "thông điệp") make of
// it: somebody sends it, he receives it, or it is told what stands in it.
var (
	sent     = &phrase{class: classTrigger, arg: string(archive.Message), alt: "v"}
	received = &phrase{class: classTrigger, arg: string(archive.Message), alt: "v"}
	quoted   = &phrase{class: classTrigger, arg: string(archive.Message), alt: "n"}
)

// writing reports whether a phrase only names something written.
func writing(h hit) bool { return h.class == classTrigger && h.arg == "letter" }

// readLetters makes triggers of the words of writing in a paragraph that somebody
// sends or receives, and drops the others: "điện" is electricity too.
func (t *text) readLetters() {
	if !slices.ContainsFunc(t.hits, writing) {
		return
	}
	kept, done := t.hits[:0], 0
	for _, h := range t.hits {
		if writing(h) {
			if h.from < done || !t.letterAt(&h) {
				continue
			}
			done = h.to
		}
		kept = append(kept, h)
		t.toks[h.from].begins |= 1 << h.class
		for k := len(kept) - 1; k > 0 && kept[k-1].from > kept[k].from; k-- { // it begins at its verb
			kept[k-1], kept[k] = kept[k], kept[k-1]
		}
	}
	t.hits = kept
	k := 0
	for i := range t.first {
		for k < len(kept) && kept[k].from < i {
			k++
		}
		t.first[i] = int32(k)
	}
}

// letterAt reads the words around a word of writing, and widens it to them.
func (t *text) letterAt(h *hit) bool {
	to, verb := t.letterEnd(h.to), t.sendingBefore(h.from)
	linked := t.is(to, "gửi", "gởi", "tới", "đến", "cho", "lên", "từ", "của")
	switch {
	case verb >= 0 && !t.is(verb, "gửi", "gởi", "viết", "đánh") && to == h.to && !linked:
		return false // "có điện"
	case verb >= 0 && t.is(verb, "nhận"):
		*h = hit{verb, to, received}
	case verb >= 0:
		*h = hit{verb, to, sent}
	case t.is(to, "của"):
		*h = hit{h.from, to, sent}
	case t.is(to, "gửi", "gởi"):
		*h = hit{h.from, to + 1, sent} // "trong điện mừng gửi X, Y viết …"
	case t.sentAfter(to) > to:
		*h = hit{h.from, t.sentAfter(to), sent} // "thư mừng cũng được gửi tới từ X", "thư mừng là của X"
	case t.is(h.from, "điện") && to > h.to && !t.is(h.from-1, "bức", "các", "những", "trong", "qua"):
		*h = hit{h.from, to, sent} // "Chủ tịch nước X điện mừng Y"
	case t.is(h.from-1, "trong", "qua"):
		*h = hit{h.from - 1, to, quoted}
	default:
		return t.sendingTo(h)
	}
	return true
}

// letterWords say of what kind something written is: "thư hồi âm", "điện chia buồn".
var letterWords = set("mừng chúc tết năm mới xuân chia buồn thăm hỏi cảm cám ơn riêng tay ngỏ hồi âm phúc đáp trả lời khẩn mật bày tỏ lòng sự thương tiếc phân ưu " +
	"đầu tiên thứ hai ba chung cá nhân chính thức nồng nhiệt hữu nghị bằng video hình đặc biệt quan trọng thân ái này đó khác mời rất đẹp ấm áp dài ngắn")

// letterEnd gives the token after the words that belong to the word of writing
// before token i: "điện, thư mừng và lẵng hoa chúc mừng".
func (t *text) letterEnd(i int) int {
	for i < len(t.toks) {
		if t.toks[i].shape != punct && letterWords[t.key(i)] {
			i++
			continue
		}
		next := t.at(i+1, classTrigger)
		if !t.is(i, ",", "và", "cùng", "kèm") || next == nil || !writing(*next) {
			break
		}
		i = next.to
	}
	return i
}

// sendingBefore gives the verb of sending right before the word of writing at
// token i, or -1: "gửi một bức thư", "nhận được lá thư".
func (t *text) sendingBefore(i int) int {
	for i--; i >= 0 && t.is(i, "một", "các", "những", "nhiều", "hai", "ba", "bức", "lá", "bản", "đi", "được", "lại", "ngay"); i-- {
	}
	if t.is(i, "gửi", "gởi", "viết", "đánh", "nhận", "trao", "chuyển", "có") {
		return i
	}
	return -1
}

// sentAfter gives the token after the words at token i that say a message came from
// somebody named behind them: "cũng được gửi tới từ", "là của"; i where there are none.
func (t *text) sentAfter(i int) int {
	k := i
	for k < i+4 && t.is(k, "cũng", "đã", "còn", "được", "là", "gửi", "gởi", "tới", "đến") {
		k++
	}
	if k > i && t.is(k, "từ", "của") {
		return k
	}
	return i
}

// sendingTo reads a word of writing behind whom it is sent to, and moves it to the
// verb: "gửi cho ông X một bức thư", "nhận được từ bà Y lá thư".
func (t *text) sendingTo(h *hit) bool {
	for i := h.from - 2; i >= 0 && i > h.from-18 && !t.is(i, ",", ";", ".", ":", "thư", "điện"); i-- {
		if t.is(i, "gửi", "gởi", "viết", "trao") && t.is(i+1, "cho", "tới", "đến", "ông", "bà", "ngài", "đồng") {
			*h = hit{i, i + 1, sent}
			return true
		}
		if t.is(i, "nhận") && t.is(i+1, "được") && t.is(i+2, "từ") {
			*h = hit{i, i + 2, received}
			return true
		}
	}
	return false
}
