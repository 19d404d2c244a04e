-- The counts of each area in two years, two groups or several: one row a year and area, n by group.
WITH cell AS (
    SELECT municipality, level, year, split, area_code, position, n
    FROM group_count
    UNION ALL
    -- Where nobody lives, nobody of the group lives: x is 0 there even if it was not published.
    SELECT municipality, level, year, split, area_code, 1 AS position, CASE WHEN t = 0 THEN 0 ELSE x END AS n
    FROM split_count
    UNION ALL
    SELECT municipality, level, year, split, area_code, 2 AS position, CASE WHEN t = 0 THEN 0 ELSE t - x END AS n
    FROM split_count
)
SELECT year, area_code, list(n ORDER BY position) AS n
FROM cell
WHERE municipality = $municipality AND level = $level AND split = $split AND year IN ($before, $after)
GROUP BY year, area_code
ORDER BY year, area_code
