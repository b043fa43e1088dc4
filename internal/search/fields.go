package search

import (
	"cmp"
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"vankho/internal/archive"
	"vankho/internal/vitext"
)

// Field is what a term of a query is about, by its English name.
type Field string

// The fields. Their names in a query are in fields.txt.
const (
	FieldPerson  Field = "person"  // took part
	FieldCountry Field = "country" // of who took part
	FieldYear    Field = "year"
	FieldFrom    Field = "from"
	FieldTo      Field = "to"
	FieldKind    Field = "kind"
	FieldSaid    Field = "said"   // by this person
	FieldAgreed  Field = "agreed" // in an agreement that binds
	FieldForce   Field = "force"
	FieldTopic   Field = "topic"
	FieldFigure  Field = "figure" // with a figure
)

// Fields lists every field.
var Fields = []Field{
	FieldPerson, FieldCountry, FieldYear, FieldFrom, FieldTo, FieldKind, FieldSaid, FieldAgreed, FieldForce, FieldTopic, FieldFigure,
}

// valueList is the names of codes.
type valueList struct {
	exact, folded map[string][]string // codes by name
	names         map[string]string   // the first name of each code
}

func newValueList() *valueList {
	return &valueList{map[string][]string{}, map[string][]string{}, map[string]string{}}
}

func (l *valueList) add(code, name string) {
	if _, ok := l.names[code]; !ok {
		l.names[code] = name
	}
	put := func(m map[string][]string, key string) {
		if !slices.Contains(m[key], code) {
			m[key] = append(m[key], code)
		}
	}
	put(l.exact, spelt(name, false))
	put(l.folded, spelt(name, true))
}

// name gives the name that a query is printed with: "hội-đàm"; a code that has
// none of its own, as it is.
func (l *valueList) name(code string) string {
	name := l.names[code]
	if len(l.exact[spelt(name, false)]) != 1 {
		return code
	}
	if l == countryNames {
		return name
	}
	return strings.ReplaceAll(name, " ", "-")
}

// find gives the codes of a name, whose marks count where that helps.
func (l *valueList) find(name string) []string {
	if codes := l.exact[spelt(name, false)]; codes != nil {
		return codes
	}
	return l.folded[spelt(name, true)]
}

// spelt gives the words of a name with a space between, each as the index has
// it: whatever is typed between them, and wherever a tone mark is put.
func spelt(name string, fold bool) string {
	var s vitext.Scanner
	return joined(scan(&s, name), fold)
}

// squeezed is spelt without the spaces.
func squeezed(name string, fold bool) string { return strings.ReplaceAll(spelt(name, fold), " ", "") }

// nearest gives the codes, up to three, with a name that differs least from
// what was typed, and by no more than a third of it.
func (l *valueList) nearest(typed string) []string {
	key := squeezed(typed, true)
	most := utf8.RuneCountInString(key) / 3
	best := map[string]int{}
	for name, codes := range l.folded {
		d := distance(strings.ReplaceAll(name, " ", ""), key, most)
		for _, code := range codes {
			if old, ok := best[code]; d <= most && (!ok || d < old) {
				best[code] = d
			}
		}
	}
	return closest(best)
}

// closest gives the three that differ least, given by how much each does.
func closest(best map[string]int) []string {
	all := slices.SortedFunc(maps.Keys(best), func(a, b string) int { return cmp.Or(best[a]-best[b], cmp.Compare(a, b)) })
	return all[:min(len(all), 3)]
}

//go:embed fields.txt
var fieldsText string

// The lists of fields.txt, and the countries.
var (
	fieldWords   = map[Field]string{} // the name it is printed with
	fieldNames   = map[string]Field{} // by name without spaces, and after foldedName without marks
	valueNames   = map[Field]*valueList{FieldKind: newValueList(), FieldForce: newValueList(), FieldTopic: newValueList(), FieldCountry: newValueList()}
	countryNames = valueNames[FieldCountry]
)

const foldedName = "~"

func init() {
	each := func(text string, add func(code, name string)) {
		for line := range strings.Lines(text) {
			code, names, ok := strings.Cut(line, "\t")
			if !ok || strings.HasPrefix(code, "#") {
				continue
			}
			for name := range strings.SplitSeq(names, "|") {
				add(code, strings.TrimRight(strings.TrimSpace(name), "*"))
			}
		}
	}
	countries, err := aliasFiles.ReadFile("alias/countries.txt")
	if err != nil {
		panic("BUG: search: " + err.Error())
	}
	each(string(countries), func(code, name string) {
		if len(code) == 2 {
			countryNames.add(code, name)
		}
	})
	each(fieldsText, func(code, name string) {
		field, value, ok := strings.Cut(code, ".")
		f := Field(field)
		if ok {
			valueNames[f].add(value, name)
			return
		}
		if fieldWords[f] == "" {
			fieldWords[f] = strings.ReplaceAll(name, " ", "-")
		}
		fieldNames[squeezed(name, false)], fieldNames[foldedName+squeezed(name, true)] = f, f
	})
}

