-- The segregation curve: from the area with the smallest share of the group to the one with the largest,
-- how much of the rest and of the group live in the areas so far. Continues slices.sql.
SELECT
    municipality, level, year, split, 0 AS position, NULL AS area_code,
    0.0::DOUBLE AS rest, 0.0::DOUBLE AS "group", NULL::DOUBLE AS p
FROM slice
WHERE reason IS NULL
UNION ALL
SELECT
    municipality, level, year, split, row_number() OVER by_share, area_code,
    fsum(member.y) OVER by_share / member.y_total, fsum(member.x) OVER by_share / member.x_total, p
FROM member
JOIN slice USING (slice)
WINDOW by_share AS (PARTITION BY slice ORDER BY p, area_code ROWS UNBOUNDED PRECEDING)
ORDER BY municipality, level, year, split, position
