-- Moran's I of one slice.
select value, expected, p_value, areas, permutations, seed, reason
from spatial_pattern
where municipality = $municipality and level = $level and year = $year and split = $split;
