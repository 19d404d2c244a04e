-- The counts of every inhabited area of one slice, group by group, and a point inside it (SWEREF 99 TM, metres):
-- what the k nearest people of each area are found from.
WITH cell AS (
    -- Where nobody lives, nobody of the group lives: x is 0 there even if it was not published.
    SELECT area_code, 1 AS position, CASE WHEN t = 0 THEN 0 ELSE x END AS n, reason
    FROM split_count
    WHERE municipality = $municipality AND level = $level AND year = $year AND split = $split
    UNION ALL
    SELECT area_code, 2 AS position, t - CASE WHEN t = 0 THEN 0 ELSE x END AS n, reason
    FROM split_count
    WHERE municipality = $municipality AND level = $level AND year = $year AND split = $split
    UNION ALL
    SELECT area_code, position, n, reason
    FROM group_count
    WHERE municipality = $municipality AND level = $level AND year = $year AND split = $split
)
SELECT
    area_code, any_value(point.x) AS x, any_value(point.y) AS y,
    list(n ORDER BY position) AS n,
    min(CASE WHEN n IS NULL THEN coalesce(reason, 'missing_values') END) AS reason
FROM cell
LEFT JOIN main.area AS point USING (area_code)
GROUP BY area_code
-- An area whose count is not known stays: then the whole slice has no answer.
HAVING fsum(n) > 0 OR count(n) < count(*)
ORDER BY area_code
