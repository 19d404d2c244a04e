-- Measures of two-group segregation for every slice asked for, one row a measure. Continues slices.sql.
, term AS (
    -- What each area adds. x ln p is 0 where x is 0: its limit. Entropies are summed over persons: t·e.
    SELECT
        slice, regso_code, x, y, p,
        x * p AS met,
        abs(x / x_total - y / y_total) AS uneven,
        -CASE WHEN x > 0 THEN x * ln(p) ELSE 0 END - CASE WHEN y > 0 THEN y * ln(y / t) ELSE 0 END AS within_area
    FROM member
),
running AS (
    -- The group cumulated from the area with the smallest share to the one with the largest, for Gini.
    -- Among areas with the same share the order does not matter: the curve is straight there.
    SELECT
        slice, regso_code, x, y, met, uneven, within_area,
        sum(x) OVER (PARTITION BY slice ORDER BY p ROWS UNBOUNDED PRECEDING) AS x_running
    FROM term
),
neighbourhood AS (
    SELECT
        slice, regso_code,
        fsum(x) AS x, fsum(y) AS y,
        fsum(met) AS met, fsum(uneven) AS uneven, fsum(within_area) AS within_areas,
        fsum(y * (2 * x_running - x)) AS under_curve
    FROM running
    GROUP BY slice, regso_code
),
city AS (
    SELECT
        slice,
        fsum(met) AS met, fsum(uneven) AS uneven, fsum(within_areas) AS within_areas,
        fsum(under_curve) AS under_curve,
        fsum(-CASE WHEN x > 0 THEN x * ln(x / (x + y)) ELSE 0 END
             - CASE WHEN y > 0 THEN y * ln(y / (x + y)) ELSE 0 END) AS within_regso
    FROM neighbourhood
    GROUP BY slice
),
total AS (
    SELECT
        slice.*, uneven, under_curve, within_areas, within_regso,
        met / x_total AS met, x_total / t_total AS share,
        -x_total * ln(x_total / t_total) - y_total * ln(y_total / t_total) AS whole
    FROM slice
    LEFT JOIN city USING (slice)
),
answer AS (
    SELECT
        municipality, level, year, split, areas, reason,
        unnest([
            {'measure': 'dissimilarity', 'value': uneven / 2, 'reason': NULL::VARCHAR},
            -- Σ (cx·y − x·cy) / (XY), with cy summed by parts: 1 less twice the area under the curve.
            {'measure': 'gini', 'value': 1 - under_curve / (x_total * y_total), 'reason': NULL},
            {'measure': 'isolation', 'value': met, 'reason': NULL},
            {'measure': 'exposure', 'value': 1 - met, 'reason': NULL},
            {'measure': 'correlation_ratio', 'value': (met - share) / (1 - share), 'reason': NULL},
            {'measure': 'entropy', 'value': (whole - within_areas) / whole, 'reason': NULL},
            {'measure': 'entropy_between', 'value': (whole - within_regso) / whole, 'reason': regso_reason},
            {'measure': 'entropy_within', 'value': (within_regso - within_areas) / whole,
             'reason': regso_reason},
            {'measure': 'within_between', 'value': (whole - within_regso) / (whole - within_areas),
             'reason': coalesce(regso_reason,
                                CASE WHEN whole - within_areas < 1e-12 * whole THEN 'no_segregation' END)}
        ]) AS one
    FROM total
)
SELECT
    municipality, level, year, split, one.measure AS measure,
    -- All these measures lie in 0–1; only rounding in the last binary digit can lead outside.
    CASE
        WHEN coalesce(reason, one.reason) IS NOT NULL THEN NULL
        WHEN one.value < 0 THEN 0
        WHEN one.value > 1 THEN 1
        ELSE one.value
    END AS value,
    areas, coalesce(reason, one.reason) AS reason
FROM answer
WHERE $measures::VARCHAR[] IS NULL OR list_contains($measures::VARCHAR[], one.measure)
