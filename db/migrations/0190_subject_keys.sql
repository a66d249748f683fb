-- Keys by which personal values are sealed, one a person, each wrapped under the server's secret: a copy of the database
-- opens none. A person stands here as a keyed hash. To forget is to take `wrapped` away; the row stays, so that what was
-- sealed by it is known as forgotten. Who comes back afterwards gets another key.
create table subject_keys (
  key_id uuid primary key,
  subject_hash text collate "C" not null,
  wrapped text,
  created_at timestamptz not null default clock_timestamp(),
  forgotten_at timestamptz,
  check ((wrapped is null) = (forgotten_at is not null))
);

create unique index subject_keys_in_use on subject_keys (subject_hash) where wrapped is not null;

-- Names of fields that are masked beside those that schemas mark, for events that were imported.
create table masked_fields (
  name text collate "C" primary key,
  added_by text not null,
  added_at timestamptz not null default clock_timestamp()
);
