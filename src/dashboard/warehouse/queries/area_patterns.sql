-- How every area of one slice compares with the areas that touch it.
select area_code, share, neighbours, neighbours_share, local, kind, p_value, beyond_chance, reason
from area_pattern
where municipality = $municipality and level = $level and year = $year and split = $split
order by area_code;
