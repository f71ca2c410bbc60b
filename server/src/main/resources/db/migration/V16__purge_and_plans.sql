-- What one node at a time may do. No time is in it: a node takes over when it has not seen the renewals grow for long enough.
create table lease (
  name     varchar(50) not null primary key,
  holder   binary(16)  not null,  -- an id that the node made when it started
  renewals bigint      not null
) default charset = utf8mb4 collate = utf8mb4_bin;

-- What was found by reading many rows or by sorting them: the sessions of a user, a page at a time; whether there is an
-- administrator, asked at each start; the scopes of a resource.
create index browser_session_user_sid on browser_session (user_id, sid);
drop index browser_session_user on browser_session;
create index user_account_role on user_account (role);
create index protected_resource_scope_position on protected_resource_scope (resource_id, position);
drop index protected_resource_scope_resource on protected_resource_scope;
