package store

import (
	"context"
	"fmt"
)

// formatVersion is the format of archive.db that imports write. Formats only
// add: every older one is read as it is, without what it does not have, and
// the first import over it brings it here.
const formatVersion = 1 + len(upgrades)

// upgrades are the steps between formats, the oldest first: upgrades[0] makes
// format 2 of format 1. A step that was published never changes. schema.sql has
// what all of them come to, for new archives; columns that a step adds stand
// last in their table there.
var upgrades = [...]string{
	// 2: corrections by people
	`CREATE TABLE correction (
		n       INTEGER PRIMARY KEY,
		id      TEXT NOT NULL UNIQUE,
		article TEXT NOT NULL REFERENCES article(id),
		record  TEXT NOT NULL,
		field   TEXT NOT NULL,
		sha256  TEXT NOT NULL,
		json    TEXT NOT NULL
	) STRICT;
	CREATE INDEX correction_article ON correction (article);
	CREATE TRIGGER correction_stays BEFORE DELETE ON correction BEGIN SELECT RAISE(ABORT, 'a correction is kept for ever'); END;
	CREATE TRIGGER correction_is_frozen BEFORE UPDATE ON correction BEGIN SELECT RAISE(ABORT, 'a correction never changes'); END;`,
	// 3: encounters that several articles tell
	`ALTER TABLE event ADD COLUMN under INTEGER;
	ALTER TABLE participation ADD COLUMN shown INTEGER;
	ALTER TABLE presence ADD COLUMN shown INTEGER;
	UPDATE participation SET shown = event;
	UPDATE presence SET shown = event;
	DROP INDEX event_sort;
	DROP INDEX participation_person;
	DROP INDEX presence_country;
	CREATE INDEX event_sort ON event (sort, id, main, status, type, under);
	CREATE INDEX event_under ON event (under) WHERE under IS NOT NULL;
	CREATE INDEX participation_person ON participation (person, sort, main, shown);
	CREATE INDEX presence_country ON presence (country, sort, main, shown);
	CREATE TABLE contact (
		who TEXT NOT NULL,
		day TEXT NOT NULL,
		event INTEGER NOT NULL REFERENCES event(n),
		PRIMARY KEY (who, day, event)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX contact_event ON contact (event);
	CREATE TABLE encounter (
		reading TEXT NOT NULL PRIMARY KEY,
		stands TEXT NOT NULL
	) STRICT, WITHOUT ROWID;
	CREATE TABLE unsettled (event INTEGER PRIMARY KEY) STRICT;
	INSERT INTO unsettled SELECT n FROM event;`,
	// 4: pairs of countries, agreements and figures across all records; fillDeeds reads them from the records
	`CREATE TABLE bilateral (
		event INTEGER NOT NULL REFERENCES event(n),
		pair TEXT NOT NULL,
		sort TEXT,
		main INTEGER NOT NULL,
		shown INTEGER,
		PRIMARY KEY (event, pair)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX bilateral_pair ON bilateral (pair, sort, main, shown);
	CREATE TABLE undertaking (
		n INTEGER PRIMARY KEY,
		event INTEGER NOT NULL REFERENCES event(n),
		sort TEXT,
		force TEXT NOT NULL,
		actor TEXT NOT NULL,
		by TEXT NOT NULL,
		text TEXT NOT NULL,
		figures TEXT NOT NULL,
		due TEXT NOT NULL,
		paragraph INTEGER NOT NULL,
		sentence INTEGER NOT NULL
	) STRICT;
	CREATE INDEX undertaking_event ON undertaking (event);
	CREATE INDEX undertaking_sort ON undertaking (sort);
	CREATE INDEX undertaking_force ON undertaking (force, sort);
	CREATE TABLE topic (
		undertaking INTEGER NOT NULL REFERENCES undertaking(n),
		topic TEXT NOT NULL,
		sort TEXT,
		PRIMARY KEY (undertaking, topic)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX topic_sort ON topic (topic, sort);
	CREATE TABLE figure (
		n INTEGER PRIMARY KEY,
		event INTEGER NOT NULL REFERENCES event(n),
		series TEXT NOT NULL,
		sort TEXT,
		measure TEXT NOT NULL,
		written TEXT NOT NULL,
		value REAL NOT NULL,
		unit TEXT NOT NULL,
		period TEXT NOT NULL,
		role TEXT NOT NULL,
		paragraph INTEGER NOT NULL,
		sentence INTEGER NOT NULL
	) STRICT;
	CREATE INDEX figure_event ON figure (event);
	CREATE INDEX figure_series ON figure (series, sort);
	INSERT OR IGNORE INTO unsettled SELECT n FROM event;`,
}

// upgrade brings the copy of an older archive to this program's format, so
// that everything else that writes knows only that one. The archive itself, and
// whoever reads it, sees nothing of it before Commit.
func (w *Writer) upgrade(ctx context.Context) error {
	from := w.format
	if err := w.writable(ctx); err != nil {
		return err
	}
	for i, step := range upgrades[from-1:] {
		if _, err := w.db.ExecContext(ctx, step); err != nil {
			return fmt.Errorf("upgrade %s to format %d: %w", w.path, from+i+1, err)
		}
	}
	if err := w.fillDeeds(ctx); err != nil {
		return fmt.Errorf("upgrade %s: %w", w.path, err)
	}
	if _, err := w.db.ExecContext(ctx, fmt.Sprintf(`PRAGMA user_version = %d`, formatVersion)); err != nil {
		return fmt.Errorf("upgrade %s: %w", w.path, err)
	}
	w.changed, w.unsettled = true, true
	return nil
}
