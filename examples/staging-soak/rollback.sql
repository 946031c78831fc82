-- The way back of the data model, by hand and only where posts are wrong: plan C of the runbook.
begin;
update posts set user_id = pending_user_id where user_id is null and pending_user_id is not null;
commit;
