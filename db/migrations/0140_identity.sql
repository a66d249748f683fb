-- Who may come in. `operators`, `sessions`, `verifications`, `passkeys` and `signing_keys` are better-auth's models by
-- our names. What signs in is kept as a hash or under the server's secret: a copy of the database opens no door.
create table operators (
  id uuid primary key,
  email text collate "C" not null unique check (email = lower(email)),
  email_verified boolean not null default true,
  name text not null,
  image text,
  role text not null check (role in ('viewer', 'operator', 'admin')),
  password_hash text,
  second_factor_put_off boolean not null default false,
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table sessions (
  id text primary key,
  -- SHA-256 of the token in the cookie.
  token text collate "C" not null unique,
  user_id uuid not null references operators (id),
  ip_address text,
  user_agent text,
  second_factor text,
  stepped_up_at timestamptz,
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index sessions_by_operator on sessions (user_id);

create table verifications (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verifications_by_identifier on verifications (identifier);

create table passkeys (
  id text primary key,
  name text,
  public_key text not null,
  user_id uuid not null references operators (id),
  credential_id text not null unique,
  counter bigint not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamptz
);

create table signing_keys (
  id text primary key,
  public_key text not null,
  private_key text not null,
  alg text,
  crv text,
  created_at timestamptz not null,
  expires_at timestamptz
);

-- `last_step` is the last time step whose code was taken: a code is used once.
create table totp_secrets (
  operator_id uuid primary key references operators (id),
  secret text not null,
  confirmed_at timestamptz,
  last_step bigint
);

create table recovery_codes (
  operator_id uuid not null references operators (id),
  code_hash text collate "C" not null,
  used_at timestamptz,
  primary key (operator_id, code_hash)
);

-- Between the password and the second factor. It is no session: nothing but the second factor takes it.
create table pending_sign_ins (
  token_hash text collate "C" primary key,
  operator_id uuid not null references operators (id),
  expires_at timestamptz not null
);

create table invitations (
  token_hash text collate "C" primary key,
  email text,
  role text not null check (role in ('viewer', 'operator', 'admin')),
  created_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);

create table api_keys (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  -- The beginning of the key, by which people tell keys apart.
  prefix text not null,
  key_hash text collate "C" not null unique,
  role text not null check (role in ('viewer', 'operator', 'admin')),
  permissions text[],
  created_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz
);
