-- One process listens to a telephone system; who falls silent loses it to another.
alter table pbx_integration add column lease_by uuid, add column lease_until timestamptz;
