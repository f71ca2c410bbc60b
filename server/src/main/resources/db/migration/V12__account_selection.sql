-- The user who chose to go on with an account while an authorization request waited (prompt=select_account).
alter table authorization_request add column selected_by binary(16);
