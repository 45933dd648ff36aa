"""The tables of a library file, version by version.

Notes for who reads the file by hand (``sqlite3 library.booru``):

- Times are whole microseconds since 1970, UTC.
- `post.id` is the order of keeping and the key that other tables use; `post.post_id`
  is the site's own number.
- `post.tag_ids` are the post's tags: sorted, unique, little-endian 32-bit `tag_id`.
  One blob a post makes frames fast; `tag_post` is the same inverted, for queries.
- `tag.n` is the number of kept posts with the tag. Tags are never deleted, so that a
  `tag_id` means the same for ever.
- `tag.band` says roughly how large `n` is, so that the most frequent tags are found
  without a look at all: 1 from 64 posts on, 2 from 128 on, and so on; else 0.
- A tag's category is per site. A row without one means that the site was asked and
  does not know the tag.
- `post.collected` is set where a post is kept for its own sake. Other posts go away
  with their bookmark and their files.
- `folder.name` has "/" between the names of folders within each other; those around a
  folder have rows, too. `folder.query` is set where a folder fills itself: with the
  bookmarks that it finds.
- `search_history` and `saved_search` have their sites as a list of names, in which none
  stands for the default site, and what else was asked for as an object.
- A file stands below a root, so that a folder that is moved is one row changed.
- `file_withheld` holds what is to be deleted from the disk, once its drive is there.
- `crawled` holds the ranges of ids, both ends included, of which every post that a
  question finds is kept; 0 is the lower end where nothing older is left. `crawl_post`
  holds the site's numbers of those posts. One whose post is gone is a gap.
- `tag_alias`, `tag_implication` and `tag_info` are what a site says of all its tags, by
  their names there; `tag_list` says how far its lists have been read.
- Ratings are numbered from the mildest, and statuses, in the order of
  `booru_nb.post.Rating` and `booru_nb.post.Status`.
- `meta.gen` counts the transactions that change posts, bookmarks or tags: what was
  read of them at one number is still right while the number stays. `meta.stamp` is
  drawn by lot with each, so that copies of a file differ as soon as one is changed.
"""

from __future__ import annotations

APPLICATION_ID = 0x6E62_626F
"""``nbbo``, at byte 68 of every library file (SQLite's ``application_id``)."""

VERSION_1 = """
create table meta (
  key text primary key,
  value any not null
) strict, without rowid;

insert into meta values ('gen', 0), ('library', lower(hex(randomblob(16))));

create table setting (
  key text primary key,
  value text not null check (json_valid(value))
) strict, without rowid;

create table site (
  site_id integer primary key,
  name text not null unique,
  url text,  -- missing where posts came from a table, and nobody said from where
  engine text,
  options text not null default '{}' check (json_valid(options)),
  added_at integer not null
) strict;

create table tag (
  tag_id integer primary key,
  name text not null unique,
  n integer not null default 0
) strict;

create table tag_category (
  site_id integer not null references site on delete cascade,
  tag_id integer not null references tag,
  category text,
  fetched_at integer,  -- when the site was asked; missing where a post said it
  primary key (site_id, tag_id)
) strict, without rowid;

create table post (
  id integer primary key autoincrement,
  site_id integer not null references site,
  post_id integer not null,
  kept_at integer not null,
  collected integer not null default 0 check (collected in (0, 1)),
  also_on text not null default '',
  rating integer check (rating between 0 and 3),
  score integer,
  favorites integer,
  width integer,
  height integer,
  ext text,
  md5 text,
  file_size integer,
  source text,
  parent_id integer,
  uploader text,
  created_at integer,
  preview_url text,
  sample_url text,
  file_url text,
  post_url text,
  status integer check (status between 0 and 4),
  tag_ids blob not null default x'' check (length(tag_ids) % 4 = 0),
  unique (site_id, post_id)
) strict;

create table tag_post (
  tag_id integer not null,
  post integer not null,
  primary key (tag_id, post)
) strict, without rowid;

create table folder (
  folder_id integer primary key,
  name text not null unique,
  added_at integer not null
) strict;

create table bookmark (
  id integer primary key autoincrement,
  post integer not null unique references post,
  folder_id integer references folder,
  note text not null default '',
  bookmarked_at integer not null
) strict;

create index bookmark_by_time on bookmark (bookmarked_at);

create index bookmark_by_folder on bookmark (folder_id);
"""

