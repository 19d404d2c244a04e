-- The counts of every slice that has an answer, one row a slice, areas in order. Continues slices.sql.
SELECT
    slice.municipality, slice.level, slice.year, slice.split,
    list(member.x ORDER BY area_code) AS x,
    list(member.t ORDER BY area_code) AS t,
    list(regso_code ORDER BY area_code) AS regso
FROM slice
JOIN member USING (slice)
GROUP BY ALL
