-- SPDX-License-Identifier: GPL-2.0-only
--
-- The facts of any number of configurations. The program sets application_id
-- (the file is ours) and user_version (schema and fact version).
--
-- Rows of facts hang on a body, and their id says on which one:
--     id = body * 2^24 + number within the body
-- So rows are appended where SQLite appends fastest, all rows of a body are one
-- range of ids to delete, reading in the order of ids is reading body by body,
-- and none of that needs an index.
--
-- A value (see indexer/facts.h) is four columns: X_kind, X_addr, X (a symbol, a
-- name or the number of a parameter, as the kind says) and X_path, a name.
--
-- Hashes are unsigned 64-bit numbers kept in SQLite's signed ones.
--
-- There are foreign keys where rows are few. The many rows of facts have none:
-- looking up six of them for every call would cost more than all the rest, and
-- the one writer checks facts before it writes any.

-- A configuration of a kernel tree: "arm64/allyesconfig".
CREATE TABLE config (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	tree TEXT NOT NULL,	-- absolute path it was indexed from
	kernel TEXT NOT NULL	-- version as its Makefile states it
) STRICT;

-- Every string, once: names of symbols and records, paths of files, access
-- paths, literals. Never deleted. The writer keeps them apart by a table in
-- memory, so there is no index. 0 is the empty string.
CREATE TABLE name (
	id INTEGER PRIMARY KEY,
	text TEXT NOT NULL
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
	config INTEGER NOT NULL REFERENCES config,
	deps INTEGER NOT NULL,		-- idset of files
	headers INTEGER NOT NULL,	-- idset of bodies
	UNIQUE (config, deps, headers)
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
	PRIMARY KEY (config, file, command_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_of_unit ON member (unit);

-- What stands in the main file of a unit (unit is set), or one declaration of a
-- header (hash is set), which all units that saw it share.
CREATE TABLE body (
	id INTEGER PRIMARY KEY,
	config INTEGER NOT NULL REFERENCES config,
	unit INTEGER REFERENCES unit,
	hash INTEGER,			-- of the content
	file INTEGER NOT NULL,		-- name
	CHECK ((unit IS NULL) <> (hash IS NULL))
) STRICT;
CREATE UNIQUE INDEX body_of_unit ON body (unit) WHERE unit IS NOT NULL;
CREATE UNIQUE INDEX body_by_hash ON body (config, hash) WHERE hash IS NOT NULL;

-- A function or a variable: identity only. Never deleted.
CREATE TABLE symbol (
	id INTEGER PRIMARY KEY,
	config INTEGER NOT NULL REFERENCES config,
	kind INTEGER NOT NULL,		-- enum symbol_kind
	is_static INTEGER NOT NULL,
	name INTEGER NOT NULL,
	file INTEGER NOT NULL,		-- name; 0 of an external one
	UNIQUE (name, config, kind, is_static, file)
) STRICT;

-- A definition of a symbol; a weak one and a strong one are two.
CREATE TABLE def (
	id INTEGER PRIMARY KEY,
	symbol INTEGER NOT NULL,
	file INTEGER NOT NULL,		-- name
	line INTEGER NOT NULL,
	col INTEGER NOT NULL,
	attrs INTEGER NOT NULL,		-- enum def_attr
	type INTEGER NOT NULL		-- name of a record
) STRICT;

-- A call. The target is a function (direct) or the pointer called through.
CREATE TABLE call (
	id INTEGER PRIMARY KEY,
	caller INTEGER NOT NULL,	-- symbol
	target_kind INTEGER NOT NULL,	-- enum value_kind
	target_addr INTEGER NOT NULL,
	target INTEGER NOT NULL,
	target_path INTEGER NOT NULL,	-- name
	file INTEGER NOT NULL,		-- name
	line INTEGER NOT NULL,
	col INTEGER NOT NULL,
	macro INTEGER NOT NULL,		-- name
	result_ignored INTEGER NOT NULL
) STRICT;

-- An argument that carries a followed value. In the order of the calls.
CREATE TABLE arg (
	id INTEGER PRIMARY KEY,
	call INTEGER NOT NULL,		-- number of the call within the body
	pos INTEGER NOT NULL,
	value_kind INTEGER NOT NULL,
	value_addr INTEGER NOT NULL,
	value INTEGER NOT NULL,
	value_path INTEGER NOT NULL
) STRICT;

-- A static variable whose test decides whether a call is made. In the order of
-- the calls.
CREATE TABLE guard (
	id INTEGER PRIMARY KEY,
	call INTEGER NOT NULL,		-- number of the call within the body
	kind INTEGER NOT NULL,		-- enum guard_kind
	symbol INTEGER NOT NULL,
	line INTEGER NOT NULL
) STRICT;

-- lhs = rhs; func is NULL for an initialiser at file scope.
CREATE TABLE assign (
	id INTEGER PRIMARY KEY,
	func INTEGER,			-- symbol
	kind INTEGER NOT NULL,		-- enum assign_kind
	lhs_kind INTEGER NOT NULL,
	lhs_addr INTEGER NOT NULL,
	lhs INTEGER NOT NULL,
	lhs_path INTEGER NOT NULL,
	rhs_kind INTEGER NOT NULL,
	rhs_addr INTEGER NOT NULL,
	rhs INTEGER NOT NULL,
	rhs_path INTEGER NOT NULL,
	slot INTEGER NOT NULL,		-- name: "rec.field" of the left side
	element INTEGER,		-- of an array, or NULL
	file INTEGER NOT NULL,		-- name
	line INTEGER NOT NULL,
	col INTEGER NOT NULL
) STRICT;

-- A field of a record. Variants of a header may state it twice.
CREATE TABLE field (
	id INTEGER PRIMARY KEY,
	record INTEGER NOT NULL,	-- name
	name INTEGER NOT NULL,
	kind INTEGER NOT NULL,		-- enum field_kind
	type INTEGER NOT NULL		-- name of a record
) STRICT;
