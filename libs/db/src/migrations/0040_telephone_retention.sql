-- Bodies of telephone events hold numbers of people: what became of them is kept in the calls, they themselves go after a while.
grant delete on pbx_event to sanad_system;