VERSION_2 = """
insert into meta values ('stamp', lower(hex(randomblob(8))));

create table blacklist_rule (
  rule_id integer primary key,
  rule text not null unique,  -- in the local query language
  added_at integer not null
) strict;

create table blacklist_post (
  site_id integer not null references site on delete cascade,
  post_id integer not null,
  added_at integer not null,
  primary key (site_id, post_id)
) strict, without rowid;

create table search_history (
  search_id integer primary key autoincrement,
  query text not null,
  sites text not null check (json_valid(sites)),
  options text not null default '{}' check (json_valid(options)),
  searched_at integer not null,
  unique (query, sites, options)
) strict;

create table saved_search (
  name text primary key,
  query text not null,
  sites text not null check (json_valid(sites)),
  options text not null default '{}' check (json_valid(options)),
  saved_at integer not null
) strict, without rowid;

alter table folder add column query text;

-- A folder within others is never without them.
insert or ignore into folder (name, added_at)
with recursive up (name, added_at) as (
  select name, added_at from folder
  union all
  select rtrim(rtrim(name, replace(name, '/', '')), '/'), added_at
  from up where instr(name, '/')
)
select name, min(added_at) from up group by name;

create table file_root (
  root_id integer primary key,
  path text not null unique  -- relative to the library's folder where it is within
) strict;

create table file (
  file_id integer primary key,
  root_id integer not null references file_root,
  path text not null,  -- below the root, with "/" between its parts
  post integer not null references post,
  kind text not null default 'original',
  sha256 text not null check (length(sha256) = 64),
  md5 text not null check (length(md5) = 32),
  size integer not null,
  added_at integer not null,
  unique (root_id, path)
) strict;

create index file_by_post on file (post);

create index file_by_sha256 on file (sha256);

create table file_withheld (
  root_id integer not null references file_root,
  path text not null,
  sha256 text not null,
  primary key (root_id, path)
) strict, without rowid;

create table crawl (
  crawl_id integer primary key autoincrement,
  site_id integer not null references site on delete cascade,
  question text not null check (json_valid(question)),
  started_at integer not null,
  asked_at integer not null,
  unique (site_id, question)
) strict;

create table crawled (
  crawl_id integer not null references crawl on delete cascade,
  low integer not null,
  high integer not null check (high >= low),
  primary key (crawl_id, low)
) strict, without rowid;

create table crawl_post (
  crawl_id integer not null references crawl on delete cascade,
  post_id integer not null,
  primary key (crawl_id, post_id)
) strict, without rowid;

create table tag_alias (
  site_id integer not null references site on delete cascade,
  alias text not null,
  tag text not null,
  primary key (site_id, alias)
) strict, without rowid;

create table tag_implication (
  site_id integer not null references site on delete cascade,
  tag text not null,
  implies text not null,
  primary key (site_id, tag, implies)
) strict, without rowid;
"""
"""Blacklists, searches, folders that fill themselves, files, crawls, tag relations."""

VERSION_3 = """
alter table tag_alias
add column seen integer not null default 0;  -- in the reading that began at this time

create index tag_alias_by_tag on tag_alias (site_id, tag);

alter table tag_implication
add column seen integer not null default 0;

create index tag_implication_by_implied on tag_implication (site_id, implies);

create table tag_info (
  site_id integer not null references site on delete cascade,
  name text not null,
  number integer,  -- the site's own
  category text,
  site_count integer,
  seen integer not null default 0,
  primary key (site_id, name)
) strict, without rowid;

create index tag_info_by_number on tag_info (site_id, number)
where number is not null;

create table tag_list (
  site_id integer not null references site on delete cascade,
  list text not null,
  kinds text not null default '[]' check (json_valid(kinds)),  -- what it tells wholly
  started_at integer,  -- of the reading that is under way, if one is
  since integer,  -- it asks for what has changed since; missing where it asks for all
  cursor text,  -- where it goes on; missing at its beginning
  read_at integer,  -- when the last one that came to its end began
  primary key (site_id, list)
) strict, without rowid;
"""
"""What sites say of all their tags, and how far that has been read."""

VERSION_4 = """
alter table tag add column band integer not null default 0;

update tag set band = (
  with recursive halved (band, rest) as (
    select 0, n >> 6
    union all
    select band + 1, rest >> 1 from halved where rest
  )
  select max(band) from halved
)
where n >= 64;

create index tag_by_band on tag (band, name) where band > 0;
"""
"""The most frequent tags, found by how they begin."""
