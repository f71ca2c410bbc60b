-- Attempts that all nodes count together, where gatewright.limits.shared says so: one row for each name, address or user that has failed
-- of late. It tells when all attempts are there again, so that a row from before now says the same as none.
create table attempt_limit (
  key_hash binary(32) not null,  -- SHA-256 of what is counted and for whom
  full_at  bigint     not null,  -- milliseconds since 1970, UTC
  primary key (key_hash)
) default charset = utf8mb4 collate = utf8mb4_bin;
create index attempt_limit_full on attempt_limit (full_at);
