-- archive.db as a new archive has it; upgrade.go brings older ones here. Dates are EDTF text, times RFC 3339 in UTC, sums SHA-256 in
-- lower-case hex. What promise 2 rests on cannot be updated or deleted: see the triggers.

-- One row for each published text, under the identity its id was minted from. The columns
-- after version say what lists show; they repeat the newest record.
CREATE TABLE article (
  n         INTEGER PRIMARY KEY,
  id        TEXT NOT NULL UNIQUE,
  identity  TEXT NOT NULL UNIQUE,    -- the source's URL, else "collection/name"
  version   INTEGER NOT NULL,        -- the newest
  title     TEXT NOT NULL,
  publisher TEXT NOT NULL,           -- '' when unknown
  published TEXT NOT NULL,           -- '' when unknown
  stored    TEXT NOT NULL            -- when the newest version or reading was stored
) STRICT;

-- The bytes as received, one row for each time other bytes came under one identity.
CREATE TABLE version (
  article     TEXT NOT NULL REFERENCES article(id),
  n           INTEGER NOT NULL CHECK (n > 0),
  sha256      TEXT NOT NULL,         -- of original
  bytes       INTEGER NOT NULL,      -- its length
  name        TEXT NOT NULL,         -- base name of the file
  received    TEXT NOT NULL,
  text_sha256 TEXT NOT NULL,         -- of the paragraphs and sentence starts read from it, which no reading may change
  original    BLOB NOT NULL,
  UNIQUE (article, n)
) STRICT;

-- What the newest rules read in a version: the record as JSON, schema vankho/article/1. It is six
-- times as long as the original and compresses to the seventh part, so it is kept compressed (zlib);
-- the sqlite3 shell shows it with sqlar_uncompress(json, bytes).
CREATE TABLE record (
  article TEXT NOT NULL,
  version INTEGER NOT NULL,
  sha256  TEXT NOT NULL,             -- of the JSON
  bytes   INTEGER NOT NULL,          -- its length
  json    BLOB NOT NULL,             -- compressed
  UNIQUE (article, version),
  FOREIGN KEY (article, version) REFERENCES version(article, n)
) STRICT;

-- Every path ever published: '/' || kind || '/' || id. A path stays here for ever.
CREATE TABLE published (
  id      TEXT NOT NULL,
  kind    TEXT NOT NULL CHECK (kind IN ('a', 'm', 'v', 'p')),
  article TEXT,                      -- whose it was first; null for a person
  PRIMARY KEY (id, kind)
) STRICT, WITHOUT ROWID;

