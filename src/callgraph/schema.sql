-- SPDX-License-Identifier: GPL-2.0-only
--
-- The facts of any number of configurations. The program sets application_id
-- (the file is ours) and user_version (schema and fact version).
--
-- A kernel has ten million facts, and a row costs a microsecond to write and as
-- much to read. So the facts of a body are one blob, written once and decoded
-- straight into the arrays of the graph, and strings and symbols are stored by
-- the page. What these blobs hold is described in callgraph/pack.h.
--
-- What the program never reads is there for whoever asks in SQL: who calls
-- whom, and where (function, source, call and the view call_by_name).
--
-- Hashes are unsigned 64-bit numbers kept in SQLite's signed ones.

-- A configuration of a kernel tree: "arm64/allyesconfig".
CREATE TABLE config (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	tree TEXT NOT NULL,	-- absolute path it was indexed from
	kernel TEXT NOT NULL	-- version as its Makefile states it
) STRICT;

-- Every string, once: names of symbols and records, paths of files, access
-- paths, literals. Never deleted, so their numbers are dense. The writer keeps
-- them apart by a table in memory. Number 0 is the empty string and not stored.
CREATE TABLE names (
	first INTEGER PRIMARY KEY,	-- number of the first one of this page
	texts BLOB NOT NULL		-- each with a NUL behind it
) STRICT;

-- Functions and variables: identity only, the same in all configurations. Never
-- deleted. Numbers start at 1.
CREATE TABLE symbols (
	first INTEGER PRIMARY KEY,
	packed BLOB NOT NULL
) STRICT;

-- A version of a file that some unit read. Never deleted.
CREATE TABLE file (
	id INTEGER PRIMARY KEY,
	path TEXT NOT NULL,	-- relative to the tree
	hash INTEGER NOT NULL	-- of its content
) STRICT;

-- A set of ids, as differences in base 128: units share what they read (ids of
-- file) and the declarations they saw in headers (ids of body).
CREATE TABLE idset (
	id INTEGER PRIMARY KEY,
	hash INTEGER NOT NULL,	-- of ids: equal sets are one row
	ids BLOB NOT NULL
) STRICT;

-- A prefix header that units were parsed with.
CREATE TABLE prefix (
	id INTEGER PRIMARY KEY,
	deps INTEGER NOT NULL,		-- idset of files
	headers INTEGER NOT NULL,	-- idset of bodies
	UNIQUE (deps, headers)
) STRICT;

-- A translation unit: a compile command and what became of it.
CREATE TABLE unit (
	id INTEGER PRIMARY KEY,
	config INTEGER NOT NULL REFERENCES config,	-- it was parsed in
	file TEXT NOT NULL,		-- relative to the tree
	command_hash INTEGER NOT NULL,
	deps_hash INTEGER NOT NULL,
	status INTEGER NOT NULL,	-- enum unit_status
	mode INTEGER NOT NULL,		-- enum unit_mode
	nr_errors INTEGER NOT NULL,
	detail TEXT NOT NULL,		-- first error, or why it failed
	deps INTEGER NOT NULL,		-- idset of files, without the prefix's
	headers INTEGER NOT NULL,	-- idset of bodies, without the prefix's
	prefix INTEGER REFERENCES prefix,
	UNIQUE (config, file, command_hash)
) STRICT;

-- The unit that stands for a compile command of a configuration: its own, or
-- one borrowed from another configuration. A unit that is nobody's is deleted.
CREATE TABLE member (
	config INTEGER NOT NULL REFERENCES config,
	file TEXT NOT NULL,
	command_hash INTEGER NOT NULL,
	unit INTEGER NOT NULL REFERENCES unit,
	deps_hash INTEGER NOT NULL,	-- of the unit when it was borrowed
	module INTEGER NOT NULL,	-- name: see module.h; 0 when not known
	PRIMARY KEY (config, file, command_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_of_unit ON member (unit);

-- What stands in the main file of a unit (unit is set), or one declaration of a
-- header (hash is set), which all units that saw it share, whatever their
-- configuration.
CREATE TABLE body (
	id INTEGER PRIMARY KEY,
	unit INTEGER REFERENCES unit,
	hash INTEGER,			-- of the content
	file INTEGER NOT NULL,		-- number of a name
	facts BLOB NOT NULL,
	literals BLOB,			-- assignments of string literals
	CHECK ((unit IS NULL) <> (hash IS NULL))
) STRICT;
CREATE UNIQUE INDEX body_of_unit ON body (unit) WHERE unit IS NOT NULL;
CREATE UNIQUE INDEX body_by_hash ON body (hash) WHERE hash IS NOT NULL;

-- ---- for queries; the program only writes these ----

-- Every function that some unit ever defined or called.
CREATE TABLE function (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	file TEXT NOT NULL		-- of a static one; '' of an external one
) STRICT;

-- A file that some call stands in.
CREATE TABLE source (
	id INTEGER PRIMARY KEY,
	path TEXT NOT NULL
) STRICT;

-- A direct call. The upper bits of the id are the body it belongs to,
--     id = body * 2^24 + number within the body
-- so that all calls of a body are one range of ids to delete.
CREATE TABLE call (
	id INTEGER PRIMARY KEY,
	caller INTEGER NOT NULL,	-- function
	callee INTEGER NOT NULL,	-- function
	file INTEGER NOT NULL,		-- source
	line INTEGER NOT NULL
) STRICT;

CREATE VIEW call_by_name AS
	SELECT caller.name AS caller, callee.name AS callee,
		source.path AS file, call.line AS line
	FROM call
	JOIN function AS caller ON caller.id = call.caller
	JOIN function AS callee ON callee.id = call.callee
	JOIN source ON source.id = call.file;

-- What an index run remembers for the next one: how the files looked that it
-- read, which names its directories held. Only the indexer knows the format.
CREATE TABLE memo (
	config INTEGER NOT NULL REFERENCES config,
	kind INTEGER NOT NULL,		-- enum memo_kind
	data BLOB NOT NULL,
	PRIMARY KEY (config, kind)
) STRICT;
