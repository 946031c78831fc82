create table products (id text primary key, name text not null);
