-- The home municipality first, then the peers by name.
select code, name, role
from municipality
order by role <> 'home', name collate sv;
