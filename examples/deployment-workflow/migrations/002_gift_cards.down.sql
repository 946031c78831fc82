drop table gift_cards;
