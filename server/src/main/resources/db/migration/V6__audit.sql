-- What was done that security rests on: who, what, on whom, from where, with what outcome. Never a secret.
create table audit_event (
  id           binary(16)   not null primary key,  -- UUIDv7: in the order of time
  occurred_at  datetime(6)  not null,
  act          varchar(40)  not null,
  outcome      varchar(10)  not null,
  actor_type   varchar(10)  not null,
  actor_id     varchar(100),  -- the id of a user, or a client_id
  client_id    varchar(100),  -- the client that the actor is, or acted through
  subject_type varchar(10),
  subject_id   varchar(100),
  user_id      binary(16),  -- whom it concerns: the actor, the subject, or whose the subject is
  detail       varchar(500) not null,
  address      varchar(45),
  request_id   binary(16)
) default charset = utf8mb4 collate = utf8mb4_bin;
create index audit_event_occurred on audit_event (occurred_at);
create index audit_event_subject on audit_event (subject_id);
create index audit_event_user on audit_event (user_id);
