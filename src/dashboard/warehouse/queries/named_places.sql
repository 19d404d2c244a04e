-- The city's places for urban-space analyses whose names are written on the maps.
select name, x, y, side
from study_place
where municipality = $municipality and on_maps
order by name collate sv;
