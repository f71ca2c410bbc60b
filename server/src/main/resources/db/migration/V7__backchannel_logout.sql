-- A grant names the browser session in which it was given also when it outlives it: its ID tokens tell the sid.
alter table access_grant add column outlives_session boolean default false not null;

-- A client that got an ID token in a browser session and is to be told when the session ends (OpenID Connect Back-Channel
-- Logout §2.3): due_at is null while the session lasts, and then says when to try next.
create table session_client (
  id         binary(16)   not null primary key,
  sid        binary(16)   not null,
  client_id  varchar(100) not null,
  user_id    binary(16)   not null,
  subject    varchar(255) not null,  -- the sub of the client's ID tokens
  due_at     datetime(6),
  attempts   int          not null,
  claim      binary(16),  -- of the node that tries at this moment; due_at is when its claim lapses
  created_at datetime(6)  not null,
  expires_at datetime(6)  not null,  -- the end of the session's life; once it has ended, of the attempts
  constraint session_client_sid unique (sid, client_id)
) default charset = utf8mb4 collate = utf8mb4_bin;
create index session_client_user on session_client (user_id);
create index session_client_due on session_client (due_at);
create index session_client_expires on session_client (expires_at);

-- A logout request that waits while the user is asked. The ID token that came with it is not kept.
create table logout_request (
  handle_hash              binary(32)  not null primary key,
  client_id                varchar(100),
  proven                   boolean     not null,  -- whether an ID token came with it
  sid                      varchar(36),  -- of the ID token
  post_logout_redirect_uri text,
  state                    mediumtext,
  created_at               datetime(6) not null,
  expires_at               datetime(6) not null
) default charset = utf8mb4 collate = utf8mb4_bin;
create index logout_request_expires on logout_request (expires_at);
