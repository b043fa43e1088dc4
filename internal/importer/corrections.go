package importer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"vankho/internal/extract"
	"vankho/internal/source"
	"vankho/internal/store"
)

// CorrectionsError names every entry of the files of corrections that is
// refused, and every file that cannot be read. Nothing was changed.
type CorrectionsError struct{ Refused []error }

func (e *CorrectionsError) Error() string { return errors.Join(e.Refused...).Error() }

// readCorrections reads the files before anything else is done, so that a
// misspelt one does not wait for a long import.
func readCorrections(files []string) ([]source.Correction, error) {
	var all []source.Correction
	var bad CorrectionsError
	for _, name := range files {
		list, err := source.OpenCorrections(name)
		if joined, ok := err.(interface{ Unwrap() []error }); ok {
			bad.Refused = append(bad.Refused, joined.Unwrap()...)
		} else if err != nil {
			bad.Refused = append(bad.Refused, err)
		}
		all = append(all, list...)
	}
	if len(bad.Refused) > 0 {
		return nil, &bad
	}
	return all, nil
}

// correctAll gives the corrections to the store, which keeps them.
func correctAll(ctx context.Context, list []source.Correction, w *store.Writer, report *Report) error {
	var bad CorrectionsError
	for _, c := range list {
		refuse := func(what, why string) {
			bad.Refused = append(bad.Refused, &source.Error{File: c.File, Line: c.Line, Offset: -1, What: what, Why: why})
		}
		if word := unknownWord(c.Field, c.New); word != "" {
			refuse(c.Field+" of "+c.Record, fmt.Sprintf("%q is no word that the archive knows", word))
			continue
		}
		done, err := w.Correct(ctx, c.Correction, c.ReadsNow)
		var refused *store.CorrectionError
		switch {
		case errors.As(err, &refused):
			refuse(refused.What, refused.Why)
		case err != nil:
			return err
		case done:
			report.Corrected++
		default:
			report.CorrectedBefore++
		}
	}
	if len(bad.Refused) > 0 {
		return &bad
	}
	return nil
}

// unknownWord gives the first word of a value that must be a country or a topic
// of the lexicon and is not.
func unknownWord(field string, value json.RawMessage) string {
	known, words := extract.KnowsCountry, []string(nil)
	switch {
	case strings.HasSuffix(field, ".country"):
		var code *string
		if json.Unmarshal(value, &code) == nil && code != nil {
			words = []string{*code}
		}
	case strings.HasSuffix(field, ".topics"):
		known = extract.KnowsTopic
		if json.Unmarshal(value, &words) != nil {
			return "" // no list: the store says so
		}
	}
	for _, w := range words {
		if !known(w) {
			return w
		}
	}
	return ""
}
