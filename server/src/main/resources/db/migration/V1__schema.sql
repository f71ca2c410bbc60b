-- One schema for H2 (MySQL mode), MySQL 8.0.19+ and MariaDB 11+.
-- Ids are UUIDv7, made by the application. Secrets are stored as hashes and looked up by them. Times are UTC.
-- No foreign keys, triggers or JSON columns: rows of one user can live on another node than those of another.

create table user_account (
  id             binary(16)   not null primary key,
  username       varchar(64)  not null,
  username_key   varchar(64)  not null,  -- case-folded: what uniqueness means
  email          varchar(254),
  email_key      varchar(254),
  email_verified boolean      not null,
  email_set_at   datetime(6),
  password_hash  varchar(255) not null,
  name           varchar(200),
  given_name     varchar(100),
  family_name    varchar(100),
  role           varchar(20)  not null,
  version        int          not null,
  created_at     datetime(6)  not null,
  updated_at     datetime(6)  not null,
  constraint user_account_username unique (username_key),
  constraint user_account_email unique (email_key)
) default charset = utf8mb4 collate = utf8mb4_bin;

create table client (
  client_id                        varchar(100) not null primary key,
  client_name                      varchar(100) not null,
  application_type                 varchar(10)  not null,
  token_endpoint_auth_method       varchar(30)  not null,
  secret_hash                      binary(32),  -- HMAC-SHA256 under a key derived from the master key
  grant_types                      varchar(1000) not null,  -- lists are separated by spaces
  redirect_uris                    mediumtext   not null,
  scope                            text         not null,
  default_scope                    text,
  require_pkce                     boolean      not null,
  require_consent                  boolean      not null,
  refresh_token_policy             varchar(20)  not null,
  access_token_lifetime            int          not null,  -- seconds
  refresh_token_lifetime           int          not null,  -- seconds
  access_token_signed_response_alg varchar(10)  not null,
  id_token_signed_response_alg     varchar(10)  not null,
  resource_server_for              text         not null,
  version                          int          not null,
  created_at                       datetime(6)  not null,
  updated_at                       datetime(6)  not null
) default charset = utf8mb4 collate = utf8mb4_bin;

create table protected_resource (
  id                               binary(16)   not null primary key,
  identifier                       varchar(500) not null,
  name                             varchar(100) not null,
  access_token_lifetime            int,  -- seconds
  access_token_signed_response_alg varchar(10),
  version                          int          not null,
  created_at                       datetime(6)  not null,
  updated_at                       datetime(6)  not null,
  constraint protected_resource_identifier unique (identifier)
) default charset = utf8mb4 collate = utf8mb4_bin;

create table protected_resource_scope (
  scope       varchar(100) not null primary key,
  resource_id binary(16)   not null,
  position    int          not null,
  description varchar(200) not null
) default charset = utf8mb4 collate = utf8mb4_bin;
create index protected_resource_scope_resource on protected_resource_scope (resource_id);

create table signing_key (
  kid         varchar(64)     not null primary key,
  alg         varchar(10)     not null,
  generation  int             not null,  -- 1, 2, 3 … per algorithm: of two nodes that make the same one, one wins
  public_jwk  varchar(4000)   not null,
  private_jwk varbinary(8000) not null,  -- AES-256-GCM under a key derived from the master key
  created_at  datetime(6)     not null,
  constraint signing_key_generation unique (alg, generation)
) default charset = utf8mb4 collate = utf8mb4_bin;

create table browser_session (
  id_hash      binary(32)   not null primary key,  -- SHA-256 of the cookie's value
  sid          binary(16)   not null,
  user_id      binary(16)   not null,
  amr          varchar(100) not null,
  auth_time    datetime(6)  not null,
  last_seen_at datetime(6)  not null,
  expires_at   datetime(6)  not null,
  created_at   datetime(6)  not null,
  constraint browser_session_sid unique (sid)
) default charset = utf8mb4 collate = utf8mb4_bin;
create index browser_session_user on browser_session (user_id);
create index browser_session_expires on browser_session (expires_at);

-- An authorization request that waits for a login or a consent, named by a request_uri.
create table authorization_request (
  handle_hash  binary(32)   not null primary key,
  client_id    varchar(100) not null,
  parameters   mediumtext   not null,
  consented_by binary(16),
  denied       boolean      not null,
  created_at   datetime(6)  not null,
  expires_at   datetime(6)  not null
) default charset = utf8mb4 collate = utf8mb4_bin;
create index authorization_request_expires on authorization_request (expires_at);

create table authorization_code (
  code_hash         binary(32)   not null primary key,
  client_id         varchar(100) not null,
  user_id           binary(16)   not null,
  session_id        binary(16)   not null,
  redirect_uri      varchar(2000) not null,
  redirect_uri_sent boolean      not null,
  code_challenge    varchar(43),
  scope             text         not null,
  resources         text         not null,
  nonce             text,
  amr               varchar(100) not null,
  auth_time         datetime(6)  not null,
  grant_id          binary(16)   not null,  -- the grant that redeeming makes, and a second redeeming revokes
  redeemed_at       datetime(6),
  created_at        datetime(6)  not null,
  expires_at        datetime(6)  not null
) default charset = utf8mb4 collate = utf8mb4_bin;
create index authorization_code_expires on authorization_code (expires_at);
create index authorization_code_user on authorization_code (user_id);

create table consent (
  user_id    binary(16)   not null,
  client_id  varchar(100) not null,
  scope      text         not null,
  created_at datetime(6)  not null,
  updated_at datetime(6)  not null,
  primary key (user_id, client_id)
) default charset = utf8mb4 collate = utf8mb4_bin;
create index consent_client on consent (client_id);

-- What a user granted a client. Access tokens name it; it outlives every token that names it.
create table access_grant (
  id         binary(16)   not null primary key,
  user_id    binary(16)   not null,
  client_id  varchar(100) not null,
  session_id binary(16),  -- the browser session it ends with; null for one that outlives it
  scope      text         not null,
  resources  text         not null,
  auth_time  datetime(6)  not null,
  amr        varchar(100) not null,
  revoked_at datetime(6),
  created_at datetime(6)  not null,
  expires_at datetime(6)  not null
) default charset = utf8mb4 collate = utf8mb4_bin;
create index access_grant_user on access_grant (user_id);
create index access_grant_client on access_grant (client_id);
create index access_grant_session on access_grant (session_id);
create index access_grant_expires on access_grant (expires_at);

create table refresh_token (
  token_hash  binary(32)  not null primary key,
  grant_id    binary(16)  not null,
  redeemed_at datetime(6),
  created_at  datetime(6) not null,
  expires_at  datetime(6) not null
) default charset = utf8mb4 collate = utf8mb4_bin;
create index refresh_token_grant on refresh_token (grant_id);
create index refresh_token_expires on refresh_token (expires_at);

-- Access tokens revoked one by one, kept until they would have expired.
create table revoked_token (
  jti        binary(16)  not null primary key,
  expires_at datetime(6) not null
) default charset = utf8mb4 collate = utf8mb4_bin;
create index revoked_token_expires on revoked_token (expires_at);
