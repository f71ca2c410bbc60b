-- The origins (RFC 6454) of the http and https redirect URIs of clients: whose pages may read our answers (CORS). Written with
-- the client. Of the clients that are there already, dev.gatewright.client.origin.FillClientOrigins writes them.

create table client_origin (
  origin    varchar(255) not null,
  client_id varchar(100) not null,
  primary key (origin, client_id)
) default charset = utf8mb4 collate = utf8mb4_bin;
create index client_origin_client on client_origin (client_id);
