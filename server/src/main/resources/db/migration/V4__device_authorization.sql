-- A device that asks its user for access and waits for the decision (RFC 8628).
create table device_authorization (
  device_code_hash binary(32)   not null primary key,
  user_code        varchar(8)   not null,  -- without its dash
  client_id        varchar(100) not null,
  scope            text         not null,  -- asked for; once approved, granted
  resources        text         not null,
  status           varchar(10)  not null,  -- pending, then approved or denied; an approved one becomes redeemed
  poll_interval    int          not null,  -- seconds between two polls; each slow_down adds 5
  polled_at        datetime(6),
  user_id          binary(16),             -- who decided; null while it is pending
  auth_time        datetime(6),
  amr              varchar(100),
  grant_id         binary(16)   not null,  -- the grant that redeeming makes, and a second redeeming revokes
  created_at       datetime(6)  not null,
  expires_at       datetime(6)  not null,
  constraint device_authorization_user_code unique (user_code)
) default charset = utf8mb4 collate = utf8mb4_bin;
create index device_authorization_expires on device_authorization (expires_at);
