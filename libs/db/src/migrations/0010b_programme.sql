-- Settings that people change carry the version that a change is made from.
alter table setting add version int not null default 1;
