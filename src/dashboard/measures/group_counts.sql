-- The counts of several groups, one row a slice: n runs through the groups of the first area, then of the next.
SELECT
    municipality, level, year, split, count(DISTINCT position) AS groups,
    list(n ORDER BY area_code, position) AS n
FROM group_count
WHERE ($municipality::VARCHAR IS NULL OR municipality = $municipality)
  AND ($level::VARCHAR IS NULL OR level = $level)
  AND ($year::INTEGER IS NULL OR year = $year)
  AND ($split::VARCHAR IS NULL OR split = $split)
GROUP BY municipality, level, year, split
-- Only where every area has a count for every group.
HAVING count(n) = count(DISTINCT area_code) * count(DISTINCT position)
