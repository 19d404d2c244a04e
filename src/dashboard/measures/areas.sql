-- Each area's share, location quotient and contribution to the dissimilarity index. Continues slices.sql.
, uneven AS (
    SELECT
        area.*, slice.reason AS slice_reason, x / nullif(t, 0) AS p,
        CASE WHEN slice.reason IS NULL THEN x_total / t_total END AS city_share,
        CASE WHEN slice.reason IS NULL THEN abs(x / x_total - (t - x) / y_total) END AS gap
    FROM area
    JOIN slice USING (municipality, level, year, split)
),
measured AS (
    SELECT
        *,
        fsum(gap) OVER (PARTITION BY municipality, level, year, split) AS gaps
    FROM uneven
)
SELECT
    municipality, level, year, split, area_code, regso_code, x, t, p, city_share,
    -- Shares that differ in the last binary digits only are the same share.
    CASE
        WHEN abs(p - city_share) < 1e-12 THEN 'equal'
        WHEN p > city_share THEN 'over'
        WHEN p < city_share THEN 'under'
    END AS direction,
    p / city_share AS location_quotient,
    -- Half of the sum of the gaps is D. Without segregation there is nothing to contribute to.
    CASE WHEN t > 0 AND gaps >= 2e-12 THEN gap / gaps END AS contribution,
    coalesce(
        reason,
        slice_reason,
        CASE WHEN t = 0 THEN 'empty_area' WHEN gaps < 2e-12 THEN 'no_segregation' END
    ) AS reason
FROM measured
ORDER BY municipality, level, year, split, area_code
