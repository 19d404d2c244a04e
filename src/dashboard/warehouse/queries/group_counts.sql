-- How many there are of each group of a split in every area of a level.
select area_code, position, n, reason
from group_count
where municipality = $municipality and level = $level and year = $year and split = $split
order by area_code, position;
