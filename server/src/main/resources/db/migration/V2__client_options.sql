-- Client metadata that most clients go without (RFC 7591 §2): read with the client and never searched, so one JSON text.
alter table client add column options mediumtext;
update client set options = '{}';
alter table client modify column options mediumtext not null;

-- Seconds after which an unused refresh token ends; null: it ends with its family.
alter table client add column refresh_token_idle_lifetime int;
