-- The rest of the standard claims (OpenID Connect Core §5.1). What is only ever read with its user is one JSON text.
alter table user_account add column phone_number varchar(16);
alter table user_account add column phone_number_verified boolean not null default false;
alter table user_account add column details mediumtext;
update user_account set details = '{}';
alter table user_account modify column details mediumtext not null;
