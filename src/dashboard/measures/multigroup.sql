-- Multigroup entropy (Theil's H) and dissimilarity (Reardon & Firebaugh 2002), one row a slice and measure.
-- A slice is one municipality, level, year and split.
WITH cell AS (
    SELECT
        municipality, level, year, split, area_code, position,
        CASE WHEN impossible THEN NULL ELSE n END AS n,
        CASE WHEN impossible THEN 'impossible_counts'
             WHEN n IS NULL THEN coalesce(reason, 'missing_values') END AS reason
    FROM (
        SELECT *, NOT isfinite(n) OR n < 0 AS impossible
        FROM group_count
        WHERE ($municipality::VARCHAR IS NULL OR municipality = $municipality)
          AND ($level::VARCHAR IS NULL OR level = $level)
          AND ($year::INTEGER IS NULL OR year = $year)
          AND ($split::VARCHAR IS NULL OR split = $split)
    )
),
area AS (
    SELECT municipality, level, year, split, area_code, fsum(n) AS t, count(*) AS groups
    FROM cell
    GROUP BY municipality, level, year, split, area_code
),
people AS (
    SELECT municipality, level, year, split, position, fsum(n) AS n_total
    FROM cell
    GROUP BY municipality, level, year, split, position
),
slice AS (
    SELECT
        a.*, g.* EXCLUDE (municipality, level, year, split),
        coalesce(
            c.reason,
            CASE
                -- An area without a row for one of the groups is a missing value, not a zero.
                WHEN fewest <> positions THEN 'missing_values'
                WHEN t_total = 0 THEN 'no_people'
                WHEN smallest = 0 THEN 'group_absent'
                WHEN positions < 2 THEN 'rest_absent'
            END
        ) AS reason
    FROM (
        SELECT municipality, level, year, split, count(*) FILTER (WHERE t > 0) AS areas,
               fsum(t) AS t_total, min(groups) AS fewest
        FROM area
        GROUP BY municipality, level, year, split
    ) AS a
    JOIN (
        SELECT municipality, level, year, split, count(*) AS positions, min(n_total) AS smallest
        FROM people
        GROUP BY municipality, level, year, split
    ) AS g USING (municipality, level, year, split)
    JOIN (
        SELECT municipality, level, year, split, min(reason) AS reason
        FROM cell
        GROUP BY municipality, level, year, split
    ) AS c USING (municipality, level, year, split)
),
diversity AS (
    -- E = Σ π ln(1/π), I = Σ π (1 − π), of the whole city.
    SELECT
        municipality, level, year, split,
        fsum(-n_total / t_total * ln(n_total / t_total)) AS entropy,
        fsum(n_total / t_total * (1 - n_total / t_total)) AS interaction
    FROM people
    JOIN slice USING (municipality, level, year, split)
    WHERE slice.reason IS NULL
    GROUP BY municipality, level, year, split
),
city AS (
    -- Σ t·|π_area − π| and Σ n ln(π_area / π), over the cells of inhabited areas.
    SELECT
        municipality, level, year, split,
        fsum(abs(n - t * n_total / t_total)) AS uneven,
        fsum(CASE WHEN n > 0 THEN n * ln(n / t * t_total / n_total) ELSE 0 END) AS divergence
    FROM cell
    JOIN area USING (municipality, level, year, split, area_code)
    JOIN people USING (municipality, level, year, split, position)
    JOIN slice USING (municipality, level, year, split)
    WHERE slice.reason IS NULL AND t > 0
    GROUP BY municipality, level, year, split
),
answer AS (
    SELECT
        municipality, level, year, split, areas, reason,
        unnest([
            {'measure': 'multigroup_entropy', 'value': divergence / (t_total * entropy)},
            {'measure': 'multigroup_dissimilarity', 'value': uneven / (2 * t_total * interaction)}
        ]) AS one
    FROM slice
    LEFT JOIN diversity USING (municipality, level, year, split)
    LEFT JOIN city USING (municipality, level, year, split)
)
SELECT
    municipality, level, year, split, one.measure AS measure,
    -- Both measures lie in 0–1; only rounding in the last binary digit can lead outside.
    CASE
        WHEN reason IS NOT NULL THEN NULL
        WHEN one.value < 0 THEN 0
        WHEN one.value > 1 THEN 1
        ELSE one.value
    END AS value,
    areas, reason
FROM answer
WHERE $measures::VARCHAR[] IS NULL OR list_contains($measures::VARCHAR[], one.measure)
