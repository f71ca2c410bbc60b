-- Clients that registered themselves: what opens their registration (RFC 7592).
create table registration_access_token (
  client_id  varchar(100) not null primary key,
  token_hash binary(32)   not null,
  created_at datetime(6)  not null
) default charset = utf8mb4 collate = utf8mb4_bin;

-- What lets clients register themselves (RFC 7591 §1.2).
create table initial_access_token (
  id         binary(16)   not null primary key,
  token_hash binary(32)   not null,
  name       varchar(100) not null,
  uses_left  int          not null,
  created_at datetime(6)  not null,
  expires_at datetime(6)  not null,
  constraint initial_access_token_hash unique (token_hash)
) default charset = utf8mb4 collate = utf8mb4_bin;
create index initial_access_token_expires on initial_access_token (expires_at);