const longestFieldName = 16 // characters

// field reads name:value at byte i, without a space between. It ends where it
// begins when there is none.
func (p *parser) field(i, hi int) (item, error) {
	none := item{end: i}
	k := strings.IndexByte(p.text[i:hi], ':')
	if k < 1 || utf8.RuneCountInString(p.text[i:i+k]) > longestFieldName || strings.ContainsFunc(p.text[i:i+k], notOfName) {
		return none, nil
	}
	name := p.text[i : i+k]
	f, at := fieldNamed(name), i+k+1
	if f == "" {
		return none, nil
	}
	value, end := p.quoted(at, hi, true)
	t := Term{Field: f, Value: value, Quoted: end > at}
	if !t.Quoted {
		end = p.chunk(at, hi)
		t.Value = p.text[at:end]
	}
	if !hasWord(t.Value) && (t.Value != "" || t.Quoted || f != FieldAgreed && f != FieldFigure) {
		return none, nil
	}
	it := item{kind: termItem, term: t, start: i, end: end}
	read := f.reader()
	if read == nil {
		return it, nil
	}
	ends := []int{end}
	if !t.Quoted {
		ends = p.following(end, hi)
	}
	for _, end := range slices.Backward(ends) {
		v := t.Value
		if !t.Quoted {
			v = words(p.text[at:end])
		}
		if value, codes := read(v); codes != nil {
			it.term, it.end = Term{Field: f, Value: value, Codes: codes}, end
			return it, nil
		}
	}
	return none, &QueryError{Rule: BadValue, Field: f, Typed: p.text[i:end], Try: tries(f, name, t.Value)}
}

func notOfName(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '-' && r != '_'
}

// fieldNamed gives the field of a name typed with all its marks or none.
func fieldNamed(name string) Field {
	exact, folded := squeezed(name, false), squeezed(name, true)
	if f := fieldNames[exact]; f != "" || exact != folded {
		return f
	}
	return fieldNames[foldedName+folded]
}

// longestValue is how many words, typed without quotes, a value may have.
const longestValue = 8

// following gives the ends of the value that ends at a byte and of the words
// after it that may belong to it.
func (p *parser) following(end, hi int) []int {
	ends := []int{end}
	for len(ends) < longestValue {
		at := end + len(p.text[end:hi]) - len(strings.TrimLeftFunc(p.text[end:hi], unicode.IsSpace))
		r, _ := utf8.DecodeRuneInString(p.text[at:hi])
		end = p.chunk(at, hi)
		if at == ends[len(ends)-1] || end == at || isMinus(r) || isSingle(r) || isOr(p.text[at:end]) || strings.Contains(p.text[at:end], ":") {
			break
		}
		ends = append(ends, end)
	}
	return ends
}

// reader gives the function that reads the value of a field into canonical
// form and codes, no codes when it cannot; nil for a field of any value.
func (f Field) reader() func(string) (string, []string) {
	switch f {
	case FieldYear:
		return readYear
	case FieldFrom, FieldTo:
		return readDate
	case FieldCountry:
		return readCountry
	case FieldKind, FieldForce, FieldTopic:
		return func(value string) (string, []string) {
			codes := valueNames[f].find(strings.ReplaceAll(value, "_", " "))
			if codes == nil {
				if valueNames[f].names[value] == "" {
					return "", nil
				}
				codes = []string{value} // as in an address: quoc-phong-an-ninh, phone_call
			}
			return valueNames[f].name(codes[0]), codes[:1]
		}
	}
	return nil
}

func readYear(value string) (string, []string) {
	if len(value) != 4 || value < "1000" || strings.Trim(value, "0123456789") != "" {
		return "", nil
	}
	return value, []string{value}
}

// readCountry knows a country by any of its names, and by its ISO code: "my" is
// Mỹ, "MY" Malaysia.
func readCountry(value string) (string, []string) {
	iso := strings.ToUpper(value)
	codes := countryNames.find(value)
	if countryNames.names[iso] != "" && (codes == nil || value == iso) {
		codes = []string{iso}
	}
	if len(codes) == 1 {
		return countryNames.name(codes[0]), codes
	}
	return value, codes
}

// readDate reads a date as people type it into EDTF: 2025, 2025-02, 2/2025,
// 5/2/2026, tháng 2 năm 2026, ngày 5 tháng 2 năm 2026.
func readDate(value string) (string, []string) {
	n := numbers(value)
	if len(n) == 0 || len(n) > 3 {
		return "", nil
	}
	year, month, day := n.date()
	if year < 1000 || !archive.ValidDay(year, max(month, 1), max(day, 1)) || len(n) > 1 && month == 0 || len(n) > 2 && day == 0 {
		return "", nil
	}
	d := n.edtf(year, month, day)
	return d, []string{d}
}

// figures are the numbers of a date in the order they were typed.
type figures []string