-- Published paths that answer under another path.
CREATE TABLE redirect (
  path TEXT NOT NULL PRIMARY KEY,
  "to" TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Published paths that answer no more.
CREATE TABLE tombstone (
  path   TEXT NOT NULL PRIMARY KEY,
  reason TEXT NOT NULL,
  date   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Browsing: the meetings and visits of the newest version of every article, derived from its record.
CREATE TABLE event (
  n          INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  article    TEXT NOT NULL REFERENCES article(id),
  type       TEXT NOT NULL CHECK (type IN ('meeting', 'visit')),
  kind       TEXT NOT NULL,          -- of a meeting; '' for a visit
  level      TEXT NOT NULL,          -- of a visit; '' for a meeting or when unknown
  status     TEXT NOT NULL,
  main       INTEGER NOT NULL,
  date       TEXT NOT NULL,          -- '' when unknown
  sort       TEXT,                   -- date of the encounter; null without a year, so that it comes last
  city       TEXT NOT NULL,
  country    TEXT NOT NULL,
  agreements INTEGER NOT NULL,       -- whose force is binding
  figures    TEXT NOT NULL,          -- JSON: the first few, as written
  who        TEXT NOT NULL,          -- JSON: the principals
  under      INTEGER                 -- event.n of another article's reading of the same encounter that stands for it; null when it stands itself
) STRICT;
CREATE INDEX event_article ON event (article);
CREATE INDEX event_sort ON event (sort, id, main, status, type, under);
CREATE INDEX event_under ON event (under) WHERE under IS NOT NULL;

CREATE TABLE participation (
  event     INTEGER NOT NULL REFERENCES event(n),
  person    TEXT NOT NULL,           -- slug
  sort      TEXT,                    -- of the encounter
  main      INTEGER NOT NULL,        -- of the encounter
  capacity  TEXT NOT NULL,
  country   TEXT NOT NULL,           -- '' when unknown
  name      TEXT NOT NULL,
  written   TEXT NOT NULL,           -- the name as the article has it
  titles    TEXT NOT NULL,           -- JSON: the titles as the article has them
  paragraph INTEGER NOT NULL,        -- of the first evidence
  shown     INTEGER,                 -- event.n under which lists show it; null where another row of the encounter has the person
  PRIMARY KEY (event, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX participation_person ON participation (person, sort, main, shown);

-- The countries of an event: of its participants and of its place.
CREATE TABLE presence (
  event   INTEGER NOT NULL REFERENCES event(n),
  country TEXT NOT NULL,
  sort    TEXT,
  main    INTEGER NOT NULL,
  shown   INTEGER,                   -- as in participation
  PRIMARY KEY (event, country)
) STRICT, WITHOUT ROWID;
CREATE INDEX presence_country ON presence (country, sort, main, shown);

-- Each two countries whose principals take part in an event: 'LA+VN', in order of the alphabet.
CREATE TABLE bilateral (
  event INTEGER NOT NULL REFERENCES event(n),
  pair  TEXT NOT NULL,
  sort  TEXT,
  main  INTEGER NOT NULL,
  shown INTEGER,                     -- as in participation
  PRIMARY KEY (event, pair)
) STRICT, WITHOUT ROWID;
CREATE INDEX bilateral_pair ON bilateral (pair, sort, main, shown);

-- The agreements of every event, whatever their force, in the order of the record.
CREATE TABLE undertaking (
  n         INTEGER PRIMARY KEY,
  event     INTEGER NOT NULL REFERENCES event(n),
  sort      TEXT,                    -- of the encounter
  force     TEXT NOT NULL,
  actor     TEXT NOT NULL,
  by        TEXT NOT NULL,           -- JSON: slugs, when one side speaks
  text      TEXT NOT NULL,           -- verbatim
  figures   TEXT NOT NULL,           -- JSON: as written
  due       TEXT NOT NULL,           -- EDTF, '' when not said
  paragraph INTEGER NOT NULL,        -- of the first evidence, with its sentence
  sentence  INTEGER NOT NULL
) STRICT;
CREATE INDEX undertaking_event ON undertaking (event);
CREATE INDEX undertaking_sort ON undertaking (sort);
CREATE INDEX undertaking_force ON undertaking (force, sort);

-- What agreements are about.
CREATE TABLE topic (
  undertaking INTEGER NOT NULL REFERENCES undertaking(n),
  topic       TEXT NOT NULL,
  sort        TEXT,                  -- of the encounter
  PRIMARY KEY (undertaking, topic)
) STRICT, WITHOUT ROWID;
CREATE INDEX topic_sort ON topic (topic, sort);

-- The figures of every event and of its agreements, each once.
CREATE TABLE figure (
  n         INTEGER PRIMARY KEY,
  event     INTEGER NOT NULL REFERENCES event(n),
  series    TEXT NOT NULL,           -- 'LA+VN|kim ngạch thương mại|USD': figures that may be compared; '' when with nothing
  sort      TEXT,                    -- of the encounter
  measure   TEXT NOT NULL,           -- as written
  written   TEXT NOT NULL,
  value     REAL NOT NULL,
  unit      TEXT NOT NULL,           -- or the currency
  period    TEXT NOT NULL,
  role      TEXT NOT NULL,
  paragraph INTEGER NOT NULL,
  sentence  INTEGER NOT NULL
) STRICT;
CREATE INDEX figure_event ON figure (event);
CREATE INDEX figure_series ON figure (series, sort);

-- Where to look for other readings of an encounter: who met and when.
CREATE TABLE contact (
  who   TEXT NOT NULL,               -- 'x+y' two principals; 'x>LA' a guest of a visit and where it went
  day   TEXT NOT NULL,               -- date, or without one the day the article was published
  event INTEGER NOT NULL REFERENCES event(n),
  PRIMARY KEY (who, day, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_event ON contact (event);

-- Of each reading that is not the only one of its encounter, the one that stands for it: ids of events.
CREATE TABLE encounter (
  reading TEXT NOT NULL PRIMARY KEY,
  stands  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Events that an import has yet to put beside others. Empty once it is committed.
CREATE TABLE unsettled (event INTEGER PRIMARY KEY) STRICT;

-- How many main events a person, country or pair of countries takes part in, held main meetings in a month, agreements of a
-- force or on a topic, figures of a series, and totals.
CREATE TABLE tally (
  kind TEXT NOT NULL,                -- person, country, pair, month, force, topic, series, total
  key  TEXT NOT NULL,
  name TEXT NOT NULL,
  n    INTEGER NOT NULL,
  PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX tally_n ON tally (kind, n DESC, key);

-- What people have corrected, as they wrote it, in the order in which it came. The JSON is
-- that of archive.Correction.
CREATE TABLE correction (
  n       INTEGER PRIMARY KEY,
  id      TEXT NOT NULL UNIQUE,      -- SHA-256 of what was written, by which the same is known again
  article TEXT NOT NULL REFERENCES article(id),
  record  TEXT NOT NULL,             -- the path of what it is about: of the article, or of a meeting or visit in it
  field   TEXT NOT NULL,
  sha256  TEXT NOT NULL,             -- of the JSON
  json    TEXT NOT NULL
) STRICT;
CREATE INDEX correction_article ON correction (article);

-- generation, sum (over everything stored, see sum.go), imported.
CREATE TABLE meta (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER version_stays BEFORE DELETE ON version BEGIN SELECT RAISE(ABORT, 'a version is kept for ever'); END;
CREATE TRIGGER version_is_frozen BEFORE UPDATE ON version BEGIN SELECT RAISE(ABORT, 'a version never changes'); END;
CREATE TRIGGER article_stays BEFORE DELETE ON article BEGIN SELECT RAISE(ABORT, 'an article is kept for ever'); END;
CREATE TRIGGER article_is_frozen BEFORE UPDATE OF id, identity ON article BEGIN SELECT RAISE(ABORT, 'an article keeps its id'); END;
CREATE TRIGGER record_stays BEFORE DELETE ON record BEGIN SELECT RAISE(ABORT, 'a record is kept for ever'); END;
CREATE TRIGGER record_is_bound BEFORE UPDATE OF article, version ON record BEGIN SELECT RAISE(ABORT, 'a record keeps its version'); END;
CREATE TRIGGER published_stays BEFORE DELETE ON published BEGIN SELECT RAISE(ABORT, 'a published path is kept for ever'); END;
CREATE TRIGGER published_is_frozen BEFORE UPDATE ON published BEGIN SELECT RAISE(ABORT, 'a published path never changes'); END;
CREATE TRIGGER redirect_stays BEFORE DELETE ON redirect BEGIN SELECT RAISE(ABORT, 'a redirect is kept for ever'); END;
CREATE TRIGGER redirect_is_frozen BEFORE UPDATE ON redirect BEGIN SELECT RAISE(ABORT, 'a redirect never changes'); END;
CREATE TRIGGER tombstone_stays BEFORE DELETE ON tombstone BEGIN SELECT RAISE(ABORT, 'a tombstone is kept for ever'); END;
CREATE TRIGGER tombstone_is_frozen BEFORE UPDATE ON tombstone BEGIN SELECT RAISE(ABORT, 'a tombstone never changes'); END;
CREATE TRIGGER correction_stays BEFORE DELETE ON correction BEGIN SELECT RAISE(ABORT, 'a correction is kept for ever'); END;
CREATE TRIGGER correction_is_frozen BEFORE UPDATE ON correction BEGIN SELECT RAISE(ABORT, 'a correction never changes'); END;
