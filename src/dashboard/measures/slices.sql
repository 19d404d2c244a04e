-- Shared opening of the two-group queries: the areas asked for, and one row a slice
-- (one municipality, level, year and split) with its totals or the reason why it has no answer.
WITH area AS NOT MATERIALIZED (
    -- A pair that cannot be counts (not finite, negative, x > t) is no pair at all.
    -- Where nobody lives, nobody of the group lives: x is 0 there even if it was not published.
    SELECT
        municipality, level, year, split, area_code, regso_code,
        CASE WHEN impossible THEN NULL WHEN t = 0 THEN 0 ELSE x END AS x,
        CASE WHEN impossible THEN NULL ELSE t END AS t,
        CASE
            WHEN impossible THEN 'impossible_counts'
            WHEN t IS NULL OR (x IS NULL AND t > 0) THEN coalesce(reason, 'missing_values')
        END AS reason
    FROM (
        SELECT *, NOT isfinite(x) OR NOT isfinite(t) OR x < 0 OR t < 0 OR x > t AS impossible
        FROM split_count
        WHERE ($municipality::VARCHAR IS NULL OR municipality = $municipality)
          AND ($level::VARCHAR IS NULL OR level = $level)
          AND ($year::INTEGER IS NULL OR year = $year)
          AND ($split::VARCHAR IS NULL OR split = $split)
    )
),
slice AS (
    SELECT
        (row_number() OVER ())::INTEGER AS slice, municipality, level, year, split, areas,
        x_total, t_total - x_total AS y_total, t_total,
        coalesce(
            area_reason,
            CASE
                WHEN t_total = 0 THEN 'no_people'
                WHEN x_total = 0 THEN 'group_absent'
                WHEN x_total = t_total THEN 'rest_absent'
            END
        ) AS reason,
        CASE
            WHEN level <> 'deso' THEN 'not_deso'
            WHEN regso_unknown THEN 'no_regso'
        END AS regso_reason
    FROM (
        SELECT
            municipality, level, year, split,
            count(*) FILTER (WHERE t > 0) AS areas,
            fsum(x) AS x_total, fsum(t) AS t_total,
            min(reason) AS area_reason,
            bool_or(regso_code IS NULL AND t > 0) AS regso_unknown
        FROM area
        GROUP BY municipality, level, year, split
    )
),
member AS (
    -- The inhabited areas of the slices that have an answer.
    SELECT slice, area_code, regso_code, x, t - x AS y, t, x / t AS p, x_total, y_total
    FROM area
    JOIN slice USING (municipality, level, year, split)
    WHERE slice.reason IS NULL AND t > 0
)
