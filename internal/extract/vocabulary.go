package extract

import "sync"

// vocabulary is what the lexicon can say: ISO codes and slugs.
var vocabulary = sync.OnceValue(func() map[class]map[string]bool {
	words := map[class]map[string]bool{classCountry: {}, classTopic: {}}
	for _, p := range lex().phrases {
		if of, ok := words[p.class]; ok {
			of[p.arg] = true
		}
	}
	return words
})

// KnowsCountry reports whether code is that of a country (ISO 3166-1 alpha-2,
// upper case) that the lexicon has.
func KnowsCountry(code string) bool { return vocabulary()[classCountry][code] }

// KnowsTopic reports whether slug is a topic of agreements.
func KnowsTopic(slug string) bool { return vocabulary()[classTopic][slug] }
