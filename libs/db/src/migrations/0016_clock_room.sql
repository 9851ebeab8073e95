-- A clock changes once or twice in its life and no index holds what changes: with room on its page the indexes stay untouched.
alter table sla_clock set (fillfactor = 85);