// numbers divides a date; the words for day, month and year stand for a slash.
func numbers(value string) figures {
	v := " " + strings.Join(strings.Fields(vitext.Fold(value)), " ") + " "
	for _, word := range []string{" ngay ", " thang ", " nam "} {
		v = strings.ReplaceAll(v, word, "/ ")
	}
	n := strings.FieldsFunc(v, func(r rune) bool { return strings.ContainsRune("/-.–", r) })
	var out figures
	for _, x := range n {
		if x = strings.TrimSpace(x); x != "" {
			out = append(out, x)
		}
	}
	for _, x := range out {
		if len(x) > 5 || strings.Trim(x, "0123456789") != "" {
			return nil
		}
	}
	return out
}

// date gives year, month and day, 0 where not typed. The year is of four
// figures and stands first or last.
func (n figures) date() (year, month, day int) {
	n = slices.Clone(n)
	if len(n[0]) < 4 {
		slices.Reverse(n)
	}
	out := [3]int{}
	for i, x := range n {
		out[i], _ = strconv.Atoi(x)
		if i == 0 && len(x) != 4 || i > 0 && len(x) > 2 {
			return 0, 0, 0
		}
	}
	return out[0], out[1], out[2]
}

func (n figures) edtf(year, month, day int) string {
	switch len(n) {
	case 1:
		return fmt.Sprintf("%04d", year)
	case 2:
		return fmt.Sprintf("%04d-%02d", year, month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}

// Read gives the codes that a typed value of a field stands for, or where it
// stands for none those of the nearest values, three at most. A date is its own
// code, in EDTF. A field of any value has none.
func (f Field) Read(value string) (codes, near []string) {
	read := f.reader()
	if read == nil {
		return nil, nil
	}
	if _, codes = read(words(normal(value))); codes != nil {
		return codes, nil
	}
	switch f {
	case FieldYear:
		return nil, []string{nearestDate(numbers(value))[:4]}
	case FieldFrom, FieldTo:
		return nil, []string{nearestDate(numbers(value))}
	case FieldCountry:
		return nil, countryNames.nearest(value)
	}
	return nil, valueNames[f].nearest(value)
}

// exampleYear stands for a year that was not typed, or not so that it can be
// guessed.
const exampleYear = "2025"

// tries gives the nearest forms that a field, named as it was typed, can have.
func tries(f Field, name, value string) []string {
	switch n := numbers(value); {
	case f == FieldYear && len(n) > 1:
		from, to := "từ", "đến"
		if squeezed(name, false) == string(FieldYear) {
			from, to = string(FieldFrom), string(FieldTo)
		}
		first, last := nearestDate(n), nearestDate(n)
		if len(n) == 2 && len(n[0]) == 4 && len(n[1]) == 4 {
			first, last = n[0], n[1]
		}
		return []string{form(from, first) + " " + form(to, last)}
	case f == FieldYear, f == FieldFrom, f == FieldTo:
		return []string{form(name, nearestDate(n))}
	}
	list := valueNames[f]
	values := list.nearest(value)
	if len(values) == 0 && f != FieldCountry {
		values = slices.Sorted(maps.Keys(list.names))
	}
	if len(values) == 0 {
		values = []string{"LA"}
	}
	for i, code := range values {
		values[i] = form(name, list.name(code))
	}
	return values
}

// nearestDate gives the date that differs least from what was typed.
func nearestDate(n figures) string {
	if len(n) == 0 || len(n) > 3 {
		return exampleYear
	}
	n = slices.Clone(n)
	switch first, last := n[0], n[len(n)-1]; {
	case len(first) == 5:
		n[0] = first[:4]
	case len(last) == 5:
		n[len(n)-1] = last[:4]
	case len(first) == 4 || len(last) == 4:
	case len(n) == 2 && len(first) < 3 && len(last) < 3: // a day and month
		n = append(n, exampleYear)
	case len(last) == 2:
		n[len(n)-1] = "20" + last
	}
	year, month, day := n.date()
	if year < 1000 {
		return exampleYear
	}
	month, day = min(max(month, 1), 12), max(day, 1)
	for !archive.ValidDay(year, month, day) {
		day--
	}
	return n.edtf(year, month, day)
}

// form gives a field with a value as it is typed.
func form(field, value string) string {
	if strings.Contains(value, " ") {
		value = `"` + value + `"`
	}
	return field + ":" + value
}

// distance gives how many characters must be put in, left out or changed to
// make one text of the other, or most+1 when they are more.
func distance(a, b string, most int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) > most || len(y)-len(x) > most {
		return most + 1
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		corner, least := row[0], i+1
		row[0] = i + 1
		for j := range y {
			d := corner
			if x[i] != y[j] {
				d = 1 + min(corner, row[j], row[j+1])
			}
			corner, row[j+1] = row[j+1], d
			least = min(least, d)
		}
		if least > most {
			return most + 1
		}
	}
	return min(row[len(y)], most+1)
}
