create table gift_cards (code text primary key, cents integer not null);
