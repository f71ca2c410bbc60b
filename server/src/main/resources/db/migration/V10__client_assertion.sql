-- Client assertions that were used (RFC 7523 §3): each is good for one request. Kept until it would have expired.
create table client_assertion (
  client_id  varchar(100) not null,
  jti_hash   binary(32)   not null,  -- SHA-256
  expires_at datetime(6)  not null,
  primary key (client_id, jti_hash)
) default charset = utf8mb4 collate = utf8mb4_bin;
create index client_assertion_expires on client_assertion (expires_at);
