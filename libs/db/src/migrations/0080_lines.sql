-- Whether a call was ever somebody's work is asked of every call on the line.
create index work_item_call on work_item (subject_id) where kind = 'call';
-- Parts that were found to belong to another call: what is told of them later goes there too.
create index pbx_event_part on pbx_event (integration_id, (canonical -> 0 ->> 'callId')) where state = 'done' and canonical -> 0 ->> 'callId' <> root_id;
