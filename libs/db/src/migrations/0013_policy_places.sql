-- Between two policies there is room for another: the order stays, the places lie apart. In two steps, because places are taken.
update sla_policy set position = 1000000000 + position * 100 where position between 1 and 100000;
update sla_policy set position = position - 1000000000 where position > 1000000000;
