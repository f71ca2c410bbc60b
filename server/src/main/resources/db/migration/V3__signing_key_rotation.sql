-- From when a key signs; its predecessor is superseded then. Every node decides by this time and its own clock.
-- private_jwk keeps its name: once the key no longer signs, what is sealed in it is the public half alone.
alter table signing_key add column signs_from datetime(6);
update signing_key set signs_from = created_at;
alter table signing_key modify column signs_from datetime(6) not null;
