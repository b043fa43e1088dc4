package source

import (
	_ "embed"
	"regexp"
	"strings"
	"unicode"
)

// The word lists. Each file says at its top where it came from.
var (
	//go:embed lexicon/publishers.txt
	publishersFile string
	//go:embed lexicon/furniture.txt
	furnitureFile string
	//go:embed lexicon/sections.txt
	sectionsFile string
	//go:embed lexicon/bylines.txt
	bylinesFile string
	//go:embed lexicon/credits.txt
	creditsFile string
	//go:embed lexicon/family_names.txt
	familyNamesFile string
	//go:embed lexicon/title_words.txt
	titleWordsFile string
	//go:embed lexicon/clock_words.txt
	clockWordsFile string
)

var (
	publishers      = pairs(publishersFile)
	furnitureLines  = furniture("end", "aside", "line")
	furnitureStarts = startsOf("start")
	sections        = set(entries(sectionsFile))
	bylineStarts    = entries(bylinesFile)
	familyNames     = set(strings.Fields(strings.Join(entries(familyNamesFile), " ")))
	titleWords      = set(strings.Fields(strings.Join(entries(titleWordsFile), " ")))
	clockWords      = set(strings.Fields(strings.Join(entries(clockWordsFile), " ")))

	// creditEnd is a credit at the end of a caption: "(Ảnh: Doãn Tấn/TTXVN)".
	creditEnd = regexp.MustCompile(`(?i)(?:^|[\s(\[/–—.,-])(?:` + alternatives(entries(creditsFile)) + `)\s*:\s*[^:]{1,100}$`)
)

// entries gives the lines of a list that are not comments.
func entries(file string) []string {
	var out []string
	for line := range strings.Lines(file) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return out
}

// pairs reads a list of "key, tab, value"; keys are compared in lower case.
func pairs(file string) map[string]string {
	m := map[string]string{}
	for _, e := range entries(file) {
		k, v, ok := strings.Cut(e, "\t")
		if !ok {
			panic("BUG: lexicon: no tab in " + e)
		}
		m[strings.ToLower(k)] = v
	}
	return m
}

func set(list []string) map[string]bool {
	m := map[string]bool{}
	for _, e := range list {
		m[strings.ToLower(e)] = true
	}
	return m
}

// furniture gives the entries of furniture.txt of the given sorts, by key.
func furniture(sorts ...string) map[string]string {
	m := map[string]string{}
	for _, e := range entries(furnitureFile) {
		kind, text, _ := strings.Cut(e, "\t")
		for _, s := range sorts {
			if kind == s {
				m[key(text)] = s
			}
		}
	}
	return m
}

func startsOf(sort string) []string {
	var out []string
	for _, e := range entries(furnitureFile) {
		if kind, text, _ := strings.Cut(e, "\t"); kind == sort {
			out = append(out, text)
		}
	}
	return out
}

func alternatives(list []string) string {
	quoted := make([]string, len(list))
	for i, e := range list {
		quoted[i] = regexp.QuoteMeta(e)
	}
	return strings.Join(quoted, "|")
}

// key is what a line is looked up by: lower case, without the punctuation and
// symbols around it.
func key(s string) string {
	return strings.ToLower(strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
}
