-- What the server derives its keys from, wrapped under TIDEMARK_SECRET: that one can be changed, this one never is.
create table server_secret (
  one boolean primary key default true check (one),
  wrapped text not null,
  wrapped_at timestamptz not null default clock_timestamp()
);
