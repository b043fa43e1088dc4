package store

import (
	"context"
	"encoding/json"
	"slices"
)

// EventsOf gives, by id, the events with these ids, and of each of these
// articles the main events in the order of the record, as lists show them.
// What is not there is left out. It is what a page of results needs, in one
// query.
func (s *Store) EventsOf(ctx context.Context, events, articles []string) (byID map[string]Entry, byArticle map[string][]Entry, err error) {
	snap, err := s.acquire()
	if err != nil {
		return nil, nil, err
	}
	defer s.release(snap)
	// As lists in JSON, so that the text of the query is always the same.
	lists := make([]any, 2)
	for i, list := range [][]string{events, articles} {
		b, err := json.Marshal(append([]string{}, list...))
		if err != nil {
			return nil, nil, err
		}
		lists[i] = string(b)
	}
	found, err := all(ctx, snap.reader, `SELECT `+entryColumns(snap.format)+` WHERE e.n IN (
		SELECT n FROM event WHERE id IN (SELECT value FROM json_each(?))
		UNION SELECT n FROM event WHERE article IN (SELECT value FROM json_each(?)) AND main) ORDER BY e.n`, lists, scanEntry)
	if err != nil {
		return nil, nil, snap.damage(err, fileName, "the list of events")
	}
	byID, byArticle = map[string]Entry{}, map[string][]Entry{}
	for _, e := range found {
		byID[e.ID] = e
		if e.Main && slices.Contains(articles, e.ArticleID) {
			byArticle[e.ArticleID] = append(byArticle[e.ArticleID], e)
		}
	}
	return byID, byArticle, nil
}
