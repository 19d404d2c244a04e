-- What walkers get across at few spots.
select barrier, kind, name, line, note from barrier order by name collate sv;
