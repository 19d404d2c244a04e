-- The counts of every slice that has an answer, one row a slice, areas in order: what slices.sql lets through, asked
-- in one step, because a page asks for it again and again.
SELECT
    municipality, level, year, split,
    list(x ORDER BY area_code) AS x,
    list(t ORDER BY area_code) AS t,
    list(regso_code ORDER BY area_code) AS regso
FROM (
    SELECT * FROM split_count
    WHERE ($municipality::VARCHAR IS NULL OR municipality = $municipality)
      AND ($level::VARCHAR IS NULL OR level = $level)
      AND ($year::INTEGER IS NULL OR year = $year)
      AND ($split::VARCHAR IS NULL OR split = $split)
      -- Where nobody lives, nobody of the group lives, even if that was not published: such an area is no part of it.
      AND CASE WHEN t = 0 AND coalesce(x, 0) = 0 THEN FALSE ELSE TRUE END
)
GROUP BY municipality, level, year, split
-- One area that is not known, or whose pair cannot be counts, takes the answer away; so does a group without anybody.
HAVING count(*) = count(*) FILTER (WHERE isfinite(x) AND isfinite(t) AND x >= 0 AND x <= t AND t > 0)
   AND fsum(x) > 0 AND fsum(x) <> fsum(t)
