-- Claims that clients ask for one by one (OpenID Connect Core §5.5): names, separated by spaces.
alter table authorization_code add column userinfo_claims varchar(1000) not null default '';
alter table authorization_code add column id_token_claims varchar(1000) not null default '';
alter table access_grant add column userinfo_claims varchar(1000) not null default '';
alter table access_grant add column id_token_claims varchar(1000) not null default '';
-- Those that no consented scope stands for.
alter table consent add column claims varchar(1000) not null default '';
