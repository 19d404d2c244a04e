-- Everything that one can walk to in the city: named places, and the places that the city has chosen for analysis.
select id, name, kind, x, y, true as study, false as approximate, position
from study_place
where municipality = $municipality
union all
select id, name, kind, x, y, false, approximate, 0
from place
order by study desc, position, name collate sv, id;
