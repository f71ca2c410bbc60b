-- What a browser said of itself, and where it was, when its user logged in: so that people know their sessions apart.
alter table browser_session add column user_agent varchar(200);
alter table browser_session add column address varchar(45);

-- When an unused refresh token ends; null: with its family, at expires_at.
alter table refresh_token add column idle_expires_at datetime(6);

-- When a refresh token was last handed out once more, because its predecessor was used again within the grace.
alter table refresh_token add column repeated_at datetime(6);
